#pragma once

#include <string>

#include "model/plan.h"
#include "pictures/course.h"

namespace casplan::pictures {

/// The steps by server above the sites, over the same time, as one SVG document: without scripts, fonts or anything
/// from elsewhere; letters and patterns beside each colour, and words to each box. At most 200 servers and as many
/// sites are drawn, those that meet something before those that are served all the time; the picture says how many are
/// left out. A contract: the plan is scheduled, and the course is its own.
[[nodiscard]] std::string chart(const Organisation& organisation, const Plan& plan, const Course& course);

}  // namespace casplan::pictures
