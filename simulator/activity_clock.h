#pragma once

#include "model/activity.h"

namespace casplan::simulator {

/// Who is logged on, by minutes since the start of a plan.
struct ActivityClock {
  const ActivityTable* table = nullptr;  ///< none: nobody asks, and it costs nothing
  Moment start{};

  [[nodiscard]] Minutes utc_offset_of(SiteId site) const {
    return table != nullptr ? table->utc_offset_of(site) : Minutes(0);
  }
  /// Percent-minutes; 0 without a table.
  [[nodiscard]] std::int64_t logged_on(Minutes utc_offset, Minutes from, Minutes to) const {
    return table != nullptr ? table->percent_minutes(utc_offset, start + from, start + to) : 0;
  }
};

}  // namespace casplan::simulator
