#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "benchmarks/cpu_time.h"
#include "benchmarks/families.h"
#include "benchmarks/peak_memory.h"
#include "benchmarks/targets.h"
#include "planner/make_plan.h"
#include "verifier/verify.h"

/// How long the planner takes for each family of organisations, how good its plans are known to be, and how much memory
/// it takes, against the number of servers. Every plan is proved safe; that is not counted.
namespace casplan::benchmarks {
namespace {

constexpr std::array<std::size_t, 9> sizes{10, 30, 100, 300, 1'000, 3'000, 10'000, 30'000, 100'000};
constexpr std::size_t most_servers_by_default = 1'000;
/// A family that takes longer than this is not tried with more servers.
constexpr double patience_in_seconds = 60;

std::string_view name_of(Calendar calendar) {
  return calendar == Calendar::one_crew_at_any_time ? "one_crew" : "four_crews_in_windows";
}

std::string name_of(Family family, Calendar calendar) {
  return std::string(to_string(family)) + "/" + std::string(name_of(calendar));
}

/// By how much of itself a value is above its bound, in percent.
double gap(std::int64_t value, std::int64_t bound) {
  return value == bound ? 0 : 100.0 * static_cast<double>(value - bound) / static_cast<double>(value);
}

/// The status of the plan, and each measure that is not proved to be the least.
std::string quality(const Outcome& outcome, const Policy& policy) {
  std::string text(to_string(outcome.status));
  for (const Measure measure : policy.objective) {
    const auto amount = value(outcome.objective, measure);
    const auto bound = value(outcome.bound, measure);
    if (amount == bound) continue;
    text += ", " + std::string(to_string(measure)) + " " + std::to_string(amount.value_or(0)) + " against " +
            std::to_string(bound.value_or(0));
  }
  return text;
}

/// The gap of the first measure in which the plan is not proved to be the best. Behind it, bounds speak of plans that
/// are better there.
double first_gap(const Outcome& outcome, const Policy& policy) {
  for (const Measure measure : policy.objective) {
    const auto amount = value(outcome.objective, measure);
    const double own = gap(amount.value_or(0), value(outcome.bound, measure).value_or(0));
    if (own > 0) return own;
  }
  return 0;
}

void judge(benchmark::State& state, const Instance& instance, const planner::Planning& planning) {
  const auto* plan = std::get_if<Plan>(&planning);
  if (plan == nullptr) return state.SkipWithError("no plan was found");
  const auto report = verifier::verify(instance.organisation, *plan, instance.policy.readings);
  if (report.safety != verifier::Safety::safe) return state.SkipWithError("the plan is not safe");
  state.SetLabel(quality(*plan->outcome, instance.policy));
  state.counters["gap_percent"] = first_gap(*plan->outcome, instance.policy);
}

/// Seconds for each iteration.
double plan(benchmark::State& state, const Description& description) {
  constexpr double bytes_in_a_megabyte = 1e6;
  const Instance instance = make_instance(description);
  planner::Planning planning;
  const PeakMemory memory;
  const double before = cpu_seconds(TimeOf::this_process);
  for (auto _ : state) planning = planner::make_plan(instance.organisation, instance.policy);
  const double seconds = cpu_seconds(TimeOf::this_process) - before;
  state.counters["megabytes"] = static_cast<double>(memory.bytes()) / bytes_in_a_megabyte;
  state.counters["paths"] = static_cast<double>(count_paths(instance));
  state.SetComplexityN(static_cast<std::int64_t>(description.servers));
  judge(state, instance, planning);
  return seconds / static_cast<double>(state.iterations());
}

/// One family, with more and more servers.
void plan_family(benchmark::State& state, Family family, Calendar calendar) {
  static std::map<std::pair<Family, Calendar>, double> seconds;
  double& last = seconds[{family, calendar}];
  if (last > patience_in_seconds) return state.SkipWithError("left out, because fewer servers took too long");
  Description description;
  description.family = family;
  description.servers = static_cast<std::size_t>(state.range(0));
  description.calendar = calendar;
  last = plan(state, description);
}

/// As many paths as an organisation is to have at most.
void plan_largest(benchmark::State& state) {
  Description description;
  description.family = Family::array;
  description.servers = sizes.back();
  description.fronts = 100;
  plan(state, description);
}

void add(Family family, Calendar calendar, std::size_t most_servers) {
  auto* added = benchmark::RegisterBenchmark(name_of(family, calendar).c_str(), plan_family, family, calendar)
                    ->Unit(benchmark::kMillisecond)
                    ->MinTime(0.01)
                    ->Complexity();
  for (const std::size_t size : sizes) {
    if (size <= most_servers) added->Arg(static_cast<std::int64_t>(size));
  }
}

std::vector<Target> targets() {
  std::vector<Target> all;
  const auto add_run = [&](std::string wish, Family family, Calendar calendar, std::size_t servers) {
    wish += ": " + std::string(to_string(family));
    all.push_back({std::move(wish), name_of(family, calendar) + "/" + std::to_string(servers), {}});
  };
  for (const Family family : all_families) {
    add_run("one crew, 1,000 servers: proven optimal in 1 s", family, Calendar::one_crew_at_any_time, 1'000);
  }
  for (const Family family : all_families) {
    add_run("crews and windows, 30 servers: proven optimal", family, Calendar::four_crews_in_weekly_windows, 30);
  }
  for (const Family family : all_families) {
    add_run("crews and windows, 1,000 servers: gap of 1 % in 10 s", family, Calendar::four_crews_in_weekly_windows,
            1'000);
    all.back().counters = {"gap_percent"};
  }
  all.push_back({"100,000 servers, 10,000,000 paths: a safe plan in 10 s, 2,000 megabytes", "largest", {"megabytes"}});
  return all;
}

constexpr std::string_view most_servers_option = "--most-servers=";

/// Takes the option from the arguments. Empty where its value is no number of servers.
std::optional<std::size_t> take_most_servers(int& count, char** arguments) {
  std::size_t most = most_servers_by_default;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument.substr(0, most_servers_option.size()) != most_servers_option) continue;
    const std::string_view text = argument.substr(most_servers_option.size());
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), most);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (most < sizes.front() || most > sizes.back()) return std::nullopt;
    std::rotate(arguments + i, arguments + i + 1, arguments + count);
    --count;
    --i;
  }
  return most;
}

}  // namespace
}  // namespace casplan::benchmarks

int main(int argc, char** argv) {
  using namespace casplan::benchmarks;
  const auto most = take_most_servers(argc, argv);
  if (!most) {
    std::cerr << most_servers_option << " asks for a number of servers from " << sizes.front() << " to " << sizes.back()
              << ", for example " << most_servers_option << sizes.back() << ".\n";
    return 30;
  }
  for (const Calendar calendar : {Calendar::one_crew_at_any_time, Calendar::four_crews_in_weekly_windows}) {
    for (const Family family : all_families) add(family, calendar, *most);
  }
  if (*most == sizes.back()) {
    benchmark::RegisterBenchmark("largest", plan_largest)->Unit(benchmark::kMillisecond)->Iterations(1);
  }
  return run_benchmarks(argc, argv, targets());
}
