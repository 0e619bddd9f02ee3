#pragma once

#include <string>

#include "model/organisation.h"
#include "model/policy.h"
#include "planner/why_not.h"

/// Why a wish cannot be met, in sentences.
namespace casplan::planner {

/// What is so: `HQCAS1 is frozen at 8.0.685.25.`
[[nodiscard]] std::string sentence(const Fact& fact, const Organisation& organisation, const Policy& policy);

/// What to do: `Unfreeze HQCAS1.` Of several things that have to be done together, one sentence each.
[[nodiscard]] std::string sentence(const Remedy& remedy, const Organisation& organisation, const Policy& policy);

/// What the list of facts is: how few they are.
[[nodiscard]] std::string sentence(Extent extent);

}  // namespace casplan::planner
