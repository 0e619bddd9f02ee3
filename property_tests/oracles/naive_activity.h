#pragma once

#include "model/activity.h"

namespace casplan::oracle {

/// The percent of a site's users who are logged on at a minute: looks at the site's clock, and for the hours that it
/// shows.
[[nodiscard]] int percent_at(const Activity& activity, SiteId site, Moment moment);

}  // namespace casplan::oracle
