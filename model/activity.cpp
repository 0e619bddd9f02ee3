#include "model/activity.h"

#include "model/contracts.h"

namespace casplan {
namespace {

/// By minute of the day: the place of the hours that hold it, from 1; 0 for none. Shows each minute that is taken
/// already to `taken(earlier, later)`.
template <class Taken>
std::array<std::size_t, a_day.count()> places_by_minute(const std::vector<ActiveHours>& hours, Taken taken) {
  std::array<std::size_t, a_day.count()> places{};
  for (std::size_t i = 0; i < hours.size(); ++i) {
    const Minutes length =
        hours[i].to > hours[i].from ? hours[i].to - hours[i].from : hours[i].to + a_day - hours[i].from;
    for (Minutes passed{0}; passed < length; ++passed) {
      std::size_t& place = places[static_cast<std::size_t>(((hours[i].from + passed) % a_day).count())];
      if (place != 0) taken(place - 1, i);
      if (place == 0) place = i + 1;
    }
  }
  return places;
}

}  // namespace

std::vector<OverlappingHours> overlaps(const std::vector<ActiveHours>& hours) {
  std::vector<OverlappingHours> found;
  places_by_minute(hours, [&](std::size_t earlier, std::size_t later) {
    const bool is_known = !found.empty() && found.back().earlier == earlier && found.back().later == later;
    if (!is_known) found.push_back({earlier, later});
  });
  return found;
}

ActivityTable::ActivityTable(const Activity& activity)
    : utc_offset_(activity.utc_offset), utc_offsets_(activity.utc_offsets) {
  const auto places = places_by_minute(
      activity.hours, [](std::size_t, std::size_t) { expects(false, "hours of activity do not overlap"); });
  for (std::size_t minute = 0; minute < places.size(); ++minute) {
    const int percent = places[minute] == 0 ? activity.otherwise : activity.hours[places[minute] - 1].percent;
    until_[minute + 1] = until_[minute] + percent;
  }
}

Minutes ActivityTable::utc_offset_of(SiteId site) const {
  const auto place = utc_offsets_.find(site);
  return place != utc_offsets_.end() ? place->second : utc_offset_;
}

std::int64_t ActivityTable::percent_minutes(Minutes utc_offset, Moment from, Moment to) const {
  expects(from <= to, "an interval ends after it begins");
  return until(to + utc_offset) - until(from + utc_offset);
}

/// Since the epoch.
std::int64_t ActivityTable::until(Moment local) const {
  const auto day = std::chrono::floor<std::chrono::days>(local);
  return day.time_since_epoch().count() * until_.back() + until_[static_cast<std::size_t>((local - day).count())];
}

}  // namespace casplan
