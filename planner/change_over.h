#pragma once

#include <optional>

#include "model/plan.h"
#include "model/policy.h"
#include "planner/changes.h"

namespace casplan::planner {

/// The best plan by the policy's objective, without copies, in which the servers change one after the other around a
/// moment at which everybody goes over from the old version to the new one (rules, 7.6). Fronts whose users nobody else
/// carries change at that moment. Of servers that carry each other's users, one changes early and comes back only then,
/// and the others go out then and change late. The targets lie around it, those with the most users for their time the
/// closest:
/// - either out of service until the moment, or from it on, so that no path breaks; then, with `event46: never`, in
///   every order that the plan permits;
/// - or, with `event46: minimise`, out for their own upgrades alone, so that paths break for the shortest time, also
/// with
///   fronts between targets.
///
/// One upgrade follows the other, whatever the crews. None where the policy has windows, an order, or servers that stay
/// in service; where a path fails today, or in the end without a copy; and for more than some thousand servers. The
/// outcome is not filled in.
[[nodiscard]] std::optional<Plan> change_over_plan(const Organisation& organisation, const Policy& policy,
                                                   const Changes& changes);

}  // namespace casplan::planner
