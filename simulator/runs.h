#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "simulator/rehearsal.h"

/// Many runs of one plan, each with faults of its own.
namespace casplan::simulator {

inline constexpr std::size_t most_runs = 1'000'000;

/// So many runs, one after the other by their seeds.
struct RunSeries {
  std::size_t runs = 1;
  std::uint64_t seed = 0;  ///< below 2^63; that of the first run, see `seed_of_run`
};

/// How the runs spread over the values of a figure, by nearest rank: so many percent of the runs have this value or a
/// better one. An empty value is worse than any other: a makespan that has no end, or users who are not known.
struct Distribution {
  using Value = std::optional<std::int64_t>;
  Value p5;
  Value p50;
  Value p95;
  Value worst;
  std::uint64_t seed_of_worst = 0;  ///< of the first run with this value

  friend bool operator==(const Distribution&, const Distribution&) = default;
};

/// What many runs come to.
struct Runs {
  RunFigures without_faults;
  std::array<Distribution, figure_count> figures;
  // Of how many runs it is true that
  std::size_t unfinished = 0;          ///< some step is given up or never begins
  std::size_t late = 0;                ///< they end after the plan's end, or do not finish
  std::size_t after_latest_end = 0;    ///< they end after the policy's latest end, where it has one, or do not finish
  std::size_t missed_window = 0;       ///< some step had to wait for another window, or none was left for it
  std::optional<std::size_t> event46;  ///< somebody meets Event 46; empty where it is not known
  std::uint64_t final_draw = 0;        ///< that those of all runs bear on, in their order; below 2^63

  friend bool operator==(const Runs&, const Runs&) = default;
};

/// Carries the plan out so many times with the faults of its policy. The result does not depend on how many threads
/// there are. `progress` is told now and then, from any thread, how many runs are done.
[[nodiscard]] Runs rehearse(const Rehearsal& rehearsal, const RunSeries& series,
                            const std::function<void(std::size_t)>& progress = {});

/// One thing that went wrong in a run, and what the run would have come to without it alone. That is asked of the first
/// `most_effects` things alone, because each answer is a run of its own.
struct Effect {
  Incident incident;
  std::optional<RunFigures> without;
};
inline constexpr std::size_t most_effects = 500;

/// A run in all its details.
struct Story {
  RunFigures figures;
  RunFigures without_faults;
  Log log;
  std::vector<Effect> effects;  ///< of each incident, in the order of the log
};

/// The story of the run with this seed. The result does not depend on how many threads there are.
[[nodiscard]] Story tell(const Rehearsal& rehearsal, std::uint64_t seed);

}  // namespace casplan::simulator
