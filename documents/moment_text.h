#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/step.h"

/// Times as documents and changes write them.
namespace casplan::documents {

/// Documents have years of four digits.
inline constexpr Moment end_of_times{std::chrono::sys_days{std::chrono::year{10000} / 1 / 1}};

/// Reads RFC 3339, for example 2009-10-03T22:00:00Z, also with another offset; whole minutes, years 1970 to 9999 (UTC).
[[nodiscard]] std::optional<Moment> parse_moment(std::string_view text);

/// RFC 3339 in UTC, with `Z`.
[[nodiscard]] std::string to_text(Moment moment);

/// Reads a distance from UTC, `+HH:MM` or `-HH:MM`: at most 14 hours.
[[nodiscard]] std::optional<Minutes> parse_utc_offset(std::string_view text);

/// Reads a time of the day, `HH:MM`.
[[nodiscard]] std::optional<Minutes> parse_time_of_day(std::string_view text);

}  // namespace casplan::documents
