#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/diagnostics.h"
#include "whatif/change.h"
#include "whatif/situation.h"

/// What is so once the changes are made.
namespace casplan::whatif {

/// A change, with the place in the question that a fault names: `change 2 ("freeze HQCAS1")`.
struct Stated {
  std::string place;
  Change change;
};

struct Changed {
  /// Its plan is the same plan, carried on with: with its steps in the order that was asked for, without upgrades of
  /// servers that are frozen now, and without drains of those that are found out of service.
  Situation situation;
  std::optional<StepIndex> failed{};  ///< the step of that plan that fails
  /// Where an order of the plan is asked for: the policy with all the other changes, which asks for no order.
  std::optional<Policy> policy_without_order{};
};

/// Makes the changes: windows that are open longer, then those of facts and wishes in their order, then those of the
/// plan's order. An order of two upgrades that is asked for is one that the policy asks for, too. Every change that
/// does not fit is a fault: one that contradicts another, one that changes nothing because it is so already, and one
/// that asks for what no organisation, policy or plan can be.
///
/// A contract: the ids of the changes are those of the situation, which has a policy and a plan where they ask for one.
[[nodiscard]] Result<Changed> apply_changes(const Situation& situation, const std::vector<Stated>& changes);

}  // namespace casplan::whatif
