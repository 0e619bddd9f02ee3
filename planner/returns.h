#pragma once

#include <functional>

#include "planner/make_plan.h"

namespace casplan::planner {

/// A plan in which the servers that the policy wants to return do so before anything else, where that harms nobody;
/// then whatever `plan_rest` makes of the organisation that has them in service, under the same policy from a later
/// start. Its outcome says of the rest what that one's outcome says.
[[nodiscard]] Planning return_first(const Organisation& organisation, const Policy& policy,
                                    const std::function<Planning(const Organisation&, const Policy&)>& plan_rest);

}  // namespace casplan::planner
