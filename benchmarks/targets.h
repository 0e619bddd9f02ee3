#pragma once

#include <string>
#include <vector>

namespace casplan::benchmarks {

/// Which times of an iteration are shown. Other work on the machine counts in the time on the wall; the CPU time of a
/// benchmark that starts processes is not theirs.
enum class Clock { wall, wall_and_cpu };

/// How far casplan is to go, and the run that says how far it goes.
struct Target {
  std::string wish;                   ///< in words, with what was asked for
  std::string run;                    ///< the benchmark's name and its arguments, with a slash before each
  std::vector<std::string> counters;  ///< of the run, to be shown besides the time of an iteration
  Clock clock = Clock::wall_and_cpu;
};

/// Runs the benchmarks that are registered, as `BENCHMARK_MAIN` does. At the end each target whose run was among them
/// has a line `target | wish | measured`, which `tools/benchmark` gathers. Returns the exit code.
[[nodiscard]] int run_benchmarks(int argument_count, char** arguments, const std::vector<Target>& targets);

}  // namespace casplan::benchmarks
