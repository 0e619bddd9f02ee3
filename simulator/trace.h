#pragma once

#include <optional>
#include <set>
#include <tl/expected.hpp>
#include <vector>

#include "model/measures.h"
#include "model/plan.h"
#include "simulator/assessment.h"
#include "simulator/conduct.h"

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
  std::vector<RefusedStep> refused;  ///< steps that were passed over because they could not be carried out
};

/// Plays a scheduled plan (contract: every step has start and end) from the state in which the organisation was found,
/// to the first step that cannot be carried out. `frozen` servers are not upgraded.
[[nodiscard]] tl::expected<Trace, RefusedStep> play(const Organisation& organisation, const Plan& plan,
                                                    const Readings& readings, const WantedBuilds& wanted = {},
                                                    const std::set<ServerId>& frozen = {});

/// The same, to the plan's end: a step that cannot be carried out has no effect, and all others run at their times.
[[nodiscard]] Trace play_leniently(const Organisation& organisation, const Plan& plan, const Readings& readings,
                                   const WantedBuilds& wanted = {}, const std::set<ServerId>& frozen = {});

/// The totals alone. A step costs as much as there are CAS in its site; one of a front, as there are different sites.
[[nodiscard]] tl::expected<Measures, RefusedStep> measure(const Organisation& organisation, const Plan& plan,
                                                          const Readings& readings, const WantedBuilds& wanted = {});

/// The moment at which the first step starts; the epoch for a plan without steps.
[[nodiscard]] Moment start_of(const Plan& plan);

}  // namespace casplan::simulator
