#pragma once

#include <cstddef>

#include "model/organisation.h"
#include "model/plan.h"

namespace casplan {

struct LargePlan {
  Organisation organisation;
  Plan plan;
};

/// So many fronts that proxy to so many targets in sites of two, on four builds and with every fact known, and a safe
/// plan that brings all of them to SP2: each front is drained, upgraded, given the folders that it needs, restarted and
/// returned; each target is upgraded after every front holds its folder. Paths: fronts x targets. Arrows: a few more.
[[nodiscard]] LargePlan large_plan(std::size_t fronts, std::size_t targets);

}  // namespace casplan
