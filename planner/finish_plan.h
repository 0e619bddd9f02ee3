#pragma once

#include <variant>

#include "planner/make_plan.h"
#include "planner/units.h"

namespace casplan::planner {

/// Places a draft in time, takes away the arrows that follow from others, and measures the result. The outcome's status
/// is `optimal` only where the measures reach their bounds.
[[nodiscard]] std::variant<Plan, Infeasible> finish_plan(const Organisation& organisation, const Policy& policy,
                                                         Draft draft, const std::vector<ProxyPath>& paths);

}  // namespace casplan::planner
