#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace casplan {

/// What a plan is measured by (contract, "Measures"); less is better for each.
enum class Measure {
  event46_user_minutes,
  unavailable_user_minutes,
  copies,
  feature_lag_user_minutes,
  makespan_minutes
};

inline constexpr std::size_t measure_count = 5;

/// A value for each measure; empty where it is not known or was not asked for.
using Measures = std::array<std::optional<std::int64_t>, measure_count>;

[[nodiscard]] inline std::optional<std::int64_t>& value(Measures& measures, Measure measure) {
  return measures[static_cast<std::size_t>(measure)];
}
[[nodiscard]] inline const std::optional<std::int64_t>& value(const Measures& measures, Measure measure) {
  return measures[static_cast<std::size_t>(measure)];
}

[[nodiscard]] constexpr std::array<Measure, measure_count> all_measures() {
  return {Measure::event46_user_minutes, Measure::unavailable_user_minutes, Measure::copies,
          Measure::feature_lag_user_minutes, Measure::makespan_minutes};
}

[[nodiscard]] constexpr std::string_view to_string(Measure measure) {
  constexpr std::array<std::string_view, measure_count> names{"event46_user_minutes", "unavailable_user_minutes",
                                                              "copies", "feature_lag_user_minutes", "makespan_minutes"};
  return names[static_cast<std::size_t>(measure)];
}

}  // namespace casplan
