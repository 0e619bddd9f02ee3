#pragma once

#include <string>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "verifier/stop.h"

namespace casplan::tools {

/// In how many of the states that a step can leave behind the work may stop for good; then those in which it may not,
/// who has it worse there, and the ways out. Empty where none was judged.
[[nodiscard]] std::vector<std::string> stops_text(const Organisation& organisation, const Plan& plan,
                                                  const std::vector<verifier::Stop>& stops);

}  // namespace casplan::tools
