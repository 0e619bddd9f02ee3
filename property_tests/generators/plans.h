#pragma once

#include <rapidcheck.h>

#include "model/organisation.h"
#include "model/plan.h"

namespace casplan {

/// A hand-written sequence: each step comes after the one before it and begins when that ends.
[[nodiscard]] rc::Gen<Plan> any_sequence(const Organisation& organisation);

/// Steps that overlap in time, except those of one server, each some minutes long, without arrows.
[[nodiscard]] rc::Gen<Plan> any_overlapping_plan(const Organisation& organisation);

/// Any plan as a document may hold it: arrows with reasons, schedule, outcome, digests. It need not make sense.
[[nodiscard]] rc::Gen<Plan> any_plan(const Organisation& organisation);

}  // namespace casplan
