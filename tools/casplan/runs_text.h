#pragma once

#include "tools/casplan/console.h"
#include "tools/casplan/load.h"

namespace casplan::tools {

/// Carries a plan out with the faults of its policy: one run with its story, or how many spread. A contract: there is a
/// policy, and the number of runs is given.
void print_runs(const PlanInput& input, const SimulateOptions& options, Console& console);

}  // namespace casplan::tools
