#pragma once

#include <optional>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "verifier/verdict.h"

namespace casplan::verifier {

/// The state after one start or end of a step.
struct ReplayedMoment {
  std::optional<StepIndex> touched;   ///< the step that started or ended; empty before the first
  std::vector<StepIndex> ended;       ///< the steps that have ended, in the order of their ends
  State state;
  std::vector<Judgement> judgements;  ///< in the order of the paths
};

/// Every state that the schedule passes through, also those that last no minute because several steps start or end at
/// the same time. Ends come before starts of the same minute.
struct Replay {
  std::vector<ProxyPath> paths;
  ReplayedMoment before;
  std::vector<ReplayedMoment> moments;
  std::optional<Counterexample> refused;  ///< the step at which the replay had to stop
};

[[nodiscard]] Replay replay_schedule(const Organisation& organisation, const Plan& plan, const Readings& readings);

/// The first state in which the plan does what it must not do.
[[nodiscard]] std::optional<Counterexample> find_violation(const Organisation& organisation, const Plan& plan,
                                                           const Replay& replay, const Readings& readings);

}  // namespace casplan::verifier
