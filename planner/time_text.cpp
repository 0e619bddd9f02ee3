#include "planner/time_text.h"

#include <array>
#include <cstdlib>
#include <string_view>

namespace casplan::planner {
namespace {

constexpr std::array<std::string_view, 7> days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday"};

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

/// `22:00` for minutes since midnight, below a day.
std::string clock(Minutes time) {
  return two_digits(time.count() / 60) + ":" + two_digits(time.count() % 60);
}

std::string counted(std::int64_t number, const std::string& unit) {
  return std::to_string(number) + " " + unit + (number == 1 ? "" : "s");
}

}  // namespace

std::string in_words(Minutes length) {
  constexpr std::array<std::pair<std::int64_t, const char*>, 3> units{{{1440, "day"}, {60, "hour"}, {1, "minute"}}};
  std::int64_t left = length.count();
  std::vector<std::string> parts;
  for (const auto& [minutes, unit] : units) {
    if (left >= minutes) parts.push_back(counted(left / minutes, unit));
    left %= minutes;
  }
  if (parts.empty()) return counted(0, "minute");
  std::string text = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) text += (i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return text;
}

std::string in_words(Moment moment) {
  const auto midnight = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date(midnight);
  return std::to_string(static_cast<int>(date.year())) + "-" + two_digits(static_cast<unsigned>(date.month())) + "-" +
         two_digits(static_cast<unsigned>(date.day())) + " " + clock(moment - midnight) + " UTC";
}

std::string opening_in_words(const WeeklyTime& weekly) {
  std::string text = std::string(days.at(weekly.day % days.size())) + " " + clock(weekly.start);
  if (weekly.utc_offset == Minutes(0)) return text;
  const bool behind = weekly.utc_offset < Minutes(0);
  return text + " (UTC" + (behind ? "-" : "+") + clock(Minutes(std::abs(weekly.utc_offset.count()))) + ")";
}

std::string opening_in_words(const Window& window) {
  const auto* weekly = std::get_if<WeeklyTime>(&window.time);
  return weekly != nullptr ? opening_in_words(*weekly) : in_words(std::get<DatedTime>(window.time).start);
}

}  // namespace casplan::planner
