#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/policy.h"
#include "property_tests/oracles/naive_measures.h"
#include "property_tests/oracles/server_life.h"

/// The best plan of a small organisation, by brute force: Dijkstra's search over everything that can be the case at a
/// minute, in which at every minute every set of steps may be begun. From rules.md and the contract alone.
namespace casplan::oracle {

/// What a plan costs: one exact value for each measure of the policy's objective, in its order.
using Cost = std::vector<Amount>;

struct BestPlan {
  Cost cost;
  Plan plan;  ///< one of those that cost the least, scheduled; a step comes after all that have ended when it begins
};

/// No plan keeps to the policy.
struct NoPlan {};

/// The search was given up; nothing is said.
struct TooLarge {};

using Best = std::variant<BestPlan, NoPlan, TooLarge>;

struct BestPlanSearch {
  DrainFirst drain_first = DrainFirst::where_others_carry_the_load;
  std::size_t most_states = 2'000'000;  ///< that are met before the search is given up
};

/// Every plan is considered in which
/// - each server is upgraded by way of the hops that it needs, drained once at most, and returned when all its hops are
///   done; folders are copied to fronts from any holder at any time; fronts are recycled at any time;
/// - a step begins on a full minute, one at a time on each server, inside one window of its server where it has any;
/// - `crews`, `copies` and `before` (last upgrade before first upgrade) are kept;
/// - as many CAS of each site as `min_in_service` asks for, or as are there today, stay in service in any order in
///   which the steps may end: no server counts while it is drained, upgraded or returned;
/// - with `event46: never` no path fails under an open reading that did not fail at the start, nor one that has worked
///   since, in any order in which the steps may end: two that overlap in time in either. Every copy finds its folder in
///   every such order;
/// - in the end every server is at the build that is wanted, in service as it was found, and no path fails.
///
/// Asks for the goal `upgrade`, an organisation of which everything is known, and steps of at least a minute.
[[nodiscard]] Best best_plan(const Organisation& organisation, const Policy& policy, const BestPlanSearch& search = {});

/// What a scheduled plan costs, exactly; empty where a step cannot be begun when its time comes.
[[nodiscard]] std::optional<Cost> cost_of(const Organisation& organisation, const Policy& policy, const Plan& plan);

}  // namespace casplan::oracle
