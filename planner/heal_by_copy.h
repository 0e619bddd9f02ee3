#pragma once

#include "planner/make_plan.h"

namespace casplan::planner {

/// The KB's workaround: the fewest folders, put where they mend paths that fail today. What no folder can mend is named
/// in the plan's outcome, with what would.
[[nodiscard]] Planning heal_by_copy(const Organisation& organisation, const Policy& policy);

}  // namespace casplan::planner
