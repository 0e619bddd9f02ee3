#pragma once

#include <optional>
#include <vector>

#include "planner/search/problem.h"
#include "planner/search/timed_step.h"

namespace casplan::planner {

/// A schedule in which few servers go first, the vanguard: one front of each entry point, with the folders that it
/// needs to serve all targets, and one CAS of each site. The others, the rear, are held out of service from the moment
/// at which the vanguard serves until they have changed, and a front until all targets have. So each entry point needs
/// the copies of one front, and each site's users have the new features once one CAS has them. Targets change in the
/// outage of an only front, those with the most users for their time first.
///
/// Empty where the organisation or the policy asks for more than that: servers that are front and target, orders
/// between servers, servers that must stay in service, several upgrades of one server. The steps are by start; whether
/// they are safe is not judged.
[[nodiscard]] std::optional<std::vector<TimedStep>> vanguard_first(Problem& problem);

}  // namespace casplan::planner
