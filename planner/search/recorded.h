#pragma once

#include <optional>
#include <vector>

#include "model/plan.h"
#include "planner/draft.h"
#include "planner/search/problem.h"
#include "planner/search/timed_step.h"

namespace casplan::planner {

/// The found steps as a draft, in their order, with the arrows without which some order would break a path, lose a
/// folder's source, or break the policy; each with its reason. Empty where the schedule itself leaves open whether
/// users meet Event 46. The steps are by start.
[[nodiscard]] std::optional<Draft> recorded(Problem& problem, const std::vector<TimedStep>& steps);

/// The same as a plan, whose outcome is not filled in.
[[nodiscard]] std::optional<Plan> recorded_plan(Problem& problem, const std::vector<TimedStep>& steps);

}  // namespace casplan::planner
