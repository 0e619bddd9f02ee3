#include "planner/healing.h"

#include "planner/folder_sources.h"

namespace casplan::planner {

Healing healing_of(const Organisation& organisation, const std::vector<ProxyPath>& paths, const PhaseTable& phases) {
  Healing healing;
  std::map<FolderOn, std::size_t> known;
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
                                   {},
                                   {},
                                   name(path.front) + " proxies to " + name(path.target) +
                                       " and may lack its resource folder " + to_string(folder) + "."});
        healing.folders.back().is_final = true;
      }
      healing.folders[place->second].targets.insert(path.target);
    }
  }
  FolderSources sources(organisation, paths, phases);
  for (FolderWork& work : healing.folders) {
    work.sources = sources.holders({work.front, work.folder}, work.targets);
    work.stays_at_source = !work.sources.empty() && sources.stays_at(work.sources.front(), work.folder);
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
