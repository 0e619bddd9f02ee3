#pragma once

#include <string>

#include "model/organisation.h"
#include "simulator/runs.h"

/// What `simulate --runs` prints with `--json`. Null is not known; of a makespan or an end, that there is none, because
/// the run does not finish.
namespace casplan::documents {

/// How many runs spread.
[[nodiscard]] std::string write_runs_result(const simulator::Rehearsal& rehearsal, const simulator::RunSeries& series,
                                            const simulator::Runs& runs);

/// The story of one run.
[[nodiscard]] std::string write_story_result(const Organisation& organisation, const simulator::Rehearsal& rehearsal,
                                             std::uint64_t seed, const simulator::Story& story);

/// Stable words: `step_fails`, `late_crew`; `no_window`, `tried_too_often`.
[[nodiscard]] std::string_view to_string(simulator::FaultKind kind);
[[nodiscard]] std::string_view to_string(simulator::Abandoned why);

}  // namespace casplan::documents
