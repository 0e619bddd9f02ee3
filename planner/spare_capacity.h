#pragma once

#include <string>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"

namespace casplan::planner {

/// A sentence for each entry point of which fewer than half of the fronts that serve today are in service for longer
/// than a working day. No measure counts how much the others have to carry. A contract: the plan is scheduled.
[[nodiscard]] std::vector<std::string> thin_entry_points(const Organisation& organisation, const Plan& plan);

/// Adds these sentences to what the plan's outcome says. A contract: it has one.
void remark_on_capacity(const Organisation& organisation, Plan& plan);

}  // namespace casplan::planner
