#pragma once

#include <string>

#include "model/organisation.h"
#include "model/policy.h"

namespace casplan::benchmarks {

/// A star (`Family::star`) on one build, for one crew at any time, as a small problem for Z3, with the policy's
/// objectives in their order.
///
/// Z3 has to find less than the planner, so a comparison favours Z3: that the front is drained first and goes before
/// its targets, that nobody waits, and that targets are not drained is given. What is left is the place of each target
/// in the row, whether the front gets the folder of its targets, and before which of them; without the folder it stays
/// out until all of them are done. This is in whole numbers, with `distinct` for the places, which of several ways to
/// write it is the fastest for Z3 4.8.
[[nodiscard]] std::string slots_for_z3(const Organisation& organisation, const Policy& policy);

}  // namespace casplan::benchmarks
