#pragma once

#include <rapidcheck.h>

#include "model/readings.h"

namespace casplan {

[[nodiscard]] rc::Gen<Readings> any_readings();

/// Mostly nothing is fixed; each reading is, now and then.
[[nodiscard]] rc::Gen<FixedReadings> any_fixed_readings();

}  // namespace casplan
