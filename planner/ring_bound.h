#pragma once

#include "planner/bound_facts.h"

namespace casplan::planner {

/// The bound of plans in which as few users are without service as the order of fronts in a ring allows, where that
/// counts more than the feature lag. The crew changes the fronts first: whatever else it did meanwhile would leave some
/// front out longer. Then the other sites follow, those with the most users for their time first.
///
/// A contract: mailboxes and shares are known.
[[nodiscard]] Measures with_ring(const BoundFacts& facts, Measures bound);

}  // namespace casplan::planner
