#pragma once

#include <string>

#include "model/policy.h"

/// Times in words for people. All are in UTC unless they say otherwise.
namespace casplan {

/// `1 minute`, `2 hours`, `1 hour and 30 minutes`, `3 days and 2 hours`.
[[nodiscard]] std::string length_text(Minutes length);

/// `22:05` for minutes since midnight, or for a length below 100 hours.
[[nodiscard]] std::string clock_text(Minutes time);

/// `+02:00`, a distance of clocks from UTC; `+00:00` for none.
[[nodiscard]] std::string utc_offset_text(Minutes offset);

/// `2009-10-03`.
[[nodiscard]] std::string date_text(Moment moment);

/// `2009-10-03 22:00`, for tables whose title says that times are in UTC.
[[nodiscard]] std::string moment_text(Moment moment);

/// `2009-10-03 22:00 UTC`, for sentences.
[[nodiscard]] std::string utc_text(Moment moment);

/// `Saturday 22:00`, with the clocks' distance from UTC where there is one: `Saturday 22:00 (UTC+02:00)`.
[[nodiscard]] std::string opening_text(const WeeklyTime& weekly);

/// When a window opens: of a weekly one the time of the week, of a dated one the moment.
[[nodiscard]] std::string opening_text(const Window& window);

}  // namespace casplan
