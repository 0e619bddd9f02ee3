#include <benchmark/benchmark.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "benchmarks/cpu_time.h"
#include "benchmarks/families.h"
#include "benchmarks/slots_for_z3.h"
#include "benchmarks/targets.h"
#include "planner/make_plan.h"
#include "property_tests/oracles/z3.h"

/// How much faster the planner finds and proves the best plan than Z3, measured in one run, in CPU time, so that other
/// work on the machine does not count. Writing the problem for Z3 is not counted; reading it is. Where Z3 finishes, the
/// planner's plan has to cost as much as Z3's optimum; where it does not, the ratio is what it is at least.
namespace casplan::benchmarks {
namespace {

constexpr int seconds_for_z3 = 20;

using Objective = std::vector<Measure>;

Instance star(std::int64_t targets, const Objective& objective) {
  Description description;
  description.servers = static_cast<std::size_t>(targets) + 1;
  Instance instance = make_instance(description);
  for (std::size_t reading = 0; reading < reading_names().size(); ++reading) fix(instance.policy.readings, reading, 0);
  instance.policy.objective = objective;
  return instance;
}

struct Z3Time {
  double seconds = 0;
  std::optional<oracle::Z3Optimum> optimum;  ///< empty where it did not finish
};

tl::expected<Z3Time, std::string> solve_with_z3(const Instance& instance) {
  const std::string problem = slots_for_z3(instance.organisation, instance.policy);
  const double before = cpu_seconds(TimeOf::its_children);
  const auto answer = oracle::ask_z3(problem, {.seconds = seconds_for_z3});
  Z3Time time{cpu_seconds(TimeOf::its_children) - before, std::nullopt};
  if (!answer) return tl::unexpected(answer.error());
  if (std::holds_alternative<oracle::Z3NoPlan>(*answer)) {
    return tl::unexpected(std::string("Z3 says that there is no plan"));
  }
  if (const auto* optimum = std::get_if<oracle::Z3Optimum>(&*answer)) time.optimum = *optimum;
  return time;
}

oracle::Z3Optimum cost_of(const Plan& plan, const Objective& objective) {
  oracle::Z3Optimum cost;
  for (const Measure measure : objective) cost.push_back(value(plan.outcome->objective, measure).value_or(-1));
  return cost;
}

void compare(benchmark::State& state, const Objective& objective) {
  const Instance instance = star(state.range(0), objective);
  planner::Planning planning;
  const double before = cpu_seconds(TimeOf::this_process);
  for (auto _ : state) planning = planner::make_plan(instance.organisation, instance.policy);
  const double seconds = (cpu_seconds(TimeOf::this_process) - before) / static_cast<double>(state.iterations());
  const auto* plan = std::get_if<Plan>(&planning);
  if (plan == nullptr) return state.SkipWithError("the planner finds no plan");

  const auto z3 = solve_with_z3(instance);
  if (!z3) return state.SkipWithError(z3.error().c_str());
  if (z3->optimum && *z3->optimum != cost_of(*plan, objective)) {
    return state.SkipWithError("the planner's plan does not cost what Z3's does");
  }
  state.counters["z3_seconds"] = z3->seconds;
  state.counters["planner_seconds"] = seconds;
  state.counters["z3_to_planner"] = z3->seconds / seconds;
  state.SetLabel(std::string(to_string(plan->outcome->status)) +
                 (z3->optimum ? ", the same cost" : ", Z3 did not finish"));
}

void EveryMeasure(benchmark::State& state) {
  const Policy defaults;
  compare(state, defaults.objective);
}

/// Who may be unavailable does not count, so the front stays out.
void CopiesAndTime(benchmark::State& state) {
  compare(state, {Measure::event46_user_minutes, Measure::copies, Measure::makespan_minutes});
}

/// As many iterations for each, or Google Benchmark would have Z3 asked again while it looks for their number.
BENCHMARK(EveryMeasure)->Arg(4)->Arg(8)->Arg(16)->Arg(24)->Arg(32)->Unit(benchmark::kMillisecond)->Iterations(5);
BENCHMARK(CopiesAndTime)->Arg(4)->Arg(8)->Arg(16)->Arg(24)->Arg(32)->Unit(benchmark::kMillisecond)->Iterations(5);

}  // namespace
}  // namespace casplan::benchmarks

int main(int argc, char** argv) {
  using casplan::benchmarks::Target;
  const std::string wish = "one front and 32 targets: 1,000 times faster than Z3";
  return casplan::benchmarks::run_benchmarks(
      argc, argv,
      {Target{wish + "; every measure", "EveryMeasure/32", {"z3_to_planner"}},
       Target{wish + "; Event 46, copies and time", "CopiesAndTime/32", {"z3_to_planner"}}});
}
