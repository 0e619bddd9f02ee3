#include "property_tests/oracles/naive_activity.h"

namespace casplan::oracle {

int percent_at(const Activity& activity, SiteId site, Moment moment) {
  const auto own = activity.utc_offsets.find(site);
  const Moment local = moment + (own == activity.utc_offsets.end() ? activity.utc_offset : own->second);
  const std::int64_t minute = ((local.time_since_epoch().count() % 1440) + 1440) % 1440;
  for (const ActiveHours& hours : activity.hours) {
    const std::int64_t from = hours.from.count();
    const std::int64_t to = hours.to.count();
    const bool is_within = from < to ? from <= minute && minute < to : minute >= from || minute < to;
    if (is_within) return hours.percent;
  }
  return activity.otherwise;
}

Part part_logged_on(const Activity& activity) {
  return [&activity](SiteId site, Moment moment) { return Amount(percent_at(activity, site, moment)) / Amount(100); };
}

}  // namespace casplan::oracle
