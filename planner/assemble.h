#pragma once

#include <vector>

#include "model/plan.h"
#include "planner/draft.h"

namespace casplan::planner {

/// A draft as a plan: its steps in `order`, each with its schedule, without the arrows that follow from others.
/// `schedules` are in the draft's order. A contract: the order respects every arrow.
[[nodiscard]] Plan assemble(Draft draft, const std::vector<Schedule>& schedules, const std::vector<StepIndex>& order);

}  // namespace casplan::planner
