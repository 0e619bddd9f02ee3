#pragma once

#include <optional>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/policy.h"

namespace casplan::whatif {

/// What a question is about.
struct Situation {
  Organisation organisation;
  std::optional<Policy> policy;  ///< empty: nobody said what is wanted, so nothing can be planned anew
  std::optional<Plan> plan;      ///< scheduled; empty: there is none
  FixedReadings settled{};       ///< readings that are known, where there is no policy to say so

  [[nodiscard]] FixedReadings fixed_readings() const { return policy ? policy->readings : settled; }
  friend bool operator==(const Situation&, const Situation&) = default;
};

}  // namespace casplan::whatif
