#pragma once

#include <rapidcheck.h>

#include "model/activity.h"
#include "model/organisation.h"

namespace casplan {

/// Hours that do not overlap, some of which touch each other or cross midnight; clocks that differ from site to site.
[[nodiscard]] rc::Gen<Activity> any_activity(const Organisation& organisation);

}  // namespace casplan
