#pragma once

#include <string>
#include <vector>

#include "tools/casplan/load.h"

namespace casplan::tools {

/// Where a plan goes against the policy that was named, a sentence each; of very many, the first. That is no question
/// of safety. None where no policy was named, or where the plan cannot be carried out at all.
[[nodiscard]] std::vector<std::string> breaches_of_policy(const PlanInput& input);

}  // namespace casplan::tools
