#pragma once

#include <cstdint>

#include "planner/bound_facts.h"

namespace casplan::planner {

/// User-minutes without the new features, in hundredths, that no plan with these changes is below; or, where the users
/// without service are more important than these, no plan with as few of them as `least_unavailable`. `minutes`: none
/// is shorter. A contract: mailboxes and shares are known.
[[nodiscard]] Amount least_lag(const BoundFacts& facts, std::int64_t minutes);

}  // namespace casplan::planner
