#pragma once

#include <functional>
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
};

/// The state between two events while a plan is played. What it refers to changes when the next is shown.
struct PassingState {
  std::optional<StepIndex> after;
  Minutes start;
  Minutes end;
  const State& state;
  const Assessment& assessment;
};

/// What comes out of a plan in the end.
struct Totals {
  Measures all;
  Measures logged_on;                ///< of those users who would have been logged on: user-minutes, nothing else
  std::vector<RefusedStep> refused;  ///< steps that were passed over because they could not be carried out
};

/// Plays a scheduled plan (contract: every step has start and end) from the state in which the organisation was found,
/// to the first step that cannot be carried out. `frozen` servers are not upgraded.
[[nodiscard]] tl::expected<Trace, RefusedStep> play(const Organisation& organisation, const Plan& plan,
                                                    const Readings& readings, const WantedBuilds& wanted = {},
                                                    const std::set<ServerId>& frozen = {});

/// The same for plans whose states are too many to keep: each is shown to `watch` and forgotten. Counts those who would
/// have been logged on, where a table says who that is. What was shown before a step is refused is worth nothing.
[[nodiscard]] tl::expected<Totals, RefusedStep> play_through(const Organisation& organisation, const Plan& plan,
                                                             const Readings& readings, const WantedBuilds& wanted,
                                                             const Conduct& conduct, const ActivityTable* activity,
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
