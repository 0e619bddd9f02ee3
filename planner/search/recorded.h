#pragma once

#include <vector>

#include "planner/draft.h"
#include "planner/search/explorer.h"

namespace casplan::planner {

/// The found steps as a draft, in their order, with the arrows without which some order would break a path, lose a
/// folder's source, or break the policy; each with its reason.
[[nodiscard]] Draft recorded(Problem& problem, const std::vector<TimedStep>& steps);

}  // namespace casplan::planner
