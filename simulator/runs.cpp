#include "simulator/runs.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <numeric>

#include "model/contracts.h"
#include "model/dice.h"

namespace casplan::simulator {
namespace {

using Value = Distribution::Value;

/// Runs that one task does.
constexpr std::size_t runs_of_a_task = 64;

/// One for each thread that runs.
using Stages = tbb::enumerable_thread_specific<Rehearsal::Stage>;

Stages stages_of(const Rehearsal& rehearsal) {
  return Stages([&rehearsal] { return Rehearsal::Stage(rehearsal); });
}

bool is_better(const Value& a, const Value& b) {
  return a && (!b || *a < *b);
}

std::vector<RunFigures> run_all(const Rehearsal& rehearsal, const RunSeries& series,
                                const std::function<void(std::size_t)>& progress) {
  std::vector<RunFigures> all(series.runs);
  Stages stages = stages_of(rehearsal);
  std::atomic<std::size_t> done{0};
  const std::size_t tasks = (series.runs + runs_of_a_task - 1) / runs_of_a_task;
  tbb::parallel_for(std::size_t{0}, tasks, [&](std::size_t task) {
    const std::size_t end = std::min(series.runs, (task + 1) * runs_of_a_task);
    for (std::size_t run = task * runs_of_a_task; run < end; ++run) {
      all[run] = rehearsal.run(Faults(rehearsal.policy().faults, seed_of_run(series.seed, run)), stages.local());
    }
    const std::size_t more = end - task * runs_of_a_task;
    const std::size_t now = done.fetch_add(more) + more;
    if (progress) progress(now);
  });
  return all;
}

Distribution distribution_of(const std::vector<RunFigures>& all, std::size_t figure, std::uint64_t seed) {
  std::vector<Value> values;
  values.reserve(all.size());
  for (const RunFigures& run : all) values.push_back(run.figures[figure]);
  const auto worst = std::max_element(values.begin(), values.end(), is_better);
  Distribution result;
  result.seed_of_worst = seed_of_run(seed, static_cast<std::uint64_t>(worst - values.begin()));
  result.worst = *worst;
  std::sort(values.begin(), values.end(), is_better);
  const auto at_percent = [&](std::size_t percent) { return values[(percent * values.size() + 99) / 100 - 1]; };
  result.p5 = at_percent(5);
  result.p50 = at_percent(50);
  result.p95 = at_percent(95);
  return result;
}

template <class Condition>
std::size_t count_runs(const std::vector<RunFigures>& all, Condition condition) {
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), condition));
}

bool ends_after(const RunFigures& run, Minutes minute) {
  return !run.is_finished || *run.figures[makespan_figure] > minute.count();
}

RunFigures without_faults(const Rehearsal& rehearsal) {
  return rehearsal.run(Faults(no_faults(), 0));
}

}  // namespace

Runs rehearse(const Rehearsal& rehearsal, const RunSeries& series, const std::function<void(std::size_t)>& progress) {
  expects(series.runs > 0 && series.runs <= most_runs, "there are some runs, and not too many");
  const auto all = run_all(rehearsal, series, progress);
  const Timetable& timetable = rehearsal.timetable();
  Runs runs;
  runs.without_faults = without_faults(rehearsal);
  for (std::size_t i = 0; i < figure_count; ++i) runs.figures[i] = distribution_of(all, i, series.seed);
  runs.unfinished = count_runs(all, [](const RunFigures& run) { return !run.is_finished; });
  runs.late = count_runs(all, [&](const RunFigures& run) { return ends_after(run, timetable.end); });
  if (const auto& latest_end = rehearsal.policy().latest_end) {
    const Minutes last = timetable.minute(*latest_end);
    runs.after_latest_end = count_runs(all, [&](const RunFigures& run) { return ends_after(run, last); });
  }
  runs.missed_window = count_runs(all, [](const RunFigures& run) { return run.missed_window; });
  for (const RunFigures& run : all) runs.final_draw = scrambled(runs.final_draw ^ run.final_draw);
  runs.final_draw >>= 1U;
  if (all.front().met_event46) {
    runs.event46 = count_runs(all, [](const RunFigures& run) { return *run.met_event46; });
  }
  return runs;
}

Story tell(const Rehearsal& rehearsal, std::uint64_t seed) {
  const Faults faults(rehearsal.policy().faults, seed);
  Rehearsal::Stage stage(rehearsal);
  Story story;
  story.figures = rehearsal.run(faults, stage, &story.log);
  story.without_faults = without_faults(rehearsal);
  for (const Incident& incident : story.log.incidents) story.effects.push_back({incident, std::nullopt});
  Stages stages = stages_of(rehearsal);
  tbb::parallel_for(std::size_t{0}, std::min(story.effects.size(), most_effects), [&](std::size_t i) {
    story.effects[i].without = rehearsal.run(faults.without(story.effects[i].incident.fault), stages.local());
  });
  return story;
}

}  // namespace casplan::simulator
