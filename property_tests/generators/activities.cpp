#include "property_tests/generators/activities.h"

#include <algorithm>

#include "property_tests/generators/draw.h"

namespace casplan {
namespace {

constexpr int day = 1440;

Minutes draw_utc_offset() {
  return Minutes(draw::between(-14 * 4, 14 * 4) * 15);
}

/// Cuts the day, from a time on that may be any, into parts, of which some are active.
std::vector<ActiveHours> draw_hours() {
  std::vector<int> cuts;
  for (int i = draw::below(5); i > 0; --i) cuts.push_back(draw::below(day));
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<ActiveHours> hours;
  for (std::size_t i = 0; cuts.size() > 1 && i < cuts.size(); ++i) {
    if (draw::once_in(4)) continue;
    hours.push_back({Minutes(cuts[i]), Minutes(cuts[(i + 1) % cuts.size()]), draw::between(0, 100)});
  }
  return hours;
}

}  // namespace

rc::Gen<Activity> any_activity(const Organisation& organisation) {
  return rc::gen::exec([sites = organisation.sites.size()] {
    Activity activity;
    if (draw::once_in(4)) return activity;
    activity.hours = draw_hours();
    activity.otherwise = draw::between(0, 100);
    activity.utc_offset = draw_utc_offset();
    for (std::size_t i = 0; i < sites; ++i) {
      if (draw::once_in(2)) activity.utc_offsets.emplace(id_at<SiteId>(i), draw_utc_offset());
    }
    return activity;
  });
}

}  // namespace casplan
