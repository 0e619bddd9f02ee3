#pragma once

#include <string>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/policy.h"

namespace casplan::planner {

/// Why a step of a schedule starts when it does, and not earlier.
struct Wait {
  enum class For {
    nothing,   ///< it starts when the work begins
    arrow,     ///< `step`, which it comes after, ends then
    server,    ///< its server is busy with `step` until then
    crew,      ///< all crews are busy until then, one of them with `step`
    window,    ///< a window of its server opens then
    service,   ///< `step` then brings a server of the same site or entry point back into service
    follower,  ///< `step`, which comes right after it, cannot start earlier than it does
    choice,    ///< nothing forces it: this schedule is the better one by the policy's objective, or was found first
  };
  For reason = For::nothing;
  StepIndex step;  ///< where the reason speaks of one

  friend bool operator==(const Wait&, const Wait&) = default;
};

/// The wait of each step, in the plan's order. Where several reasons hold, the first in the order of `Wait::For`. The
/// plan is scheduled, for this organisation and policy.
[[nodiscard]] std::vector<Wait> waits_of(const Organisation& organisation, const Policy& policy, const Plan& plan);

/// Whether the wait is of a kind that the plan's arrows do not show.
[[nodiscard]] bool is_hidden(const Wait& wait);

/// `waits for the window of Branch1, which opens Saturday 22:00`; `step` is the one that waits.
[[nodiscard]] std::string in_words(const std::vector<Wait>& waits, StepIndex step, const Organisation& organisation,
                                   const Policy& policy, const Plan& plan);

}  // namespace casplan::planner
