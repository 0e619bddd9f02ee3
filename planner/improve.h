#pragma once

#include <cstddef>
#include <vector>

#include "planner/effort.h"
#include "planner/placement.h"

namespace casplan::planner {

/// Units in the order in which they were placed.
struct PlacedUnits {
  std::vector<Unit> units;
  Placement placement;
};

/// The best placement by the policy's objective that is found in a limited number of attempts: first several moments at
/// which the plan may begin, then units that change places with later ones. One that ends in time is better than one
/// that does not. `paths`: how many proxy paths a measurement looks at. Deterministic as long as `effort` is not out of
/// time.
[[nodiscard]] PlacedUnits best_placement(const PlacementFacts& facts, const Draft& draft, std::vector<Unit> units,
                                         std::size_t paths, const Effort& effort);

}  // namespace casplan::planner
