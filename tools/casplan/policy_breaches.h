#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/casplan/load.h"

namespace casplan::tools {

/// Where a plan goes against the policy that was named, a sentence each; of very many, the first. That is no question
/// of safety. Empty where no policy was named; none where the plan cannot be carried out at all.
[[nodiscard]] std::optional<std::vector<std::string>> breaches_of_policy(const PlanInput& input);

}  // namespace casplan::tools
