#pragma once

#include <optional>
#include <vector>

#include "planner/search/problem.h"
#include "planner/search/timed_step.h"

namespace casplan::planner {

/// The schedule of one crew for fronts that proxy to each other, each the only one of its entry point and of its site:
/// first they change in the best order (`RingOrder`), then the other sites, those with the most users for their time
/// first. Empty where the organisation or the policy asks for more. Whether the steps are safe is not judged.
[[nodiscard]] std::optional<std::vector<TimedStep>> ring_first(Problem& problem);

}  // namespace casplan::planner
