#pragma once

#include <vector>

#include "model/plan.h"
#include "planner/draft.h"
#include "planner/search/explorer.h"

namespace casplan::planner {

/// The found steps as a draft, in their order, with the arrows without which some order would break a path, lose a
/// folder's source, or break the policy; each with its reason.
[[nodiscard]] Draft recorded(Problem& problem, const std::vector<TimedStep>& steps);

/// The same as a plan, with the arrows that keep servers in service. Its outcome is not filled in.
[[nodiscard]] Plan recorded_plan(Problem& problem, const std::vector<TimedStep>& steps);

}  // namespace casplan::planner
