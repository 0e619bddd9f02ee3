#pragma once

#include <cstdint>

namespace casplan::planner {

/// An amount of whole numbers, far below those that it cannot hold exactly.
using Amount = long double;

inline constexpr std::int64_t percent = 100;

/// Hundredths as measures are rounded: to the nearest whole, a half up. Nothing where that is below nothing, or too
/// much to be told.
[[nodiscard]] std::int64_t to_measure(Amount hundredths);

}  // namespace casplan::planner
