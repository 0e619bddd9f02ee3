#pragma once

#include <vector>

#include "planner/search/problem.h"
#include "planner/search/timed_step.h"

namespace casplan::planner {

/// Plans for policies without windows in which some fronts of each site go first, with the folders that they need, and
/// hand over to the targets: from when they serve, the other fronts are held out until all targets have changed, so
/// that they need no folders. No more go first than have to serve meanwhile. Those that others must not proxy to once
/// they have changed wait until these are held out.
///
/// The steps of each are by start. They differ in who goes first and in what is urgent; empty where no such plan is
/// known to be safe, among others where a server is upgraded in several hops or the policy names an order.
[[nodiscard]] std::vector<std::vector<TimedStep>> relays(Problem& problem);

}  // namespace casplan::planner
