#include <array>

#include "documents/moment_text.h"
#include "documents/policy_limits.h"
#include "documents/shown_text.h"
#include "model/time_text.h"

namespace casplan::documents {
namespace {

constexpr std::size_t most_hours = 1440;
constexpr std::int64_t all_users = 100;

constexpr std::array<std::string_view, 4> activity_keys{"hours", "otherwise", "utc_offset", "utc_offsets"};
constexpr std::array<std::string_view, 3> hours_keys{"from", "to", "percent"};

std::optional<int> read_percent(const Node& node) {
  const auto percent = node.integer(0, all_users, "(percent of the users)");
  return percent ? std::optional(static_cast<int>(*percent)) : std::nullopt;
}

std::optional<ActiveHours> read_hours(const Node& node) {
  const ObjectReader object(node, "hours of the day: an object", hours_keys);
  if (!object) return std::nullopt;
  const auto read_time = [](const Node& time) { return read_time_of_day(time, "08:00"); };
  std::optional<Minutes> from;
  std::optional<Minutes> to;
  std::optional<int> percent;
  read_into(from, object.required("from"), read_time);
  read_into(to, object.required("to"), read_time);
  read_into(percent, object.required("percent"), read_percent);
  if (from && from == to) {
    node.fault("hours from " + shown(clock_text(*from)) + " to the same time", "hours of some length");
    return std::nullopt;
  }
  return from && to && percent ? std::optional(ActiveHours{*from, *to, *percent}) : std::nullopt;
}

std::string in_words(const ActiveHours& hours) {
  return shown(clock_text(hours.from)) + " to " + shown(clock_text(hours.to));
}

std::optional<std::vector<ActiveHours>> read_all_hours(const Node& node) {
  const JsonList* list = node.list("a list of hours of the day");
  if (list == nullptr) return std::nullopt;
  if (list->size() > most_hours) {
    node.fault(std::to_string(list->size()) + " parts of a day", "at most " + std::to_string(most_hours));
    return std::nullopt;
  }
  std::vector<ActiveHours> hours;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto read = read_hours(node.element(i));
    if (!read) continue;
    hours.push_back(*read);
    places.push_back(i);
  }
  for (const auto& [earlier, later] : overlaps(hours)) {
    node.element(places[later])
        .fault(in_words(hours[later]) + ", which overlaps " + in_words(hours[earlier]) + " of " +
                   node.element(places[earlier]).pointer(),
               "hours that do not overlap");
  }
  return hours;
}

}  // namespace

std::optional<Minutes> read_time_of_day(const Node& node, std::string_view example) {
  const std::string expected = "a time of the day, such as " + shown(example);
  const auto text = node.text(expected);
  if (!text) return std::nullopt;
  const auto time = parse_time_of_day(*text);
  if (!time) node.fault(shown(*text), expected);
  return time;
}

std::optional<Minutes> read_utc_offset(const Node& node) {
  constexpr std::string_view expected = "a distance from UTC from \"-14:00\" to \"+14:00\", such as \"+02:00\"";
  const auto text = node.text(expected);
  if (!text) return std::nullopt;
  const auto offset = parse_utc_offset(*text);
  if (!offset) node.fault(shown(*text), std::string(expected));
  return offset;
}

std::optional<Activity> read_activity(const Node& node, const NamedOrganisation& names) {
  const ObjectReader object(node, "an object with hours of the day", activity_keys);
  if (!object) return std::nullopt;
  Activity activity;
  read_into(activity.hours, object.find("hours"), read_all_hours);
  read_into(activity.otherwise, object.find("otherwise"), read_percent);
  read_into(activity.utc_offset, object.find("utc_offset"), read_utc_offset);
  if (const auto offsets = object.find("utc_offsets")) {
    offsets->each_member("an object with a distance from UTC for some sites",
                         [&](std::string_view name, const Node& value) {
                           const auto site = resolve_site(name, value, names.sites);
                           const auto offset = read_utc_offset(value);
                           if (!site || !offset) return;
                           if (activity.utc_offsets.emplace(*site, *offset).second) return;
                           value.fault("the site " + shown(name) + " once more", "each site once; case does not count");
                         });
  }
  return activity;
}

}  // namespace casplan::documents
