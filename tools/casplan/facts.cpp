#include "tools/casplan/facts.h"

#include <algorithm>
#include <set>

#include "model/catalogue.h"
#include "model/rules.h"

namespace casplan::tools {
namespace {

std::optional<std::string> remark_on_version(const Server& server) {
  if (server.owa_version || !server.build) return std::nullopt;
  const Build* build = find_build(*server.build);
  if (build == nullptr || build->owa_confidence != Confidence::inferred) return std::nullopt;
  return "The OWA version of " + server.name + ", " + to_string(build->owa_version) +
         ", is only inferred from its build. Read the folder names on the server.";
}

std::vector<std::string> remarks_on_twins(const Server& server) {
  std::vector<std::string> remarks;
  if (!server.folders) return remarks;
  for (std::size_t i = 0; i < server.folders->size(); ++i) {
    for (std::size_t j = i + 1; j < server.folders->size(); ++j) {
      const ResourceFolder& a = (*server.folders)[i];
      const ResourceFolder& b = (*server.folders)[j];
      if (a.version != b.version) continue;
      remarks.push_back("Folders " + a.name + " and " + b.name + " on " + server.name +
                        " are the same version. OWA may not start there; remove one.");
    }
  }
  return remarks;
}

/// Where OWA runs, its own folder is there; a list without it is of another server or folder, or cut short.
std::optional<std::string> remark_on_own_folder(const Server& server) {
  const auto version = running_owa_version(server);
  if (!server.folders || !version) return std::nullopt;
  const bool listed = std::any_of(server.folders->begin(), server.folders->end(),
                                  [&](const ResourceFolder& folder) { return folder.version == *version; });
  if (listed) return std::nullopt;
  return "The folder of the OWA version of " + server.name + ", " + to_string(*version) +
         ", is not among those that were listed on it. List the folders of ClientAccess\\owa again.";
}

void remark(const Server& server, std::vector<std::string>& remarks) {
  if (const auto text = remark_on_version(server)) remarks.push_back(*text);
  if (const auto text = remark_on_own_folder(server)) remarks.push_back(*text);
  for (auto& text : remarks_on_twins(server)) remarks.push_back(std::move(text));
  if (server.in_service == false) remarks.push_back(server.name + " is out of service, so its paths are idle.");
}

std::string folders_unknown(const Server& front) {
  return "The folders of " + front.name + " were not listed. Run: dir /b /ad \"...\\ClientAccess\\owa\" on it.";
}

std::string version_unknown(const Server& server) {
  return "The OWA version of " + server.name + " is not known. List the folders of ClientAccess\\owa on it, or read " +
         "the file version of ExSetup.exe.";
}

void add_missing(const Organisation& organisation, const simulator::PathAssessment& path,
                 std::set<std::string>& missing) {
  const Server& front = at(organisation.servers, path.path.front);
  const Server& target = at(organisation.servers, path.path.target);
  switch (path.judgement.rule) {
    case RuleId::site_unknown: break;  // said of each server, whether it has paths or not
    case RuleId::version_unknown:
      for (const Server* server : {&front, &target}) {
        if (!running_owa_version(*server)) missing.insert(version_unknown(*server));
      }
      break;
    case RuleId::folder_unknown: missing.insert(folders_unknown(path.judgement.folder ? front : target)); break;
    case RuleId::url_unknown:
      missing.insert("The InternalURL or the authentication of " + target.name +
                     " is not known. Run: Get-OwaVirtualDirectory -Server " + target.name + " | Format-List");
      break;
    default: missing.insert("The build of " + front.name + " or of " + target.name + " is not known."); break;
  }
}

}  // namespace

std::vector<std::string> remarks_on_facts(const Organisation& organisation) {
  std::vector<std::string> remarks;
  for (const Server& server : organisation.servers) {
    if (server.is_cas()) remark(server, remarks);
  }
  return remarks;
}

std::vector<std::string> missing_facts(const Organisation& organisation,
                                       const std::vector<simulator::PathAssessment>& paths) {
  std::set<std::string> missing;
  for (const auto& path : paths) {
    if (path.judgement.verdict == Verdict::cannot_tell) add_missing(organisation, path, missing);
  }
  for (const ServerId id : client_access_servers(organisation)) {
    const Server& server = at(organisation.servers, id);
    if (!server.site) missing.insert("The AD site of " + server.name + " is not known, so its proxy paths are not.");
  }
  if (organisation.entry_points.empty() && may_lack_paths(organisation)) {
    missing.insert("No entry point is known, so it cannot be told which servers are fronts.");
  }
  return {missing.begin(), missing.end()};
}

bool may_lack_paths(const Organisation& organisation) {
  std::set<std::optional<SiteId>> sites;
  for (const Server& server : organisation.servers) {
    if (server.is_cas()) sites.insert(server.site);
  }
  return sites.contains(std::nullopt) || (organisation.entry_points.empty() && sites.size() > 1);
}

}  // namespace casplan::tools
