#pragma once

#include <rapidcheck.h>

#include "model/organisation.h"
#include "model/policy.h"

namespace casplan {

/// A valid policy with the goal `upgrade`: targets at or above today's builds, frozen servers, copies allowed,
/// forbidden or counted, crews, weekly and dated windows, capacity, an order between servers without cycles, now and
/// then a latest end, now and then all roles; readings. Event 46 never.
[[nodiscard]] rc::Gen<Policy> any_policy(const Organisation& organisation);

/// A policy that leaves everything open but the target, which lies above every build of today.
[[nodiscard]] rc::Gen<Policy> any_generous_policy(const Organisation& organisation);

/// A policy with one of the goals that heal what is broken today.
[[nodiscard]] rc::Gen<Policy> any_heal_policy(const Organisation& organisation, Goal goal);

}  // namespace casplan
