#include "simulator/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"

namespace casplan::simulator {
namespace {

using namespace modelled;
using ::testing::ElementsAre;

/// When a state starts and ends, and after which step; `-` before the first end.
struct Interval {
  std::string after;
  std::int64_t start;
  std::int64_t end;

  friend bool operator==(const Interval&, const Interval&) = default;
  friend void PrintTo(const Interval& interval, std::ostream* out) {
    *out << interval.after << ' ' << interval.start << '-' << interval.end;
  }
};

Trace played(const Organisation& organisation, const Plan& plan, const WantedBuilds& wanted = {}) {
  auto trace = play(organisation, plan, Readings{}, wanted);
  expects(trace.has_value(), "the plan can be played");
  return std::move(*trace);
}

std::vector<Interval> intervals(const Plan& plan, const Trace& trace) {
  std::vector<Interval> found;
  for (const TraceState& state : trace.states) {
    found.push_back({state.after ? at(plan.steps, *state.after).id : "-", state.start.count(), state.end.count()});
  }
  return found;
}

std::vector<Verdict> verdicts_of_first_path(const Trace& trace) {
  std::vector<Verdict> found;
  for (const TraceState& state : trace.states) found.push_back(state.assessment.paths.at(0).judgement.verdict);
  return found;
}

/// The case of the KB, front first: drain 0-5, SP1 5-95, return 95-96, the folder 96-106, recycle 106-108, then the
/// branch's SP1 108-198.
Plan front_first(const TwoSites& contoso) {
  return sequence({drain(contoso.front), upgrade(contoso.front, sp1), return_to_service(contoso.front),
                   ensure_folder(contoso.front, folder_of(rtm), {contoso.target}), recycle(contoso.front),
                   upgrade(contoso.target, sp1)});
}

TEST(Trace, HasOneStateForEachIntervalBetweenEventsAndALastAtTheEnd) {
  const TwoSites contoso;
  const Plan plan = front_first(contoso);
  EXPECT_THAT(intervals(plan, played(contoso.organisation, plan)),
              ElementsAre(Interval{"-", 0, 5}, Interval{"s1", 5, 95}, Interval{"s2", 95, 96}, Interval{"s3", 96, 106},
                          Interval{"s4", 106, 108}, Interval{"s5", 108, 198}, Interval{"s6", 198, 198}));
}

TEST(Trace, ThePathBreaksAtTheReturnAndIsMendedByTheRecycle) {
  const TwoSites contoso;
  EXPECT_THAT(verdicts_of_first_path(played(contoso.organisation, front_first(contoso))),
              ElementsAre(Verdict::works, Verdict::idle, Verdict::idle, Verdict::event46, Verdict::event46,
                          Verdict::idle, Verdict::works));
}

TEST(Totals, AreThoseOfTheHandCalculation) {
  const TwoSites contoso;
  const Measures totals = played(contoso.organisation, front_first(contoso), {sp1, sp1}).totals;
  EXPECT_EQ(value(totals, Measure::event46_user_minutes), 300 * (108 - 96));
  // Nobody can come in while the only front is out (5-96); the branch's server is out 108-198.
  EXPECT_EQ(value(totals, Measure::unavailable_user_minutes), 1500 * (96 - 5) + 300 * (198 - 108));
  EXPECT_EQ(value(totals, Measure::copies), 1);
  // HQ lags until its front is back; the branch to the end.
  EXPECT_EQ(value(totals, Measure::feature_lag_user_minutes), 1200 * 96 + 300 * 198);
  EXPECT_EQ(value(totals, Measure::makespan_minutes), 198);
}

TEST(Totals, LeaveTheFeatureLagEmptyWhereNothingIsWanted) {
  const TwoSites contoso;
  EXPECT_EQ(value(played(contoso.organisation, front_first(contoso)).totals, Measure::feature_lag_user_minutes),
            std::nullopt);
}

TEST(Totals, OfUsersAreEmptyWhereMailboxesAreNotKnown) {
  TwoSites contoso;
  contoso.organisation.sites[1].mailboxes.reset();
  const Measures totals = played(contoso.organisation, front_first(contoso), {sp1, sp1}).totals;
  for (const Measure measure :
       {Measure::event46_user_minutes, Measure::unavailable_user_minutes, Measure::feature_lag_user_minutes}) {
    EXPECT_EQ(value(totals, measure), std::nullopt) << to_string(measure);
  }
  EXPECT_EQ(value(totals, Measure::copies), 1);
  EXPECT_EQ(value(totals, Measure::makespan_minutes), 198);
}

TEST(Totals, OfNoMinutesAreNothingWhateverTheUsers) {
  TwoSites contoso;
  contoso.organisation.sites[1].mailboxes.reset();
  EXPECT_EQ(value(played(contoso.organisation, Plan{}).totals, Measure::event46_user_minutes), 0);
}

TEST(Totals, AreRoundedOnceAtTheEnd) {
  TwoSites contoso;
  contoso.organisation.sites[1].mailboxes = 1;
  contoso.cas("BRCAS2", contoso.branch, sp1);
  contoso.cas("BRCAS3", contoso.branch, sp1);
  contoso.runs(contoso.front, sp1, {sp1});
  const Plan plan = timed({{recycle(contoso.front), 0, 1}, {recycle(contoso.front), 1, 2}});
  EXPECT_EQ(value(played(contoso.organisation, plan).totals, Measure::event46_user_minutes), 1)
      << "a third of a user for two minutes is two thirds, not nothing twice";
}

TEST(Trace, OverlappingStepsOfTwoServersEndInTheirOwnTime) {
  TwoSites contoso;
  const Plan plan = timed({{upgrade(contoso.front, sp1), 0, 90}, {upgrade(contoso.target, rtm_ru5), 30, 60}});
  const Trace trace = played(contoso.organisation, plan);
  EXPECT_THAT(intervals(plan, trace),
              ElementsAre(Interval{"-", 0, 30}, Interval{"-", 30, 60}, Interval{"s2", 60, 90}, Interval{"s1", 90, 90}));
  EXPECT_EQ(trace.states[1].state.servers[0].service, Service::upgrading);
  EXPECT_EQ(trace.states[1].state.servers[1].service, Service::upgrading);
  EXPECT_EQ(trace.states[2].state.servers[1].build, rtm_ru5);
  EXPECT_EQ(trace.states[3].state.servers[0].build, sp1);
}

TEST(Trace, AGapBetweenStepsIsAStateOfItsOwn) {
  TwoSites contoso;
  const Plan plan = timed({{drain(contoso.front), 0, 5}, {return_to_service(contoso.front), 1005, 1006}});
  const Trace trace = played(contoso.organisation, plan);
  EXPECT_THAT(intervals(plan, trace), ElementsAre(Interval{"-", 0, 5}, Interval{"s1", 5, 1005},
                                                  Interval{"s1", 1005, 1006}, Interval{"s2", 1006, 1006}));
  EXPECT_EQ(value(trace.totals, Measure::unavailable_user_minutes), 1500 * 1001) << "from the drain to the return";
}

TEST(Trace, MinutesCountFromTheFirstStartEvenWhereAnotherStepIsListedFirst) {
  TwoSites contoso;
  const Plan plan = timed({{drain(contoso.front), 70, 75}, {recycle(contoso.target), 60, 62}});
  EXPECT_EQ(start_of(plan), default_start() + Minutes(60));
  EXPECT_THAT(intervals(plan, played(contoso.organisation, plan)),
              ElementsAre(Interval{"-", 0, 2}, Interval{"s2", 2, 10}, Interval{"s2", 10, 15}, Interval{"s1", 15, 15}));
}

TEST(Trace, StepsWithoutLengthTakeEffectWithoutAStateOfTheirOwn) {
  TwoSites contoso;
  const Plan plan = timed({{drain(contoso.front), 0, 0},
                           {upgrade(contoso.front, sp1), 0, 90},
                           {ensure_folder(contoso.front, folder_of(rtm)), 90, 90},
                           {recycle(contoso.front), 90, 90},
                           {return_to_service(contoso.front), 90, 90}});
  const Trace trace = played(contoso.organisation, plan);
  EXPECT_THAT(intervals(plan, trace), ElementsAre(Interval{"s1", 0, 90}, Interval{"s5", 90, 90}));
  EXPECT_EQ(value(trace.totals, Measure::event46_user_minutes), 0);
  EXPECT_THAT(verdicts_of_first_path(trace), ElementsAre(Verdict::idle, Verdict::works));
}

TEST(Trace, EndsOfAMinuteComeBeforeItsStarts) {
  TwoSites contoso;
  const Plan plan = timed({{return_to_service(contoso.front), 5, 6}, {drain(contoso.front), 0, 5}});
  EXPECT_THAT(intervals(plan, played(contoso.organisation, plan)),
              ElementsAre(Interval{"-", 0, 5}, Interval{"s2", 5, 6}, Interval{"s1", 6, 6}));
}

TEST(Trace, OfAPlanWithoutStepsIsTodaysState) {
  const TwoSites contoso;
  const Trace trace = played(contoso.organisation, Plan{});
  EXPECT_THAT(intervals(Plan{}, trace), ElementsAre(Interval{"-", 0, 0}));
  EXPECT_EQ(trace.states[0].state, initial_state(contoso.organisation));
  EXPECT_EQ(value(trace.totals, Measure::makespan_minutes), 0);
  EXPECT_EQ(start_of(Plan{}), Moment{});
}

TEST(Trace, CountsACopyEvenWhereTheFolderIsThereAlready) {
  const TwoSites contoso;
  const Plan plan = sequence({ensure_folder(contoso.front, folder_of(rtm))});
  EXPECT_EQ(value(played(contoso.organisation, plan).totals, Measure::copies), 1) << "copies are steps (contract)";
}

TEST(RefusedStep, IsReportedWithItsMinuteAndTheStateInWhichItWasToBegin) {
  const TwoSites contoso;
  const auto trace =
      play(contoso.organisation, sequence({upgrade(contoso.front, sp2), upgrade(contoso.front, sp1)}), Readings{});
  ASSERT_FALSE(trace);
  const RefusedStep& refused = trace.error();
  EXPECT_EQ(refused.step, StepIndex{1});
  EXPECT_EQ(refused.refusal, (Refusal{RefusalReason::service_pack_stays, contoso.front}));
  EXPECT_EQ(refused.at, Minutes(90));
  EXPECT_EQ(refused.server.build, sp2);
}

TEST(RefusedStep, MayBeOneWhoseSourceHasLostTheFolderByThen) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Step copy = ensure_folder(contoso.front, folder_of(rtm), {contoso.target});
  const auto late = play(contoso.organisation, sequence({upgrade(contoso.target, sp1), copy}), Readings{});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().refusal.reason, RefusalReason::no_source);
  const Plan just_in_time = timed({{copy, 0, 10}, {upgrade(contoso.target, sp1), 5, 95}});
  EXPECT_TRUE(play(contoso.organisation, just_in_time, Readings{})) << "the source holds it at the copy's start";
}

TEST(RefusedStep, IsOneThatOverlapsWithAnotherOfItsServer) {
  TwoSites contoso;
  contoso[contoso.front].in_service = false;
  const Plan plan = timed({{return_to_service(contoso.front), 0, 10}, {upgrade(contoso.front, sp1), 5, 95}});
  const auto trace = play(contoso.organisation, plan, Readings{});
  ASSERT_FALSE(trace);
  EXPECT_EQ(trace.error().step, StepIndex{1});
  EXPECT_EQ(trace.error().refusal.reason, RefusalReason::step_in_progress);
}

TEST(Trace, StartsTheStepsOfOneMinuteInTheOrderOfTheirArrows) {
  const TwoSites contoso;
  Plan plan = timed({{return_to_service(contoso.front), 0, 0}, {drain(contoso.front), 0, 0}});
  EXPECT_FALSE(play(contoso.organisation, plan, Readings{}));
  plan.steps[0].after = {{StepIndex{1}, "it must be out first"}};
  EXPECT_TRUE(play(contoso.organisation, plan, Readings{}));
}

TEST(Trace, AsksForASchedule) {
  const TwoSites contoso;
  Plan plan = front_first(contoso);
  plan.steps[2].schedule.reset();
  EXPECT_THROW((void)play(contoso.organisation, plan, Readings{}), ContractViolation);
}

}  // namespace
}  // namespace casplan::simulator
