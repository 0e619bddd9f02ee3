#pragma once

#include <vector>

#include "planner/search/problem.h"
#include "planner/search/timed_step.h"

namespace casplan::planner {

/// Whether the steps can be carried out at their times, keep to the policy's limits, and lead to its goal; what users
/// meet on the way is not asked. Copies that have no source any more at their time get another one, where there is one.
/// A contract: the problem's servers are apart, and the steps are sorted by start.
[[nodiscard]] bool can_be_carried_out(Problem& problem, std::vector<TimedStep>& steps);

}  // namespace casplan::planner
