#pragma once

#include "model/activity.h"
#include "property_tests/oracles/naive_measures.h"

namespace casplan::oracle {

/// The percent of a site's users who are logged on at a minute: looks at the site's clock, and for the hours that it
/// shows.
[[nodiscard]] int percent_at(const Activity& activity, SiteId site, Moment moment);

/// That percent as the part of the users that counts. Refers to the activity.
[[nodiscard]] Part part_logged_on(const Activity& activity);

}  // namespace casplan::oracle
