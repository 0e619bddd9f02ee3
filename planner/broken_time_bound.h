#pragma once

#include "model/measures.h"
#include "model/policy.h"
#include "planner/changes.h"

namespace casplan::planner {

/// The bound, raised by what it costs that both ends of a path cannot change at the same moment (rules, 7.6).
///
/// Where a front without the folder of an unchanged target, and one that is older than a changed target, both break the
/// path, its users meet Event 46 or have nothing from the beginning of the first of the two changes to the end of the
/// second. So the sum of the two measures is at least a sum of distances in the order of the changes: the one that
/// counts more is given its own bound, and the other one the rest. With one crew the only front of an entry point lies
/// in the middle of a V-shape of targets; several fronts of one entry point can change places at any moment, in no
/// time. Entry points are bounded apart. Each folder that may be copied frees the entry points of one front.
///
/// Where one front is all there is, the feature lag is at least that of the best order among those with the least
/// distances. What is not known is bounded by nothing.
[[nodiscard]] Measures with_broken_time(const Organisation& organisation, const Policy& policy, const Changes& changes,
                                        Measures bound);

}  // namespace casplan::planner
