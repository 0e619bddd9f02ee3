#pragma once

#include <optional>
#include <vector>

#include "model/plan.h"
#include "planner/search/explorer.h"

namespace casplan::planner {

/// Steps as a plan without an outcome, in their order and at their times, with the arrows without which some order would
/// break a path, lose a folder's source, or break the policy; each with its reason. Empty where a path breaks at these
/// times, too.
[[nodiscard]] std::optional<Plan> to_plan(Problem& problem, const std::vector<TimedStep>& steps);

}  // namespace casplan::planner
