#include "property_tests/gate/wrong_fact.h"

#include <algorithm>
#include <map>

#include "model/catalogue.h"

namespace casplan::gate {
namespace {

/// The versions next to this one that rank as it does among all that the catalogue knows.
std::vector<OwaVersion> versions_beside(const OwaVersion& version) {
  const auto is_known = [](const OwaVersion& other) { return find_build(other) != nullptr; };
  std::vector<OwaVersion> beside;
  for (const int change : {-1, 1}) {
    OwaVersion other = version;
    const int last = other.parts[3] + change;
    if (last < 0 || last > 9999) continue;
    other.parts[3] = static_cast<std::uint16_t>(last);
    if (!is_known(other)) beside.push_back(other);
  }
  return beside;
}

bool is_same_folder(const ResourceFolder& folder, const OwaVersion& version) {
  return folder.version == version;
}

bool lists(const std::optional<FolderList>& folders, const OwaVersion& version) {
  return folders && std::any_of(folders->begin(), folders->end(),
                                [&](const ResourceFolder& folder) { return is_same_folder(folder, version); });
}

bool confirms(const Server& server, const Build& build) {
  const bool reports = server.owa_version && (server.build == build.version || server.owa_version == build.owa_version);
  return reports || lists(server.folders, build.owa_version) || lists(server.loaded_folders, build.owa_version);
}

void remove(std::optional<FolderList>& folders, const OwaVersion& version) {
  if (folders) std::erase_if(*folders, [&](const ResourceFolder& folder) { return is_same_folder(folder, version); });
}

}  // namespace

WrongFacts::WrongFacts(const Subject& subject) {
  list_folders(subject);
  list_builds(subject);
}

void WrongFacts::list_folders(const Subject& subject) {
  for (const Place place : subject.cas) {
    const Server& server = subject.organisation.servers[place];
    const auto own = running_owa_version(server);
    for (const ResourceFolder& folder : server.folders.value_or(FolderList{})) {
      if (folder.version == own) continue;
      there_.push_back({place, folder.version});
      if (!server.loaded_folders || lists(server.loaded_folders, folder.version))
        loaded_.push_back({place, folder.version});
    }
  }
}

void WrongFacts::list_builds(const Subject& subject) {
  std::map<BuildVersion, std::vector<Place>> servers_with;
  for (const Place place : subject.cas) {
    const Server& server = subject.organisation.servers[place];
    if (server.build) servers_with[*server.build].push_back(place);
  }
  for (const PlannedStep& planned : subject.plan.steps) {
    if (planned.step.build) servers_with[*planned.step.build].push_back(planned.step.server.value);
  }
  for (const auto& [version, servers] : servers_with) {
    const Build* build = find_build(version);
    if (build == nullptr || build->owa_confidence != Confidence::inferred) continue;
    const auto& all = subject.organisation.servers;
    if (std::any_of(all.begin(), all.end(), [&](const Server& server) { return confirms(server, *build); })) continue;
    const auto others = versions_beside(build->owa_version);
    if (!others.empty()) builds_.push_back({version, others, servers});
  }
}

std::optional<WrongFact> WrongFacts::draw(Dice& dice) const {
  using Kind = WrongFact::Kind;
  std::vector<Kind> kinds;
  if (!there_.empty()) kinds.push_back(Kind::folder_is_not_there);
  if (!loaded_.empty()) kinds.push_back(Kind::folder_is_not_loaded);
  if (!builds_.empty()) kinds.push_back(Kind::other_owa_version);
  if (kinds.empty()) return std::nullopt;
  const Kind kind = kinds[dice.below(kinds.size())];
  if (kind == Kind::other_owa_version) {
    const InferredBuild& drawn = builds_[dice.below(builds_.size())];
    const OwaVersion version = drawn.other_versions[dice.below(drawn.other_versions.size())];
    return WrongFact{kind, drawn.servers[dice.below(drawn.servers.size())], version, drawn.build};
  }
  const auto& folders = kind == Kind::folder_is_not_there ? there_ : loaded_;
  const ListedFolder& drawn = folders[dice.below(folders.size())];
  return WrongFact{kind, drawn.server, drawn.folder, std::nullopt};
}

Server with_wrong_fact(Server server, const WrongFact& fact) {
  switch (fact.kind) {
    case WrongFact::Kind::folder_is_not_there:
      remove(server.folders, fact.version);
      remove(server.hand_copied_folders, fact.version);
      remove(server.loaded_folders, fact.version);
      break;
    case WrongFact::Kind::folder_is_not_loaded:
      if (!server.loaded_folders) server.loaded_folders = server.folders;
      remove(server.loaded_folders, fact.version);
      break;
    case WrongFact::Kind::other_owa_version: server.owa_version = fact.version; break;
  }
  return server;
}

std::string sentence(const WrongFact& fact, const Organisation& organisation) {
  const std::string& name = organisation.servers[fact.server].name;
  const std::string version = to_string(fact.version);
  switch (fact.kind) {
    case WrongFact::Kind::folder_is_not_there:
      return "Suppose that folder " + version + ", which is listed on " + name + ", is not there after all.";
    case WrongFact::Kind::folder_is_not_loaded:
      return "Suppose that folder " + version + " is on " + name + ", but has not been loaded since it was put there.";
    case WrongFact::Kind::other_owa_version: break;
  }
  const std::string inferred = to_string(find_build(*fact.build)->owa_version);
  return "Suppose that OWA of build " + to_string(*fact.build) + " is " + version + ", and not " + inferred +
         ", which the catalogue only infers.";
}

}  // namespace casplan::gate
