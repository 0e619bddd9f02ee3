#include "planner/heal_by_copy.h"

#include <algorithm>
#include <utility>

#include "planner/finish_plan.h"
#include "planner/healing.h"

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

std::string too_few_copies(std::size_t needed, int allowed) {
  return "Mending what fails today takes " + std::to_string(needed) + (needed == 1 ? " copy" : " copies") +
         " of folders, and the policy allows " + std::to_string(allowed) + ". Allow more, or heal by patch.";
}

}  // namespace

Planning heal_by_copy(const Organisation& organisation, const Policy& policy) {
  const auto paths = version_paths(organisation);
  const PhaseTable phases(organisation, {}, policy.readings);
  Healing healing = healing_of(organisation, paths, phases);
  if (!healing.missing.empty()) return FactsMissing{united(healing.missing)};

  std::vector<std::string> because;
  for (const ProxyPath& path : healing.beyond) because.push_back(what_would_mend(organisation, phases, path));
  for (const FolderWork& work : healing.folders) {
    if (work.sources.empty()) because.push_back(no_holder(organisation, work));
  }
  std::erase_if(healing.folders, [](const FolderWork& work) { return work.sources.empty(); });
  if (policy.copies && std::cmp_greater(healing.folders.size(), *policy.copies)) {
    const std::string sentence = too_few_copies(healing.folders.size(), *policy.copies);
    const bool all_listed = std::all_of(healing.folders.begin(), healing.folders.end(), [&](const FolderWork& work) {
      return at(organisation.servers, work.front).folders.has_value();
    });
    if (all_listed) return Infeasible{{sentence}};
    return NotFound{{sentence + " Some of these folders may be there already, where they were not listed."}};
  }
  if (const auto spoiled = spoils_a_target(organisation, paths, phases, healing.folders)) return NotFound{{*spoiled}};
  if (healing.folders.empty() && healing.recycle_only.empty() && !because.empty()) return Infeasible{because};

  auto finished = finish_plan(organisation, policy, make_healing_draft(organisation, healing), paths);
  if (std::holds_alternative<Obstacle>(finished)) return to_planning(std::move(finished));
  Plan plan = std::get<Plan>(std::move(finished));
  if (plan.steps.empty()) because.emplace_back("No path fails today, so there is nothing to mend.");
  plan.outcome->because = std::move(because);
  return plan;
}

}  // namespace casplan::planner
