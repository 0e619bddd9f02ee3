#pragma once

#include <optional>
#include <vector>

#include "model/policy.h"
#include "planner/changes.h"
#include "planner/ring_order.h"

namespace casplan::planner {

/// Fronts in a ring, and all else that changes: the only CAS of other sites, each of which must not come back before
/// all fronts are out or have changed.
struct RingOfFronts {
  std::vector<ServerId> fronts;   ///< in the order of `Ring::fronts`
  std::vector<ServerId> targets;  ///< that change, those with the most users for their time first
  Ring ring;                      ///< no copies are counted
};

/// Empty where the organisation is anything else, or more than one crew, windows or users who meet Event 46 are to be
/// reckoned with. A contract: mailboxes and shares are known.
[[nodiscard]] std::optional<RingOfFronts> ring_of_fronts(const Organisation& organisation, const Policy& policy,
                                                         const Changes& changes);

}  // namespace casplan::planner
