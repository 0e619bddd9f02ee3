#include "simulator/trace.h"

#include <algorithm>
#include <utility>

#include "simulator/all_figures.h"
#include "simulator/execution.h"
#include "simulator/user_totals.h"

namespace casplan::simulator {
namespace {

/// `measures` holds the user figures until the end.
Measures totals(Measures measures, const Execution& execution, const WantedBuilds& wanted, Minutes end) {
  value(measures, Measure::copies) = execution.copies();
  if (wanted.empty()) value(measures, Measure::feature_lag_user_minutes).reset();
  value(measures, Measure::makespan_minutes) = end.count();
  return measures;
}

Measures logged_on(Measures measures, const WantedBuilds& wanted) {
  if (wanted.empty()) value(measures, Measure::feature_lag_user_minutes).reset();
  return measures;
}

constexpr auto unwatched = [](const Execution&, const State&, const UserTotals&, Minutes, Minutes) {};

/// `Figures` are told of every change of a server: `AllFigures` or `UserTotals`.
template <class Figures, class Watch>
tl::expected<Totals, RefusedStep> through(const Organisation& organisation, const Plan& plan, const Readings& readings,
                                          const WantedBuilds& wanted, const Conduct& conduct,
                                          const ActivityTable* activity, Watch watch) {
  const Timetable timetable(plan);
  State state = initial_state(organisation);
  Figures figures(organisation, state, readings, wanted, {activity, timetable.start});
  Execution execution({organisation, plan, timetable, readings}, conduct, state,
                      [&](ServerId server, Minutes now) { figures.update(server, now); });
  const auto end = execution.run([&](Minutes from, Minutes to) { watch(execution, state, figures, from, to); });
  if (!end) return tl::unexpected(end.error());
  const Measures all = totals(figures.at_the_end(*end), execution, wanted, *end);
  return Totals{all, logged_on(figures.logged_on(), wanted), execution.refused()};
}

}  // namespace

tl::expected<Trace, RefusedStep> play(const Organisation& organisation, const Plan& plan, const Readings& readings,
                                      const WantedBuilds& wanted, const std::set<ServerId>& frozen) {
  Conduct conduct;
  conduct.frozen = &frozen;
  Trace trace;
  auto totals = play_through(organisation, plan, readings, wanted, conduct, nullptr, [&](const PassingState& now) {
    trace.states.push_back({now.after, now.start, now.end, now.state, now.assessment});
  });
  if (!totals) return tl::unexpected(std::move(totals.error()));
  trace.totals = totals->all;
  return trace;
}

tl::expected<Totals, RefusedStep> play_through(const Organisation& organisation, const Plan& plan,
                                               const Readings& readings, const WantedBuilds& wanted,
                                               const Conduct& conduct, const ActivityTable* activity,
                                               const std::function<void(const PassingState&)>& watch) {
  return through<AllFigures>(
      organisation, plan, readings, wanted, conduct, activity,
      [&](const Execution& execution, const State& state, const AllFigures& figures, Minutes from, Minutes to) {
        watch({execution.last_ended(), from, to, state, figures.now()});
      });
}

tl::expected<Measures, RefusedStep> measure(const Organisation& organisation, const Plan& plan,
                                            const Readings& readings, const WantedBuilds& wanted) {
  return through<UserTotals>(organisation, plan, readings, wanted, Conduct{}, nullptr, unwatched)
      .map([](const Totals& totals) { return totals.all; });
}

tl::expected<Totals, RefusedStep> measure(const Organisation& organisation, const Plan& plan, const Readings& readings,
                                          const WantedBuilds& wanted, const ActivityTable& activity) {
  return through<UserTotals>(organisation, plan, readings, wanted, Conduct{}, &activity, unwatched);
}

Moment start_of(const Plan& plan) {
  const auto first = std::min_element(plan.steps.begin(), plan.steps.end(), [](const auto& a, const auto& b) {
    return a.schedule->start < b.schedule->start;
  });
  return first != plan.steps.end() ? first->schedule->start : Moment{};
}

}  // namespace casplan::simulator
