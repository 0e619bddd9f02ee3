#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "benchmarks/families.h"
#include "benchmarks/targets.h"
#include "model/contracts.h"
#include "property_tests/generators/large_plans.h"
#include "simulator/trace.h"

/// What one step costs: the transition, the judgements of the paths at its server, and the users that they leave. It
/// should depend on the paths at the server, and not on how large the organisation is.
namespace casplan::benchmarks {
namespace {

constexpr BuildVersion sp2{{8, 2, 176, 2}};

/// An organisation while steps are done to it, one after the other.
class Roundabout {
 public:
  explicit Roundabout(std::size_t servers)
      : instance_(make_instance(description(servers))),
        paths_(proxy_paths(instance_.organisation)),
        wanted_(simulator::wanted_builds(instance_.organisation, instance_.policy)),
        found_(initial_state(instance_.organisation)),
        state_(found_),
        assessment_(instance_.organisation, paths_, state_, readings_, wanted_) {}

  [[nodiscard]] std::vector<ServerId> fronts() const { return casplan::fronts(instance_.organisation); }
  [[nodiscard]] std::size_t servers() const { return instance_.organisation.servers.size(); }
  [[nodiscard]] bool is_at_target(ServerId server) const { return at(state_.servers, server).build == sp2; }

  void do_step(ServerId server, StepKind kind) {
    const auto build = kind == StepKind::upgrade ? std::optional(sp2) : std::nullopt;
    const Step step{kind, server, build, std::nullopt, {}};
    expects(!simulator::begin(state_, step), "the step can be carried out");
    simulator::finish(state_, step, readings_);
    assessment_.update(server);
  }
  /// As it was found.
  void put_back(ServerId server) {
    at(state_.servers, server) = at(found_.servers, server);
    assessment_.update(server);
  }
  [[nodiscard]] const simulator::Assessment& now() const { return assessment_.now(); }

 private:
  static Description description(std::size_t servers) {
    Description description;
    description.family = Family::array;
    description.servers = servers;
    description.fronts = 8;
    return description;
  }

  Instance instance_;
  std::vector<ProxyPath> paths_;
  simulator::WantedBuilds wanted_;
  Readings readings_;
  State found_;
  State state_;
  simulator::RunningAssessment assessment_;
};

/// Drain, upgrade and return of one server after the other. Putting a server back as it was found, when its turn comes
/// again, costs as much as a step and counts as one.
void do_steps(benchmark::State& state, Roundabout& roundabout, std::size_t first, std::size_t count) {
  std::size_t next = 0;
  std::int64_t steps = 0;
  for (auto _ : state) {
    const auto server = id_at<ServerId>(first + next);
    next = (next + 1) % count;
    if (roundabout.is_at_target(server)) {
      roundabout.put_back(server);
      ++steps;
    }
    for (const StepKind kind : {StepKind::drain, StepKind::upgrade, StepKind::return_to_service}) {
      roundabout.do_step(server, kind);
    }
    steps += 3;
    benchmark::DoNotOptimize(roundabout.now());
  }
  state.SetItemsProcessed(steps);
}

/// A target has as many paths as there are fronts: eight.
void StepsAtTargets(benchmark::State& state) {
  Roundabout roundabout(static_cast<std::size_t>(state.range(0)));
  const std::size_t fronts = roundabout.fronts().size();
  do_steps(state, roundabout, fronts, roundabout.servers() - fronts);
}

/// A front has as many paths as there are targets.
void StepsAtFronts(benchmark::State& state) {
  Roundabout roundabout(static_cast<std::size_t>(state.range(0)));
  do_steps(state, roundabout, 0, roundabout.fronts().size());
  state.SetComplexityN(state.range(0));
}

/// The totals of a plan with ten fronts, from the organisation on: a path is judged when the plan begins, and
/// with each step at one of its ends.
void MeasuringAPlan(benchmark::State& state) {
  constexpr std::size_t fronts = 10;
  const LargePlan large = large_plan(fronts, static_cast<std::size_t>(state.range(0)) - fronts);
  for (auto _ : state) {
    const auto totals = simulator::measure(large.organisation, large.plan, Readings{});
    expects(totals.has_value(), "the plan can be carried out");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(large.plan.steps.size()));
  state.counters["steps"] = static_cast<double>(large.plan.steps.size());
}

constexpr std::int64_t thousand = 1'000;
constexpr std::int64_t ten_thousand = 10'000;

BENCHMARK(StepsAtTargets)->Arg(thousand)->Arg(ten_thousand)->Unit(benchmark::kMicrosecond);
BENCHMARK(StepsAtFronts)->Arg(thousand)->Arg(ten_thousand)->Unit(benchmark::kMicrosecond)->Complexity(benchmark::oN);
BENCHMARK(MeasuringAPlan)->Arg(thousand)->Arg(ten_thousand)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace casplan::benchmarks

int main(int argc, char** argv) {
  using casplan::benchmarks::Target;
  const std::string wish = "10,000 servers: 1,000,000 steps a second, by the paths at their server";
  return casplan::benchmarks::run_benchmarks(
      argc, argv,
      {Target{wish + "; at targets", "StepsAtTargets/10000", {"items_per_second"}},
       Target{wish + "; at fronts", "StepsAtFronts/10000", {"items_per_second"}},
       Target{wish + "; a plan with ten fronts", "MeasuringAPlan/10000", {"items_per_second"}}});
}
