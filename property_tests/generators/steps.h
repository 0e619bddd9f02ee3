#pragma once

#include <rapidcheck.h>

#include <vector>

#include "model/organisation.h"
#include "model/step.h"

namespace casplan {

/// Any step for a server of the organisation. Most can be carried out; some cannot, for every reason that there is.
[[nodiscard]] rc::Gen<Step> any_step(const Organisation& organisation);

[[nodiscard]] rc::Gen<std::vector<Step>> any_steps(const Organisation& organisation, int fewest, int most);

}  // namespace casplan
