#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <map>

#include "property_tests/generators/draw.h"
#include "property_tests/generators/faults.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/plans.h"
#include "property_tests/generators/policies.h"
#include "property_tests/generators/readings.h"
#include "property_tests/generators/show.h"
#include "property_tests/oracles/naive_activity.h"
#include "property_tests/oracles/naive_run.h"
#include "property_tests/plan_facts.h"
#include "simulator/runs.h"
#include "simulator/trace.h"

/// What holds of every run of a plan with faults.
namespace casplan {
namespace {

using simulator::FaultKind;
using simulator::Faults;
using simulator::Incident;
using simulator::Log;
using simulator::Rehearsal;
using simulator::RunFigures;
using simulator::Try;

/// A plan with a policy, and what goes wrong in a run of it.
struct Case {
  Organisation organisation;
  Plan plan;
  Policy policy;
  Readings readings;
  std::uint64_t seed = 0;
};

/// Arrows to steps that are planned to end before.
void draw_arrows(Plan& plan) {
  for (PlannedStep& step : plan.steps) {
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      const bool is_over = plan.steps[i].schedule->end <= step.schedule->start;
      if (is_over && draw::once_in(4)) step.after.push_back({id_at<StepIndex>(i), ""});
    }
  }
}

/// So that servers and fronts have time to fall out.
void put_off_by_a_day(PlannedStep& step) {
  step.schedule->start += std::chrono::days(1);
  step.schedule->end += std::chrono::days(1);
}

Case any_case() {
  Case drawn;
  drawn.organisation = *any_counted_organisation();
  drawn.policy = *any_policy(drawn.organisation);
  drawn.plan = draw::once_in(3) ? *any_sequence(drawn.organisation) : *any_overlapping_plan(drawn.organisation);
  if (draw::once_in(8)) put_off_by_a_day(drawn.plan.steps.back());
  if (drawn.plan.steps.back().after.empty()) draw_arrows(drawn.plan);
  drawn.policy.faults = *any_faults();
  drawn.readings = *any_readings();
  drawn.seed = static_cast<std::uint64_t>(draw::below(1'000'000));
  return drawn;
}

/// One run and what was noted of it.
struct Ran {
  explicit Ran(const Case& of)
      : figures(
            Rehearsal(of.organisation, of.plan, of.policy, of.readings).run(Faults(of.policy.faults, of.seed), &log)) {}
  Log log;
  RunFigures figures;
};

Minutes planned_start(const Case& of, StepIndex step) {
  return at(of.plan.steps, step).schedule->start - simulator::start_of(of.plan);
}

const Step& step_of(const Case& of, StepIndex step) {
  return at(of.plan.steps, step).step;
}

tl::expected<simulator::Totals, simulator::RefusedStep> measured(const Case& of) {
  return simulator::measure(of.organisation, of.plan, of.readings, simulator::wanted_builds(of.organisation, of.policy),
                            ActivityTable(of.policy.activity));
}

void expect_the_plan(const Case& of, const simulator::Totals& nominal) {
  Log log;
  const RunFigures run = Rehearsal(of.organisation, of.plan, of.policy, of.readings).run(Faults(no_faults(), 0), &log);
  RC_ASSERT(run.is_finished);
  RC_ASSERT(std::equal(nominal.all.begin(), nominal.all.end(), run.figures.begin()));
  for (std::size_t i = 0; i < simulator::logged_on_measures.size(); ++i) {
    RC_ASSERT(run.figures[simulator::first_logged_on_figure + i] ==
              value(nominal.logged_on, simulator::logged_on_measures[i]));
  }
  for (const Try& attempt : log.tries) {
    const auto& schedule = *at(of.plan.steps, attempt.step).schedule;
    RC_ASSERT(simulator::start_of(of.plan) + attempt.start == schedule.start);
    RC_ASSERT(simulator::start_of(of.plan) + attempt.end == schedule.end);
  }
}

RC_GTEST_PROP(ARunInWhichNothingGoesWrong, IsThePlan, ()) {
  const auto organisation = *any_plain_organisation();
  const auto policy = *any_policy(organisation);
  const auto plan = plan_for(organisation, policy);
  RC_CLASSIFY(plan.has_value(), "found");
  if (!plan) return;
  const Case planned{organisation, *plan, policy, first_of(policy.readings)};
  const auto nominal = measured(planned);
  RC_ASSERT(nominal.has_value());
  expect_the_plan(planned, *nominal);
}

RC_GTEST_PROP(ARunInWhichNothingGoesWrong, IsTheScheduleWhereThatKeepsToAllLimits, ()) {
  Case drawn = any_case();
  drawn.policy.windows.clear();
  drawn.policy.frozen.clear();
  drawn.policy.crews = 1000;
  const auto nominal = measured(drawn);
  RC_CLASSIFY(!nominal, "a step is refused");
  if (nominal) expect_the_plan(drawn, *nominal);
}

RC_GTEST_PROP(Runs, AreTheSameForEveryNumberOfThreads, ()) {
  const Case drawn = any_case();
  const Rehearsal rehearsal(drawn.organisation, drawn.plan, drawn.policy, drawn.readings);
  const auto with = [&](int threads) {
    const tbb::global_control more_than_there_are(tbb::global_control::max_allowed_parallelism, 8);
    tbb::task_arena arena(threads);
    return arena.execute([&] { return simulator::rehearse(rehearsal, {150, drawn.seed}); });
  };
  const auto alone = with(1);
  RC_ASSERT(with(2) == alone);
  RC_ASSERT(with(5) == alone);
}

RC_GTEST_PROP(ARun, StartsNoStepBeforeItsTimeOrBeforeWhatItWaitsFor, ()) {
  const Case drawn = any_case();
  const Ran ran(drawn);
  std::map<StepIndex, Minutes> ended;
  for (const Try& attempt : ran.log.tries) {
    if (attempt.succeeds) ended[attempt.step] = attempt.end;
  }
  for (const Try& attempt : ran.log.tries) {
    RC_ASSERT(attempt.start >= planned_start(drawn, attempt.step));
    for (const Arrow& arrow : at(drawn.plan.steps, attempt.step).after) {
      RC_ASSERT(ended.contains(arrow.step));
      RC_ASSERT(ended[arrow.step] <= attempt.start);
    }
  }
  RC_CLASSIFY(!ran.log.incidents.empty(), "something goes wrong");
  RC_CLASSIFY(!ran.figures.is_finished, "it does not finish");
}

RC_GTEST_PROP(ARun, KeepsToCrewsAndToOneStepOfAServerAtATime, ()) {
  const Case drawn = any_case();
  const Ran ran(drawn);
  for (const Try& attempt : ran.log.tries) {
    int crews = 0;
    for (const Try& other : ran.log.tries) {
      if (other.start > attempt.start || attempt.start >= other.end) continue;
      if (keeps_a_crew_busy(step_of(drawn, other.step))) ++crews;
      const bool is_same = other.step == attempt.step && other.start == attempt.start;
      RC_ASSERT(is_same || step_of(drawn, other.step).server != step_of(drawn, attempt.step).server);
    }
    RC_ASSERT(crews <= drawn.policy.crews);
  }
}

RC_GTEST_PROP(ARun, KeepsToWindowsAndLeavesServersThatAreDownAlone, ()) {
  const Case drawn = any_case();
  const Ran ran(drawn);
  for (const Try& attempt : ran.log.tries) {
    PlannedStep step = at(drawn.plan.steps, attempt.step);
    const Moment start = simulator::start_of(drawn.plan);
    step.schedule = Schedule{start + attempt.start, start + attempt.end};
    RC_ASSERT(keeps_to_windows(drawn.organisation, drawn.policy, step));
    for (const Incident& incident : ran.log.incidents) {
      if (incident.fault.kind != FaultKind::server_down || incident.server != step.step.server) continue;
      RC_ASSERT(attempt.end <= incident.start || attempt.start >= incident.end);
    }
  }
}

/// When a step may be tried at the earliest, as far as its own faults say.
Minutes earliest_try(const Case& of, const Ran& ran, const Try& attempt) {
  Minutes earliest = planned_start(of, attempt.step);
  for (const Incident& incident : ran.log.incidents) {
    const bool delays = incident.fault.kind == FaultKind::late_crew || incident.fault.kind == FaultKind::step_fails;
    if (delays && incident.fault.subject == attempt.step.value && incident.start <= attempt.start) {
      earliest = std::max(earliest, incident.end);
    }
  }
  return earliest;
}

/// Whether something keeps the step from being under way in this minute.
bool is_hindered(const Case& of, const Ran& ran, const Try& attempt, Minutes minute) {
  const Step& step = step_of(of, attempt.step);
  int crews = 0;
  bool is_hindered = false;
  std::map<StepIndex, std::pair<Minutes, Minutes>> held;  // from the first try of a step to its last
  for (const Try& other : ran.log.tries) {
    const auto span = held.try_emplace(other.step, other.start, other.end).first;
    span->second.second = other.end;
    const bool runs = other.start <= minute && minute < other.end;
    if (runs && keeps_a_crew_busy(step_of(of, other.step))) ++crews;
    for (const Arrow& arrow : at(of.plan.steps, attempt.step).after) {
      if (arrow.step == other.step && other.succeeds && other.end > minute) is_hindered = true;
    }
  }
  for (const auto& [other, span] : held) {
    const bool same_server = other != attempt.step && step_of(of, other).server == step.server;
    if (same_server && span.first <= minute && minute < span.second) is_hindered = true;
  }
  for (const Incident& incident : ran.log.incidents) {
    const bool is_down = incident.fault.kind == FaultKind::server_down && incident.server == step.server;
    if (is_down && incident.start <= minute && minute < incident.end) is_hindered = true;
  }
  return is_hindered || (keeps_a_crew_busy(step) && crews >= of.policy.crews);
}

/// Copies may wait for a source besides, and windows are left out.
RC_GTEST_PROP(ARun, StartsEachStepAsSoonAsNothingStandsInItsWay, ()) {
  Case drawn = any_case();
  drawn.policy.windows.clear();
  const Ran ran(drawn);
  for (const Try& attempt : ran.log.tries) {
    if (step_of(drawn, attempt.step).kind == StepKind::ensure_folder) continue;
    const bool has_waited = attempt.start > earliest_try(drawn, ran, attempt);
    RC_CLASSIFY(has_waited, "a step waits");
    if (has_waited) RC_ASSERT(is_hindered(drawn, ran, attempt, attempt.start - Minutes(1)));
  }
}

std::vector<oracle::Deed> deeds_of(const Case& of, const Ran& ran) {
  std::map<StepIndex, oracle::Deed> deeds;
  for (const Try& attempt : ran.log.tries) {
    const oracle::Deed first{.step = step_of(of, attempt.step), .begins = attempt.start.count()};
    oracle::Deed& deed = deeds.try_emplace(attempt.step, first).first->second;
    ++deed.tries;
    deed.given_up = attempt.end.count();
    if (attempt.succeeds) deed.ends = attempt.end.count();
  }
  for (const Incident& incident : ran.log.incidents) {
    const StepIndex step{incident.fault.subject};
    if (incident.end == incident.start) continue;
    if (incident.fault.kind == FaultKind::forgotten_recycle) deeds[step].remembered = incident.end.count();
    if (incident.fault.kind == FaultKind::partial_copy) deeds[step].copied_again = incident.end.count();
  }
  std::vector<oracle::Deed> in_order;
  for (const auto& [step, deed] : deeds) in_order.push_back(deed);
  return in_order;
}

std::vector<oracle::Outage> outages_of(const Ran& ran) {
  std::vector<oracle::Outage> outages;
  for (const Incident& incident : ran.log.incidents) {
    const bool down = incident.fault.kind == FaultKind::server_down;
    const bool out = incident.fault.kind == FaultKind::front_out_of_rotation;
    if (down || out) outages.push_back({incident.server.value, incident.start.count(), incident.end.count(), out});
  }
  return outages;
}

/// When a run is over: its last step has ended, what was wrong is put right, and the plan's end has come.
std::int64_t end_of_run(const Case& of, const Ran& ran) {
  Minutes end{0};
  for (const PlannedStep& step : of.plan.steps) {
    end = std::max(end, step.schedule->end - simulator::start_of(of.plan));
  }
  for (const Try& attempt : ran.log.tries) end = std::max(end, attempt.end);
  for (const auto& step : ran.log.abandoned) end = std::max(end, step.at);
  for (const Incident& incident : ran.log.incidents) {
    const FaultKind kind = incident.fault.kind;
    if (kind == FaultKind::forgotten_recycle || kind == FaultKind::partial_copy) end = std::max(end, incident.end);
  }
  return end.count();
}

oracle::RunRecord record_of(const Case& of, const Ran& ran) {
  return {simulator::start_of(of.plan), end_of_run(of, ran), deeds_of(of, ran), outages_of(ran)};
}

void expect_logged_on(const RunFigures& run, const oracle::RunUsers& naive) {
  const std::map<Measure, oracle::Amount> wanted{{Measure::event46_user_minutes, naive.event46},
                                                 {Measure::unavailable_user_minutes, naive.unavailable},
                                                 {Measure::feature_lag_user_minutes, naive.lagging}};
  for (std::size_t i = 0; i < simulator::logged_on_measures.size(); ++i) {
    RC_LOG() << to_string(simulator::logged_on_measures[i]) << ", logged on" << std::endl;
    RC_ASSERT(run.figures[simulator::first_logged_on_figure + i] ==
              oracle::rounded(wanted.at(simulator::logged_on_measures[i])));
  }
}

RC_GTEST_PROP(TheFiguresOfARun, AreThoseOfASecondOpinionMinuteByMinute, ()) {
  Case drawn = any_case();
  drawn.policy.windows.clear();
  const Ran ran(drawn);
  const oracle::RunRecord record = record_of(drawn, ran);
  constexpr std::int64_t most_minutes = 3000;  // the second opinion is slow
  RC_PRE(record.end < most_minutes);
  const auto wanted = simulator::wanted_builds(drawn.organisation, drawn.policy);
  const auto naive = oracle::live_through_run(drawn.organisation, record, drawn.readings, wanted,
                                              oracle::part_logged_on(drawn.policy.activity));
  const auto figure = [&](Measure measure) { return ran.figures.figures[static_cast<std::size_t>(measure)]; };
  RC_ASSERT(figure(Measure::event46_user_minutes) == oracle::rounded(naive.all.event46));
  RC_ASSERT(figure(Measure::unavailable_user_minutes) == oracle::rounded(naive.all.unavailable));
  RC_ASSERT(figure(Measure::feature_lag_user_minutes) == oracle::rounded(naive.all.lagging));
  RC_ASSERT(figure(Measure::copies) == naive.copies);
  RC_ASSERT(ran.figures.figures[simulator::broken_pages_figure] == oracle::rounded(naive.all.broken_pages));
  expect_logged_on(ran.figures, naive.part);
  RC_ASSERT(ran.figures.met_event46 == (naive.all.event46 != oracle::Amount(0)));
  if (ran.figures.is_finished) RC_ASSERT(figure(Measure::makespan_minutes) == record.end);
  RC_CLASSIFY(naive.all.broken_pages != oracle::Amount(0), "broken pages");
  RC_CLASSIFY(naive.part.unavailable != naive.all.unavailable, "not all are logged on");
  RC_CLASSIFY(naive.copies > copies_of(drawn.plan), "more copies than planned");
  RC_CLASSIFY(!record.outages.empty(), "outages");
}

RC_GTEST_PROP(ARun, WithoutOneOfItsFaultsDoesNotHaveIt, ()) {
  const Case drawn = any_case();
  const Ran ran(drawn);
  RC_PRE(!ran.log.incidents.empty());
  const Incident& spared =
      ran.log.incidents[static_cast<std::size_t>(draw::below(static_cast<int>(ran.log.incidents.size())))];
  Log log;
  (void)Rehearsal(drawn.organisation, drawn.plan, drawn.policy, drawn.readings)
      .run(Faults(drawn.policy.faults, drawn.seed).without(spared.fault), &log);
  RC_ASSERT(std::none_of(log.incidents.begin(), log.incidents.end(),
                         [&](const Incident& incident) { return incident.fault == spared.fault; }));
}

RC_GTEST_PROP(ARun, InWhichEveryTryFailsEndsNoStep, ()) {
  Case drawn = any_case();
  for (StepFault FaultModel::*fault : {&FaultModel::rollup, &FaultModel::service_pack, &FaultModel::ensure_folder,
                                       &FaultModel::recycle, &FaultModel::drain, &FaultModel::return_to_service}) {
    (drawn.policy.faults.*fault).probability = Probability(Probability::whole);
  }
  const Ran ran(drawn);
  std::map<StepIndex, int> tries;
  for (const Try& attempt : ran.log.tries) {
    RC_ASSERT(!attempt.succeeds);
    RC_ASSERT(++tries[attempt.step] <= drawn.policy.faults.tries);
  }
  RC_ASSERT(!ran.figures.is_finished);
  RC_ASSERT(ran.log.abandoned.size() == drawn.plan.steps.size());
}

}  // namespace
}  // namespace casplan
