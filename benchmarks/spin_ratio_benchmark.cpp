#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "benchmarks/cpu_time.h"
#include "benchmarks/targets.h"
#include "model/catalogue.h"
#include "model/contracts.h"
#include "property_tests/oracles/promela.h"
#include "property_tests/oracles/spin.h"
#include "verifier/verify.h"

/// How much faster the proof path by path is than SPIN's search of all orders, measured in one run, in CPU time, so
/// that other work on the machine does not count. SPIN's time is that of its search alone; writing the model,
/// generating the program and compiling it are not counted.
namespace casplan::benchmarks {
namespace {

using oracle::PromelaCase;
using oracle::PromelaScope;

Server cas(const std::string& name, SiteId site, const Build& build, FolderList folders) {
  Server server;
  server.name = name;
  server.site = site;
  server.roles = {Role::client_access};
  server.build = build.version;
  server.folders = std::move(folders);
  server.internal_url = "https://" + name + ".example.com/owa";
  server.integrated_auth = true;
  server.in_service = true;
  return server;
}

FixedReadings agreeing_with_the_kb() {
  FixedReadings fixed;
  for (std::size_t reading = 0; reading < reading_names().size(); ++reading) fix(fixed, reading, 0);
  return fixed;
}

/// A front on SP1 with the folders of both versions, and so many targets, each in a site of its own, that are brought
/// from RTM to SP1 in any order: safe in each of them.
PromelaCase independent_upgrades(std::int64_t steps) {
  const Build& rtm = *find_build(BuildVersion{{8, 0, 685, 25}});
  const Build& sp1 = *find_build(BuildVersion{{8, 1, 240, 6}});
  const ResourceFolder old_folder{to_string(rtm.owa_version), rtm.owa_version};
  const ResourceFolder new_folder{to_string(sp1.owa_version), sp1.owa_version};
  PromelaCase made;
  made.organisation.name = "Contoso";
  made.organisation.sites.push_back({"HQ", 100, 0});
  made.organisation.servers.push_back(cas("HQCAS", SiteId{0}, sp1, {old_folder, new_folder}));
  made.organisation.entry_points.push_back({"mail.example.com", {ServerId{0}}, 100});
  Moment clock = default_start();
  for (std::int64_t i = 1; i <= steps; ++i) {
    const auto site = id_at<SiteId>(made.organisation.sites.size());
    const auto server = id_at<ServerId>(made.organisation.servers.size());
    made.organisation.sites.push_back({"Branch" + std::to_string(i), 100, 0});
    made.organisation.servers.push_back(cas("BRCAS" + std::to_string(i), site, rtm, {old_folder}));
    const Step upgrade{StepKind::upgrade, server, sp1.version, std::nullopt, {}};
    made.plan.steps.push_back({"s" + std::to_string(i), upgrade, "", {}, Schedule{clock, clock + Minutes(90)}});
    clock += Minutes(90);
  }
  made.readings = agreeing_with_the_kb();
  return made;
}

struct SpinTime {
  double seconds = 0;
  std::uint64_t states = 0;
  std::string error;  ///< empty where there is none
};

SpinTime search_with_spin(const PromelaCase& made, PromelaScope scope) {
  const auto pan = oracle::Pan::compile(oracle::promela_model({made}, scope), 1, oracle::PanBuild::optimised);
  if (!pan) return {0, 0, pan.error()};
  const double before = cpu_seconds(TimeOf::its_children);
  const auto search = pan->run();
  const double time = cpu_seconds(TimeOf::its_children) - before;
  if (!search) return {0, 0, search.error()};
  if (!search->findings.front().is_safe()) return {0, 0, "SPIN does not say that the plan is safe."};
  return {time, search->states, ""};
}

/// Google Benchmark may ask for the same benchmark several times; SPIN searches once for each.
const SpinTime& spin_time(const PromelaCase& made, PromelaScope scope) {
  static std::map<std::pair<PromelaScope, std::size_t>, SpinTime> known;
  const auto [place, is_new] = known.try_emplace({scope, made.plan.steps.size()});
  if (is_new) place->second = search_with_spin(made, scope);
  return place->second;
}

/// The verifier judges all orders, overlaps and single failures, whatever SPIN is asked for.
void prove(benchmark::State& state, PromelaScope scope) {
  const PromelaCase made = independent_upgrades(state.range(0));
  const SpinTime& spin = spin_time(made, scope);
  if (!spin.error.empty()) return state.SkipWithError(spin.error.c_str());
  verifier::Report report;
  const double before = cpu_seconds(TimeOf::this_process);
  for (auto _ : state) report = verifier::verify(made.organisation, made.plan, made.readings);
  const double each = (cpu_seconds(TimeOf::this_process) - before) / static_cast<double>(state.iterations());
  expects(report.safety == verifier::Safety::safe && report.orders == verifier::Orders::all,
          "the verifier proves the plan for all orders");
  state.counters["spin_states"] = static_cast<double>(spin.states);
  state.counters["spin_seconds"] = spin.seconds;
  state.counters["verifier_seconds"] = each;
  state.counters["spin_to_verifier"] = spin.seconds / each;
}

/// The least that SPIN can be asked: one step after the other, no failures, one combination of readings; 2^N states.
void whole_steps(benchmark::State& state) {
  prove(state, PromelaScope::whole_steps);
}

/// What the verifier judges: steps that overlap in any way, and single failures; more than 3^N states.
void everything(benchmark::State& state) {
  prove(state, PromelaScope::everything);
}

void add(const std::string& name, void (*run)(benchmark::State&), const std::vector<std::int64_t>& step_counts) {
  auto* added = benchmark::RegisterBenchmark(name.c_str(), run)
                    ->ArgName("steps")
                    ->Unit(benchmark::kMicrosecond)
                    ->MeasureProcessCPUTime();
  for (const std::int64_t steps : step_counts) added->Arg(steps);
}

constexpr std::string_view more_steps = "--steps=";
constexpr std::int64_t most_steps = 26;

/// Takes `--steps=N` from the arguments: N more steps that SPIN is to search in whole, for example 24, which takes it
/// minutes and gigabytes. False where N is no number that is possible.
bool take_steps(int& count, char** arguments, std::vector<std::int64_t>& steps) {
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument.substr(0, more_steps.size()) != more_steps) continue;
    const std::int64_t number = std::strtoll(argument.data() + more_steps.size(), nullptr, 10);
    if (number < 1 || number > most_steps) return false;
    steps.push_back(number);
    std::rotate(arguments + i, arguments + i + 1, arguments + count);
    --count;
    --i;
  }
  return true;
}

}  // namespace
}  // namespace casplan::benchmarks

int main(int argc, char** argv) {
  using namespace casplan::benchmarks;
  std::vector<std::int64_t> steps{12, 16, 20};
  if (!take_steps(argc, argv, steps)) {
    std::cerr << "--steps asks for a number of steps from 1 to " << most_steps << ", for example --steps=24.\n";
    return 30;
  }
  add("SpinOnWholeSteps", whole_steps, steps);
  add("SpinOnEverything", everything, {6, 8, 10});
  std::vector<Target> targets;
  for (const std::int64_t count : steps) {
    targets.push_back({"proof against SPIN, " + std::to_string(count) + " steps: 10,000 times faster at 24",
                       "SpinOnWholeSteps/steps:" + std::to_string(count),
                       {"spin_to_verifier"}});
  }
  return run_benchmarks(argc, argv, targets);
}
