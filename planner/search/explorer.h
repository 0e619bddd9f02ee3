#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "planner/effort.h"
#include "planner/search/cost.h"
#include "planner/search/moves.h"
#include "planner/search/problem.h"
#include "planner/search/timed_step.h"

namespace casplan::planner {

/// What is looked for.
enum class Aim {
  best,  ///< a best plan
  soon,  ///< a good plan, found by looking first where the least is left to do; nothing is proved
};

/// What the exact search found.
struct Exploration {
  enum class End {
    best_found,     ///< `steps` are a best plan; a good one where it was looked for soon
    known_is_best,  ///< no plan is better than the known one
    none,           ///< there is no plan
    cut_short,      ///< by the limits; `at_least` holds all the same
  };

  End end = End::cut_short;
  std::vector<TimedStep> steps;  ///< by start; those of the best plan
  Cost cost{};                   ///< of it
  Cost at_least{};               ///< no plan costs less
  Parts parts_of_a_user = 1;
  /// Whether a plan might be better in which the members of a herd are not treated alike, which is not looked at.
  bool may_gain_with_herds_apart = false;
};

/// How a plan is looked for.
struct Exploring {
  Aim aim = Aim::best;
  Waits waits = Waits::for_events;
  Measures floor;  ///< no plan is below, in the order of the policy's measures; looked at where every minute is tried
  Measures known;  ///< of a plan that is known; likewise
};

/// Looks for a best plan in all that may be done: every order, every drain, every copy, and each wait for an end of a
/// step, a window, or such that two steps end together; or every wait. The way is Dijkstra's with a lower bound (A*),
/// over situations; costs of situations add up. Deterministic as long as `effort` is not out of time.
[[nodiscard]] Exploration explore(Problem& problem, const Effort& effort, const Exploring& how = {});

}  // namespace casplan::planner
