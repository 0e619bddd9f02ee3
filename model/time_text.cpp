#include "model/time_text.h"

#include <array>
#include <string_view>

#include "model/text.h"

namespace casplan {
namespace {

constexpr std::array<std::string_view, 7> days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday"};

}  // namespace

std::string length_text(Minutes length) {
  constexpr std::array<std::pair<std::int64_t, std::string_view>, 3> units{
      {{1440, "day"}, {60, "hour"}, {1, "minute"}}};
  std::int64_t left = length.count();
  std::vector<std::string> parts;
  for (const auto& [minutes, unit] : units) {
    if (left >= minutes) parts.push_back(counted(static_cast<std::size_t>(left / minutes), unit));
    left %= minutes;
  }
  return parts.empty() ? counted(0, "minute") : listed(parts);
}

std::string clock_text(Minutes time) {
  return padded(time.count() / 60, 2) + ":" + padded(time.count() % 60, 2);
}

std::string utc_offset_text(Minutes offset) {
  return (offset < Minutes(0) ? "-" : "+") + clock_text(std::chrono::abs(offset));
}

std::string date_text(Moment moment) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(moment));
  return padded(int{date.year()}, 4) + "-" + padded(unsigned{date.month()}, 2) + "-" + padded(unsigned{date.day()}, 2);
}

std::string moment_text(Moment moment) {
  return date_text(moment) + " " + clock_text(moment - std::chrono::floor<std::chrono::days>(moment));
}

std::string utc_text(Moment moment) {
  return moment_text(moment) + " UTC";
}

std::string opening_text(const WeeklyTime& weekly) {
  const std::string text = std::string(days.at(weekly.day % days.size())) + " " + clock_text(weekly.start);
  return weekly.utc_offset == Minutes(0) ? text : text + " (UTC" + utc_offset_text(weekly.utc_offset) + ")";
}

std::string opening_text(const Window& window) {
  const auto* weekly = std::get_if<WeeklyTime>(&window.time);
  return weekly != nullptr ? opening_text(*weekly) : utc_text(std::get<DatedTime>(window.time).start);
}

}  // namespace casplan
