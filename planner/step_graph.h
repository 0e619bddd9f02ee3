#pragma once

#include <vector>

#include "planner/draft.h"

namespace casplan::planner {

/// The steps of one circle of arrows, each after the next one; empty where there is none.
[[nodiscard]] std::vector<StepIndex> find_circle(const Draft& draft);

/// Takes away every arrow that follows from others.
void reduce_transitively(std::vector<DraftStep>& steps);

}  // namespace casplan::planner
