#pragma once

#include "model/organisation.h"
#include "model/plan.h"
#include "model/readings.h"
#include "verifier/verdict.h"

namespace casplan::verifier {

/// Judges a scheduled plan in every order that its arrows permit, with every single failure, under every combination of
/// the readings that are open. Where there are more orders than can be followed, its schedule alone is judged, and the
/// plan is not proved safe. A step that is refused only for want of a fact leaves the verdict open too.
///
/// A path that fails with Event 46 in the state in which the organisation was found may go on failing until the plan
/// mends it (that nobody takes it for a while does not); from then on, like every other path, it must never fail. A
/// path of which it cannot be told today may stay so while no step can break it: whatever it is, it is as today. At the
/// end it must be told, and no path may fail, except, when the plan's goal is `heal_by_copy`, one that failed all the
/// time and that no copy mends: its front is older than its target, or no server holds the folder that it needs.
[[nodiscard]] Report verify(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed);

}  // namespace casplan::verifier
