#pragma once

#include <set>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/policy.h"

/// The same plan with its steps in another order, or without some of them. Every plan here is scheduled.
namespace casplan::whatif {

/// `second` is to wait for `first`, because somebody asked for that.
struct AskedOrder {
  StepIndex first;
  StepIndex second;
};

/// The plan with its steps carried out in this order, which holds each once. Ids and the places in the list of steps
/// stay.
///
/// Arrows, direct or not, stay where they agree with the order; those that are asked for join them. The first step
/// begins when the first one did, the second when the second one did, and so on, or as soon afterwards as what comes
/// before them ends, its server is free, and the policy's windows are open: steps that were planned one after the other
/// still are, so no more of them overlap than did.
[[nodiscard]] Plan in_order(const Organisation& organisation, const Policy* policy, const Plan& plan,
                            const std::vector<StepIndex>& order, const std::vector<AskedOrder>& asked);

/// The plan without some of its steps; the others keep their times, and what came after a step that is gone comes after
/// all that this one came after.
[[nodiscard]] Plan without(const Plan& plan, const std::set<StepIndex>& gone);

}  // namespace casplan::whatif
