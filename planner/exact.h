#pragma once

#include <optional>

#include "model/plan.h"
#include "planner/changes.h"
#include "planner/effort.h"

namespace casplan::planner {

/// What the exact search says of a policy.
struct ExactAnswer {
  enum class Kind {
    best_plan,      ///< `plan`
    no_plan,        ///< proved: there is none
    known_is_best,  ///< proved: no plan is better than the one that was known
    unknown,        ///< the search was cut short, or is not made for so large an organisation
  };

  Kind kind = Kind::unknown;
  std::optional<Plan> plan;       ///< its outcome is not filled in; a good one where the kind is `unknown`
  bool has_herds = false;         ///< whether servers that are alike were taken together
  std::optional<Measures> bound;  ///< no plan is below, the most important measures first
};

/// Searches all plans for these changes, where there are few enough of them. `known`: the measures of a plan for them
/// that is known already; none where there is none.
[[nodiscard]] ExactAnswer search_all_plans(const Organisation& organisation, const Policy& policy,
                                           const Changes& changes, const Effort& effort, const Measures& known = {});

}  // namespace casplan::planner
