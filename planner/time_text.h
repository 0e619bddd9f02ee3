#pragma once

#include <string>

#include "model/policy.h"

/// Times in sentences for people. All are in UTC unless they say otherwise.
namespace casplan::planner {

/// `1 minute`, `2 hours`, `1 hour and 30 minutes`, `3 days and 2 hours`.
[[nodiscard]] std::string in_words(Minutes length);

/// `2009-10-03 22:00 UTC`.
[[nodiscard]] std::string in_words(Moment moment);

/// `Saturday 22:00`, with the clocks' distance from UTC where there is one: `Saturday 22:00 (UTC+02:00)`.
[[nodiscard]] std::string opening_in_words(const WeeklyTime& weekly);

/// When a window opens: of a weekly one the time of the week, of a dated one the moment.
[[nodiscard]] std::string opening_in_words(const Window& window);

}  // namespace casplan::planner
