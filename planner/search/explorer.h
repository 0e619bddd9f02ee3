#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "planner/effort.h"
#include "planner/search/cost.h"
#include "planner/search/problem.h"
#include "planner/search/timed_step.h"

namespace casplan::planner {

/// What the exact search found.
struct Exploration {
  enum class End {
    best_found,  ///< `steps` are a best plan
    none,        ///< there is no plan
    cut_short,   ///< by the limits; `at_least` holds all the same
  };

  End end = End::cut_short;
  std::vector<TimedStep> steps;  ///< by start; those of the best plan
  Cost cost{};                   ///< of it
  Cost at_least{};               ///< no plan costs less
  Cost at_least_from_start{};    ///< nor less than this, also by waits that are not tried
  Parts parts_of_a_user = 1;
  /// Whether a plan might be better than this, or than `at_least`, in which a herd is out of service together, which is
  /// not looked at. With one crew the upgrades follow each other, so that costs at least the waiting of all its members.
  bool may_gain_by_draining_a_herd = false;
};

/// Looks for a best plan in all that may be done: every order, every drain, every copy, and each wait for an end of a
/// step, a window, or such that two steps end together. The way is Dijkstra's with a lower bound (A*), over situations;
/// costs of situations add up. Deterministic as long as `effort` is not out of time.
[[nodiscard]] Exploration explore(Problem& problem, const Effort& effort);

}  // namespace casplan::planner
