#pragma once

#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/readings.h"
#include "verifier/stop.h"

namespace casplan::verifier {

/// What each step of a plan leaves behind when the work stops there for good: in its middle, then at its end, for the
/// steps in the order of the schedule (`order_of_schedule`).
///
/// What has begun by the step's end has ended: whoever stops lets it end. So the state is that of a set of steps which
/// only grows with time, and a step costs as much as there are paths at its server.
///
/// They are judged for the schedule. That `go_on` and `repeat_step` are safe is not judged here: it is what `verify`
/// has proved, for the schedule, and for every order that the arrows permit where `Report::orders` is `all`.
///
/// A contract: the plan is scheduled, and `verify` found it safe.
[[nodiscard]] std::vector<Stop> judge_stops(const Organisation& organisation, const Plan& plan,
                                            const FixedReadings& fixed);

}  // namespace casplan::verifier
