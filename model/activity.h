#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "model/ids.h"
#include "model/step.h"

namespace casplan {

/// A part of the day, by the clocks of the users' site.
struct ActiveHours {
  Minutes from{0};  ///< since midnight, below a day
  Minutes to{0};    ///< the same; not after `from`: on the next day. Never equal to it
  int percent = 0;  ///< of the users who are logged on in these hours, 0 to 100

  friend bool operator==(const ActiveHours&, const ActiveHours&) = default;
};

/// How many of the users are logged on, by the hour of the day where they are. Nothing is documented about that: the
/// default is the product's, an office day, and an input.
struct Activity {
  std::vector<ActiveHours> hours{{Minutes{8 * 60}, Minutes{18 * 60}, 100}, {Minutes{18 * 60}, Minutes{22 * 60}, 20}};
  int otherwise = 5;                      ///< percent, at all other times
  Minutes utc_offset{0};                  ///< of the sites' clocks, all the year; from -14 to 14 hours
  std::map<SiteId, Minutes> utc_offsets;  ///< of sites whose clocks differ

  friend bool operator==(const Activity&, const Activity&) = default;
};

/// The hours of an activity that some minute has in common with hours before them in the list, by their places.
struct OverlappingHours {
  std::size_t earlier;
  std::size_t later;
};
[[nodiscard]] std::vector<OverlappingHours> overlaps(const std::vector<ActiveHours>& hours);

/// An activity, summed up so that any interval costs the same. A contract: its hours do not overlap.
class ActivityTable {
 public:
  explicit ActivityTable(const Activity& activity);

  [[nodiscard]] Minutes utc_offset_of(SiteId site) const;

  /// The percent of users who are logged on, summed over the minutes from `from` to `to`, by clocks that are
  /// `utc_offset` ahead of UTC: 6000 for an hour in which everybody is. A contract: `to` is not before `from`.
  [[nodiscard]] std::int64_t percent_minutes(Minutes utc_offset, Moment from, Moment to) const;

 private:
  [[nodiscard]] std::int64_t until(Moment local) const;

  std::array<std::int64_t, a_day.count() + 1> until_{};  // of a day, until its minute
  Minutes utc_offset_;
  std::map<SiteId, Minutes> utc_offsets_;
};

}  // namespace casplan
