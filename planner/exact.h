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

/// Searches all plans for these changes, where there are few enough of them. With several crews or windows only those
/// in which something waits for an event, which are good ones, and prove nothing.
[[nodiscard]] ExactAnswer search_all_plans(const Organisation& organisation, const Policy& policy,
                                           const Changes& changes, const Effort& effort);

/// Whether several crews or windows are dealt with by trying every wait, too. Paths that may break, and servers of
/// which work has begun, are not told of by the bounds with which that comes to an end.
[[nodiscard]] bool may_try_every_minute(const Policy& policy);

/// How long every wait is tried.
enum class Look {
  short_one,  ///< as long as it takes where the bounds are as good as the best plan
  long_one,   ///< as long as the effort allows
};

/// The same with every wait, where that may be tried. `known`: of a plan that is known already; null where there is
/// none.
[[nodiscard]] ExactAnswer search_every_minute(const Organisation& organisation, const Policy& policy,
                                              const Changes& changes, const Effort& effort, Look look,
                                              const Outcome* known);

}  // namespace casplan::planner
