#pragma once

#include <vector>

#include "model/organisation.h"
#include "model/policy.h"
#include "planner/draft.h"

namespace casplan::planner {

/// Has each copy taken from the nearest server that holds the folder at that time (`NearestSources`), as the first of
/// its sources, and lets a source that loses it later wait for the copy. A copy that waits for its own source keeps
/// that. A contract: `order` is by start and respects every arrow; it does so afterwards, too.
void use_nearest_sources(const Organisation& organisation, const Policy& policy, Draft& draft,
                         const std::vector<Schedule>& schedules, const std::vector<StepIndex>& order);

}  // namespace casplan::planner
