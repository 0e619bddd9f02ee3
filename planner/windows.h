#pragma once

#include "model/calendar.h"
#include "model/policy.h"

namespace casplan::planner {

/// The least time, from the policy's start on, between a minute in which one is open and one in which the other is;
/// none where both may be open in the same.
[[nodiscard]] Minutes least_gap(const Calendar& a, const Calendar& b, const Policy& policy);

/// Whether the window is over before the policy's work may start.
[[nodiscard]] bool is_over(const Window& window, const Policy& policy);

}  // namespace casplan::planner
