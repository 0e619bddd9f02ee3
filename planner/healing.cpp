#include "planner/healing.h"

#include <algorithm>
#include <tuple>

#include "model/site_links.h"

namespace casplan::planner {
namespace {

bool stays_at(const PhaseTable& phases, ServerId source, const OwaVersion& folder) {
  return !phases.changes(source) || phases.surely_holds(source, Phase::after, folder);
}

/// Those that keep the folder first, of them the nearest by site links, of these the target. Of the others one is
/// enough: it waits for the copy.
std::vector<ServerId> holders(const Organisation& organisation, const PhaseTable& phases, SiteDistances& distances,
                              ServerId front, ServerId target, const OwaVersion& folder) {
  std::vector<std::tuple<bool, bool, std::int64_t, bool, ServerId>> ranked;
  for (const ServerId id : client_access_servers(organisation)) {
    if (id == front || !phases.surely_holds(id, Phase::before, folder)) continue;
    const bool is_lasting = stays_at(phases, id, folder);
    const auto distance = distances.between(front, id);
    ranked.emplace_back(!is_lasting, is_lasting && !distance, is_lasting ? distance.value_or(0) : 0, id != target, id);
  }
  std::sort(ranked.begin(), ranked.end());
  const bool waits_for_copy = !ranked.empty() && std::get<0>(ranked.front());
  if (waits_for_copy) ranked.resize(1);
  std::vector<ServerId> all;
  for (const auto& rank : ranked) all.push_back(std::get<ServerId>(rank));
  return all;
}

}  // namespace

Healing healing_of(const Organisation& organisation, const std::vector<ProxyPath>& paths, const PhaseTable& phases) {
  Healing healing;
  std::map<std::pair<ServerId, OwaVersion>, std::size_t> known;
  SiteDistances distances(organisation);
  const auto name = [&](ServerId id) -> const std::string& { return at(organisation.servers, id).name; };
  for (const ProxyPath& path : paths) {
    const Need& need = phases.need(path.front, Phase::before, path.target, Phase::before);
    if (need.kind == NeedKind::impossible) healing.beyond.push_back(path);
    if (need.kind == NeedKind::unknown) healing.missing.push_back(missing_fact(organisation, path));
    if (need.kind == NeedKind::folders && need.reload) healing.recycle_only[path.front].insert(path.target);
    for (const OwaVersion& folder : need.folders) {
      const auto [place, added] = known.try_emplace({path.front, folder}, healing.folders.size());
      if (added) {
        healing.folders.push_back({path.front,
                                   folder,
                                   holders(organisation, phases, distances, path.front, path.target, folder),
                                   {},
                                   name(path.front) + " proxies to " + name(path.target) +
                                       " and may lack its resource folder " + to_string(folder) + "."});
        FolderWork& work = healing.folders.back();
        work.is_final = true;
        work.stays_at_source = !work.sources.empty() && stays_at(phases, work.sources.front(), folder);
      }
      healing.folders[place->second].targets.insert(path.target);
    }
  }
  return healing;
}

std::optional<std::string> spoils_a_target(const Organisation& organisation, const std::vector<ProxyPath>& paths,
                                           const PhaseTable& phases, const std::vector<FolderWork>& folders) {
  if (folders.empty()) return std::nullopt;
  std::vector<bool> is_target(organisation.servers.size());
  for (const ProxyPath& path : paths) is_target[path.target.value] = true;
  for (const FolderWork& work : folders) {
    if (!is_target[work.front.value] || !phases.would_count_as_highest(work.front, work.folder)) continue;
    const std::string& name = at(organisation.servers, work.front).name;
    return "Folder " + to_string(work.folder) + " would be the highest on " + name +
           ", and the fronts of that server would then need it too under the reading folder_match=highest. Fix that "
           "reading in the policy, or remove the folder from the servers that hold it above their own version.";
  }
  return std::nullopt;
}

}  // namespace casplan::planner
