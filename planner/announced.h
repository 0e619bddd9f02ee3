#pragma once

#include <vector>

#include "planner/changes.h"
#include "planner/search/timed_step.h"
#include "planner/underway.h"

namespace casplan::planner {

/// The steps of a plan that are not done and that the changes still ask for, sorted by start, each as long as the
/// policy has it: at its announced time, or as soon afterwards as the policy's start, its server's windows, and the
/// steps allow that were announced to end before it begins. A server that is in service, though the plan had drained it
/// for one of them, is drained once more; one that is to return does so in the end.
[[nodiscard]] std::vector<TimedStep> rest_of(const Plan& announced, const Underway& underway, const Organisation& now,
                                             const Policy& policy, const Changes& changes);

}  // namespace casplan::planner
