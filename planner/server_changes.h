#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "planner/search/problem.h"
#include "planner/search/timed_step.h"
#include "planner/vanguard_schedule.h"

namespace casplan::planner {

/// Whether the goal is one upgrade of each server, without Event 46, every step takes time, and no order is asked for
/// but that of the paths.
[[nodiscard]] bool are_single_upgrades(const Problem& problem);

/// The upgrade of a server, by its place in `worked`, drained where others carry its users. Without folders.
[[nodiscard]] Change change_of(const Problem& problem, std::size_t worked);

/// Whether a front, changed, meets a worked target as it was found.
using MeetsUnchanged = std::function<bool(std::size_t target)>;
[[nodiscard]] inline bool no_target(std::size_t /*target*/) {
  return false;
}
[[nodiscard]] inline bool every_target(std::size_t /*target*/) {
  return true;
}

/// Adds the folders that its paths ask of a changed front: those to targets that have changed, or will never, and to
/// those that it meets unchanged. With folders it is drained.
void give_folders(Problem& problem, Change& change, const MeetsUnchanged& meets_unchanged);

/// Names the source of each copy: a holder that is not upgraded, or is the last one, so that it holds the folder
/// whatever comes first. False where each holder may have been upgraded by then.
[[nodiscard]] bool name_sources(Problem& problem, std::vector<TimedStep>& steps);

/// Whether the steps end in time and copy no more than the policy allows.
[[nodiscard]] bool is_allowed(const Policy& policy, const std::vector<TimedStep>& steps);

}  // namespace casplan::planner
