#include "planner/heal_by_copy.h"

#include <algorithm>

#include "planner/finish_plan.h"

namespace casplan::planner {
namespace {

std::string what_would_mend(const Organisation& organisation, const PhaseTable& phases, const ProxyPath& path) {
  const std::string& front = at(organisation.servers, path.front).name;
  const std::string& target = at(organisation.servers, path.target).name;
  return "No folder mends the path from " + front + " to " + target + ": the front runs OWA version " +
         to_string(*phases.version(path.front, Phase::before)) + ", older than " +
         to_string(*phases.version(path.target, Phase::before)) + ". Upgrade " + front + " at least as far.";
}

std::string no_holder(const Organisation& organisation, const FolderWork& work) {
  return "Folder " + to_string(work.folder) + ", which " + at(organisation.servers, work.front).name +
         " lacks, is on no server that was listed. Take it from a backup, or install that version's update.";
}

/// Within a limit of copies, those that mend the paths of the most users.
void keep_most_useful(const Organisation& organisation, std::vector<FolderWork>& folders, std::size_t limit,
                      std::vector<std::string>& because) {
  if (folders.size() <= limit) return;
  const auto users = [&](const FolderWork& work) {
    UserCount sum = 0;
    for (const ServerId target : work.targets) {
      const auto& site = at(organisation.servers, target).site;
      if (site) sum += at(organisation.sites, *site).mailboxes.value_or(1);
    }
    return sum;
  };
  std::stable_sort(folders.begin(), folders.end(),
                   [&](const FolderWork& a, const FolderWork& b) { return users(a) > users(b); });
  for (std::size_t i = limit; i < folders.size(); ++i) {
    because.push_back("The policy's limit of copies leaves folder " + to_string(folders[i].folder) + " off " +
                      at(organisation.servers, folders[i].front).name + ". Raise the limit.");
  }
  folders.resize(limit);
}

}  // namespace

Planning heal_by_copy(const Organisation& organisation, const Policy& policy) {
  const auto paths = version_paths(organisation);
  const PhaseTable phases(organisation, {}, policy.readings);
  Healing healing = healing_of(organisation, paths, phases);
  if (!healing.missing.empty()) return FactsMissing{healing.missing};

  std::vector<std::string> because;
  for (const ProxyPath& path : healing.beyond) because.push_back(what_would_mend(organisation, phases, path));
  for (const FolderWork& work : healing.folders) {
    if (work.sources.empty()) because.push_back(no_holder(organisation, work));
  }
  std::erase_if(healing.folders, [](const FolderWork& work) { return work.sources.empty(); });
  if (policy.copies) keep_most_useful(organisation, healing.folders, static_cast<std::size_t>(*policy.copies), because);
  if (healing.folders.empty() && healing.recycle_only.empty() && !because.empty()) return Infeasible{because};

  auto finished = finish_plan(organisation, policy, make_healing_draft(organisation, healing), paths);
  if (auto* infeasible = std::get_if<Infeasible>(&finished)) return *infeasible;
  Plan plan = std::get<Plan>(std::move(finished));
  if (plan.steps.empty()) because.emplace_back("No path fails today, so there is nothing to mend.");
  plan.outcome->because = std::move(because);
  return plan;
}

}  // namespace casplan::planner
