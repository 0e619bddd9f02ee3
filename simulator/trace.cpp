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

tl::expected<Trace, RefusedStep> carry_out(const Organisation& organisation, const Plan& plan,
                                           const Readings& readings, const WantedBuilds& wanted,
                                           const Conduct& conduct) {
  const Timetable timetable(plan);
  State state = initial_state(organisation);
  AllFigures figures(organisation, state, readings, wanted);
  Execution execution({organisation, plan, timetable, readings}, conduct, state,
                      [&](ServerId server, Minutes now) { figures.update(server, now); });
  Trace trace;
  const auto end = execution.run([&](Minutes from, Minutes to) {
    trace.states.push_back({execution.last_ended(), from, to, state, figures.now()});
  });
  if (!end) return tl::unexpected(end.error());
  trace.totals = totals(figures.at_the_end(*end), execution, wanted, *end);
  trace.refused = execution.refused();
  return trace;
}

}  // namespace

tl::expected<Trace, RefusedStep> play(const Organisation& organisation, const Plan& plan, const Readings& readings,
                                      const WantedBuilds& wanted, const std::set<ServerId>& frozen) {
  Conduct conduct;
  conduct.frozen = &frozen;
  return carry_out(organisation, plan, readings, wanted, conduct);
}

Trace play_leniently(const Organisation& organisation, const Plan& plan, const Readings& readings,
                     const WantedBuilds& wanted, const std::set<ServerId>& frozen) {
  Conduct conduct;
  conduct.frozen = &frozen;
  conduct.on_refusal = OnRefusal::go_on;
  return *carry_out(organisation, plan, readings, wanted, conduct);
}

tl::expected<Measures, RefusedStep> measure(const Organisation& organisation, const Plan& plan,
                                            const Readings& readings, const WantedBuilds& wanted) {
  const Timetable timetable(plan);
  const Conduct as_scheduled;
  State state = initial_state(organisation);
  UserTotals figures(organisation, state, readings, wanted);
  Execution execution({organisation, plan, timetable, readings}, as_scheduled, state,
                      [&](ServerId server, Minutes now) { figures.update(server, now); });
  const auto end = execution.run([](Minutes, Minutes) {});
  if (!end) return tl::unexpected(end.error());
  return totals(figures.at_the_end(*end), execution, wanted, *end);
}

Moment start_of(const Plan& plan) {
  const auto first = std::min_element(plan.steps.begin(), plan.steps.end(), [](const auto& a, const auto& b) {
    return a.schedule->start < b.schedule->start;
  });
  return first != plan.steps.end() ? first->schedule->start : Moment{};
}

}  // namespace casplan::simulator
