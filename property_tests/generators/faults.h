#pragma once

#include <rapidcheck.h>

#include "model/fault_model.h"

namespace casplan {

/// What may go wrong: each fault never, now and then, often or always, for up to some hours.
[[nodiscard]] rc::Gen<FaultModel> any_faults();

}  // namespace casplan
