#pragma once

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

/// The totals alone. A step costs as much as there are CAS in its site; one of a front, as there are different sites.
[[nodiscard]] tl::expected<Measures, RefusedStep> measure(const Organisation& organisation, const Plan& plan,
                                                          const Readings& readings, const WantedBuilds& wanted = {});

/// The moment at which the first step starts; the epoch for a plan without steps.
[[nodiscard]] Moment start_of(const Plan& plan);

}  // namespace casplan::simulator
