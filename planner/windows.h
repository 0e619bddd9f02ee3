#pragma once

#include <optional>

#include "model/calendar.h"
#include "model/policy.h"

namespace casplan::planner {

/// The least time, from the policy's start on, between a minute in which one is open and one in which the other is;
/// none where both may be open in the same.
[[nodiscard]] Minutes least_gap(const Calendar& a, const Calendar& b, const Policy& policy);

/// Whether the window is over before the policy's work may start.
[[nodiscard]] bool is_over(const Window& window, const Policy& policy);

/// The earliest start, not before `earliest`, at which work of this length on the server lies in its windows; empty
/// where they are never open for so long. For one question; who has several asks `Calendars`.
[[nodiscard]] std::optional<Moment> earliest_in_window(const Organisation& organisation, const Policy& policy,
                                                       ServerId server, Moment earliest, Minutes length);

}  // namespace casplan::planner
