#include <benchmark/benchmark.h>
#include <tbb/task_arena.h>

#include "benchmarks/peak_memory.h"
#include "benchmarks/targets.h"
#include "property_tests/generators/large_plans.h"
#include "verifier/verify.h"

/// The proof over all orders, all readings and all single failures against the number of paths: time should be a
/// straight line, memory a constant for each path.
namespace casplan::benchmarks {
namespace {

/// Every front proxies to as many targets as make 10,000 servers with 100 fronts.
constexpr std::size_t targets_for_each_front = 99;

void prove(benchmark::State& state, int threads) {
  const auto fronts = static_cast<std::size_t>(state.range(0));
  const LargePlan large = large_plan(fronts, fronts * targets_for_each_front);
  const auto paths = static_cast<std::int64_t>(fronts * fronts * targets_for_each_front);
  const PeakMemory memory;
  tbb::task_arena arena(threads);
  verifier::Report report;
  for (auto _ : state) {
    arena.execute([&] { report = verifier::verify(large.organisation, large.plan, {}); });
  }
  if (report.safety != verifier::Safety::safe || report.orders != verifier::Orders::all) {
    state.SkipWithError("the plan was not proved safe in all orders");
  }
  state.SetComplexityN(paths);
  state.counters["paths"] = static_cast<double>(paths);
  state.counters["readings"] = static_cast<double>(report.readings);
  state.counters["failures"] = static_cast<double>(report.failures);
  state.counters["bytes_per_path"] = static_cast<double>(memory.bytes()) / static_cast<double>(paths);
}

void ProofOnOneProcessor(benchmark::State& state) {
  prove(state, 1);
}
void ProofOnAllProcessors(benchmark::State& state) {
  prove(state, tbb::task_arena::automatic);
}

constexpr std::int64_t fewest_fronts = 10;
constexpr std::int64_t most_fronts = 100;
constexpr std::int64_t between = 30;

BENCHMARK(ProofOnOneProcessor)
    ->DenseRange(fewest_fronts, most_fronts, between)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Complexity(benchmark::oN);
BENCHMARK(ProofOnAllProcessors)
    ->DenseRange(fewest_fronts, most_fronts, between)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Complexity(benchmark::oN);

}  // namespace
}  // namespace casplan::benchmarks

int main(int argc, char** argv) {
  return casplan::benchmarks::run_benchmarks(
      argc, argv, {{"proof for 10,000 servers, 1,000,000 paths: in 1 s", "ProofOnAllProcessors/100", {"paths"}}});
}
