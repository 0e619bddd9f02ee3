#pragma once

#include <vector>

#include "model/topology.h"
#include "planner/draft.h"

namespace casplan::planner {

/// Steps that run one stage after the other without gaps; the steps of one stage run at the same time.
struct Unit {
  std::vector<ServerId> servers;
  std::vector<std::vector<StepIndex>> stages;
};

/// The units of a draft in an order that respects every arrow: each server's change is a unit, and servers that wait
/// for each other are one together. Among those that may come next, the one with the most users for its time is first
/// (Smith's rule).
///
/// A draft whose arrows run in a circle has no units; `circle` then holds the steps of one.
struct Units {
  std::vector<Unit> units;
  std::vector<StepIndex> circle;
};

[[nodiscard]] Units units_of(const Organisation& organisation, const Policy& policy, const Draft& draft,
                             const std::vector<ProxyPath>& paths);

}  // namespace casplan::planner
