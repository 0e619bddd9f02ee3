#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/measures.h"
#include "model/plan.h"
#include "model/policy.h"

namespace casplan::planner {

/// A step with its time.
struct TimedStep {
  Step step;
  Schedule schedule;
};

/// The measures of the steps under the first value of each open reading; empty where they cannot be carried out.
[[nodiscard]] std::optional<Measures> measured(const Organisation& organisation, const Policy& policy,
                                               const std::vector<TimedStep>& steps);

/// Whether the steps end by the policy's latest end and copy no more folders than it allows.
[[nodiscard]] bool keeps_limits(const Policy& policy, const std::vector<TimedStep>& steps);

}  // namespace casplan::planner
