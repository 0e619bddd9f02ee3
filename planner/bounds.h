#pragma once

#include <cstdint>
#include <vector>

#include "model/measures.h"
#include "model/plan.h"
#include "model/policy.h"
#include "planner/changes.h"

namespace casplan::planner {

/// Under what no plan can be that makes these changes and fulfils the policy, under the first value of each open
/// reading, the most important measure first: a plan that is below in one is above in a more important one. The values
/// of the makespan and of the copies also hold on their own. Values are rounded as measures are. What is not known, or
/// not told cheaply, is bounded by nothing.
///
/// - unavailable: the only CAS of a site is out for its upgrades, and so is the only front of an entry point, during
///   whose upgrade the crews that are left may hide some of the others.
/// - feature lag: where the unavailable users count more, no target is out of service to wait for fronts. Weighted ends
/// of upgrades (Smith's rule on one crew that is as many times as fast, half of each
///   upgrade added: Eastman, Even and Isaacs), in the open time of the windows, from the best possible first start.
/// - makespan: the work in each open time, and the longest chain of servers that follow each other.
/// - copies: folders that a front needs in the end because a target stays behind.
/// - one crew at any time: what comes of it that some fronts go first (`with_fronts_first`, `with_ring`).
/// - event46 and unavailable together: what copies that are forbidden cost (`with_broken_time`).
[[nodiscard]] Measures lower_bounds(const Organisation& organisation, const Policy& policy, const Changes& changes);

/// The one of two bounds that says more, by the policy's objective.
[[nodiscard]] Measures tighter(const Policy& policy, const Measures& a, const Measures& b);

/// The policy's measures of a plan, the most important first, so that plans can be compared; what is not known counts
/// as worst. A contract: the plan has an outcome.
[[nodiscard]] std::vector<std::int64_t> cost_of(const Measures& plan, const Policy& policy);
[[nodiscard]] std::vector<std::int64_t> cost_of(const Plan& plan, const Policy& policy);

/// A bound in the order of the policy's objective, as it bears on one plan. Behind the first measure in which the plan
/// is above it, it holds only for plans that are better in that measure, so there it is no more than what this plan
/// has.
[[nodiscard]] Measures as_bound_of(const Measures& plan, const Policy& policy, Measures bound);

}  // namespace casplan::planner
