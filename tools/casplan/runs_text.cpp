#include "tools/casplan/runs_text.h"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <unistd.h>

#include <chrono>
#include <iostream>
#include <mutex>

#include "documents/runs_result.h"
#include "model/contracts.h"
#include "model/text.h"
#include "model/time_text.h"
#include "simulator/runs.h"
#include "tools/casplan/run_story.h"
#include "tools/casplan/words.h"

namespace casplan::tools {
namespace {

using simulator::Distribution;
using simulator::Rehearsal;
using simulator::Runs;

/// A line on a terminal that is drawn anew while many runs take long; nothing elsewhere.
class ProgressBar {
 public:
  explicit ProgressBar(std::size_t runs) : runs_(runs), is_shown_(isatty(STDERR_FILENO) == 1) {}
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar() { clear(); }

  /// Takes the line away.
  void clear() {
    if (is_drawn_) std::cerr << "\r\x1b[K" << std::flush;
    is_drawn_ = false;
  }

  /// From any thread.
  void show(std::size_t done) {
    constexpr std::chrono::milliseconds often(200);
    constexpr std::size_t width = 40;
    if (!is_shown_) return;
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (now - drawn_ < often) return;
    drawn_ = now;
    is_drawn_ = true;
    const std::size_t part = std::min(width, done * width / runs_);
    std::cerr << "\r  [" << std::string(part, '#') << std::string(width - part, '.') << "] " << done << " of " << runs_
              << " runs" << std::flush;
  }

 private:
  std::size_t runs_;
  bool is_shown_;
  bool is_drawn_ = false;
  std::chrono::steady_clock::time_point drawn_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
};

/// Does the work on so many threads, or on as many as there are.
template <class Work>
auto on_threads(const std::optional<std::uint64_t>& threads, Work work) {
  std::optional<tbb::global_control> as_many;
  if (threads) as_many.emplace(tbb::global_control::max_allowed_parallelism, *threads);
  tbb::task_arena arena(threads ? static_cast<int>(*threads) : tbb::task_arena::automatic);
  return arena.execute(work);
}

void print_figures(const Runs& runs, Console& console) {
  Table table({"Figure", "No faults", "P5", "P50", "P95", "Worst", "Seed of the worst"});
  for (std::size_t i = 0; i < simulator::figure_count; ++i) {
    const Distribution& figure = runs.figures[i];
    const auto words = [&](const Distribution::Value& number) { return figure_words(i, number); };
    table.add({std::string(simulator::figure_names()[i]), words(runs.without_faults.figures[i]), words(figure.p5),
               words(figure.p50), words(figure.p95), words(figure.worst), std::to_string(figure.seed_of_worst)});
  }
  console.print_section(Tone::heading, "How the runs spread (so many percent of them are at this figure or below it)",
                        table.text());
}

void print_ends(const simulator::Timetable& timetable, const Runs& runs, Console& console) {
  const Distribution& makespan = runs.figures[simulator::makespan_figure];
  const auto end = [&](const Distribution::Value& minutes) {
    return minutes ? moment_text(timetable.start + Minutes(*minutes)) : std::string("never");
  };
  Table table({"The work ends", ""});
  table.add({"as planned", moment_text(timetable.start + timetable.end)});
  table.add({"in 5 % of the runs by", end(makespan.p5)});
  table.add({"in 50 % of the runs by", end(makespan.p50)});
  table.add({"in 95 % of the runs by", end(makespan.p95)});
  table.add({"in the worst run at", end(makespan.worst)});
  console.print_section(Tone::heading, "When the work ends (UTC)", table.text());
}

void print_shares(const Rehearsal& rehearsal, const simulator::RunSeries& series, const Runs& runs, Console& console) {
  Table table({"Runs", "Share", "What is true of them"});
  const auto add = [&](std::size_t number, const std::string& what) {
    table.add({std::to_string(number), share_words(number, series.runs), what});
  };
  add(runs.unfinished, "They do not finish: some step is given up, or waits for one that is.");
  add(runs.late, "They end after the planned end, or do not finish.");
  if (const auto& latest_end = rehearsal.policy().latest_end) {
    add(runs.after_latest_end, "They end after the latest end, " + moment_text(*latest_end) + ", or do not finish.");
  }
  if (!rehearsal.policy().windows.empty()) {
    add(runs.missed_window, "They miss a window: some step had to wait for another one, or none was left for it.");
  }
  if (runs.event46) add(*runs.event46, "Somebody meets Event 46.");
  console.print_section(Tone::heading, "How many runs go wrong", table.text());
  if (!runs.event46) console.print("How many runs meet Event 46 is not known, because not all users are.");
}

/// The steps that are not done even where nothing goes wrong, the first ones.
std::string not_done(const Rehearsal& rehearsal) {
  constexpr std::size_t most_named = 5;
  simulator::Log log;
  static_cast<void>(rehearsal.run(simulator::Faults(no_faults(), 0), &log));
  std::vector<std::string> steps;
  for (std::size_t i = 0; i < std::min(log.abandoned.size(), most_named); ++i) {
    const simulator::AbandonedStep& left = log.abandoned[i];
    steps.push_back("step " + at(rehearsal.plan().steps, left.step).id + " (" + std::string(abandoned_words(left.why)) +
                    ")");
  }
  if (log.abandoned.size() > most_named) {
    steps.push_back(counted(log.abandoned.size() - most_named, "other"));
  }
  return listed(steps);
}

/// Where the schedule does not keep what the policy asks for, the steps wait even where nothing goes wrong.
void warn_of_schedule(const Rehearsal& rehearsal, const simulator::RunFigures& without_faults, Console& console) {
  const auto& makespan = without_faults.figures[simulator::makespan_figure];
  const std::string planned = std::to_string(rehearsal.timetable().end.count()) + " minutes";
  if (!makespan) {
    console.warn("The plan is not finished even where nothing goes wrong. Not done: " + not_done(rehearsal) + ".");
  } else if (*makespan != rehearsal.timetable().end.count()) {
    console.warn(
        "The plan's times do not keep to its arrows, or to the crews and windows of the policy: even where nothing "
        "goes wrong, the work takes " +
        std::to_string(*makespan) + " minutes instead of " + planned + ".");
  }
}

}  // namespace

void print_runs(const PlanInput& input, const SimulateOptions& options, Console& console) {
  expects(input.policy && options.runs.runs, "runs are asked for with a policy");
  const Readings readings = first_of(options.readings);
  const Rehearsal rehearsal(input.organisation, input.plan, *input.policy, readings);
  const simulator::RunSeries series{*options.runs.runs, options.runs.seed};
  if (series.runs == 1) {
    const simulator::Story story =
        on_threads(options.runs.threads, [&] { return simulator::tell(rehearsal, series.seed); });
    warn_of_schedule(rehearsal, story.without_faults, console);
    if (console.wants_json()) {
      return console.print(documents::write_story_result(input.organisation, rehearsal, series.seed, story));
    }
    return print_story(input.organisation, rehearsal, series.seed, story, console);
  }
  ProgressBar bar(series.runs);
  const Runs runs = on_threads(options.runs.threads, [&] {
    return simulator::rehearse(rehearsal, series, [&](std::size_t done) { bar.show(done); });
  });
  bar.clear();
  warn_of_schedule(rehearsal, runs.without_faults, console);
  if (console.wants_json()) return console.print(documents::write_runs_result(rehearsal, series, runs));
  console.print(counted(series.runs, "run", "runs") + " with the faults of the policy, seed " +
                std::to_string(series.seed) + ".");
  print_figures(runs, console);
  print_ends(rehearsal.timetable(), runs, console);
  print_shares(rehearsal, series, runs, console);
  console.print("Final draw " + std::to_string(runs.final_draw) +
                ": the same seed on the same input ends with the same.");
  console.print("The story of a run: the same command with --runs 1 and its seed.");
}

}  // namespace casplan::tools
