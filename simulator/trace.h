#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "model/measures.h"
#include "model/plan.h"
#include "simulator/assessment.h"
#include "simulator/transition.h"

namespace casplan::simulator {

/// The state between two events of a plan. Minutes count from the plan's start.
struct TraceState {
  std::optional<StepIndex> after;  ///< the step that ended last before; empty before the first end
  Minutes start;
  Minutes end;
  State state;
  Assessment assessment;
};

/// What happens while a plan's schedule is carried out. The last state starts and ends at the plan's end.
struct Trace {
  std::vector<TraceState> states;
  Measures totals;  ///< user figures are empty where mailboxes are not known; the feature lag where nothing is wanted
};

/// The state between two events while a plan is played. What it refers to changes when the next is shown.
struct PassingState {
  std::optional<StepIndex> after;
  Minutes start;
  Minutes end;
  const State& state;
  const Assessment& assessment;
};

/// The measures of a plan, and those of its user-minutes of which users would have been logged on.
struct Totals {
  Measures all;
  Measures logged_on;  ///< copies and makespan are always empty
};

/// A step that could not be carried out, and the state in which it was to begin.
struct RefusedStep {
  StepIndex step;
  Refusal refusal;
  Minutes at;
  State state;
};

/// Plays a scheduled plan (contract: every step has start and end) from the state in which the organisation was found.
[[nodiscard]] tl::expected<Trace, RefusedStep> play(const Organisation& organisation, const Plan& plan,
                                                    const Readings& readings, const WantedBuilds& wanted = {});

/// The same for plans whose states are too many to keep: each is shown to `watch` and forgotten. Nobody is shown what
/// comes after a step that is refused.
[[nodiscard]] tl::expected<Totals, RefusedStep> play_through(const Organisation& organisation, const Plan& plan,
                                                             const Readings& readings, const WantedBuilds& wanted,
                                                             const ActivityTable& activity,
                                                             const std::function<void(const PassingState&)>& watch);

/// The totals alone. A step costs as much as there are CAS in its site; one of a front, as there are different sites.
[[nodiscard]] tl::expected<Measures, RefusedStep> measure(const Organisation& organisation, const Plan& plan,
                                                          const Readings& readings, const WantedBuilds& wanted = {});

/// The same, also of those who would have been logged on.
[[nodiscard]] tl::expected<Totals, RefusedStep> measure(const Organisation& organisation, const Plan& plan,
                                                        const Readings& readings, const WantedBuilds& wanted,
                                                        const ActivityTable& activity);

/// The moment at which the first step starts; the epoch for a plan without steps.
[[nodiscard]] Moment start_of(const Plan& plan);

}  // namespace casplan::simulator
