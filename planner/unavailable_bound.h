#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/policy.h"
#include "planner/amount.h"
#include "planner/changes.h"
#include "planner/fronts_in_turn.h"
#include "planner/ring_of_fronts.h"

namespace casplan::planner {

/// User-minutes without service, in hundredths, that no plan with these changes is below. `minutes`: none is shorter. A
/// contract: mailboxes and shares are known.
[[nodiscard]] Amount least_unavailable(const Organisation& organisation, const Policy& policy, const Changes& changes,
                                       std::int64_t minutes);

/// Fronts in a ring, with the copies that they need, where their order is what leaves users without service: in this
/// case that is counted in `least_unavailable`. A contract as above.
[[nodiscard]] std::optional<RingOfFronts> ring_that_counts(const Organisation& organisation, const Policy& policy,
                                                           const Changes& changes, std::int64_t minutes);

/// Two only fronts of which one comes after the other, in any plan with as few users without service as possible, where
/// that is counted in `least_unavailable`. A contract as above.
[[nodiscard]] std::optional<Turns> turns_that_count(const Organisation& organisation, const Policy& policy,
                                                    const Changes& changes);

/// Whether no plan is as good as that in which a target that is the only CAS of its site is out of service longer than
/// its upgrade takes, while its users have a front. A contract as above.
[[nodiscard]] bool waiting_costs_more(const Organisation& organisation, const Policy& policy, const Changes& changes);

/// Where an entry point needs a copy of a folder, in any plan in which as few users as possible are without service.
struct NeededCopy {
  std::vector<ServerId> fronts;  ///< on one of these
  OwaVersion folder;
};

/// The needed copies, at most one for each entry point and folder. A contract as above.
[[nodiscard]] std::vector<NeededCopy> copies_to_spare_users(const Organisation& organisation, const Policy& policy,
                                                            const Changes& changes);

}  // namespace casplan::planner
