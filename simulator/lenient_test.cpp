#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"
#include "simulator/trace.h"

namespace casplan::simulator {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct LenientTrace {
  std::vector<RefusedStep> refused;
  Measures totals;
  State last;
  Minutes end{0};
};

std::vector<RefusalReason> reasons(const LenientTrace& trace) {
  std::vector<RefusalReason> found;
  for (const RefusedStep& refused : trace.refused) found.push_back(refused.refusal.reason);
  return found;
}

LenientTrace leniently(const Organisation& organisation, const Plan& plan, const std::set<ServerId>& frozen = {}) {
  Conduct conduct;
  conduct.frozen = &frozen;
  conduct.on_refusal = OnRefusal::go_on;
  LenientTrace trace;
  const auto totals = play_through(organisation, plan, Readings{}, {}, conduct, nullptr, [&](const PassingState& now) {
    trace.last = now.state;
    trace.end = now.end;
  });
  expects(totals.has_value(), "a lenient play goes to the end");
  trace.refused = totals->refused;
  trace.totals = totals->all;
  return trace;
}

TEST(LenientPlay, IsThatOfTheScheduleWhereEveryStepFits) {
  const TwoSites contoso;
  const Plan plan = sequence({drain(contoso.front), upgrade(contoso.front, sp1), return_to_service(contoso.front)});
  const LenientTrace lenient = leniently(contoso.organisation, plan);
  EXPECT_EQ(lenient.totals, play(contoso.organisation, plan, Readings{})->totals);
  EXPECT_THAT(lenient.refused, IsEmpty());
}

TEST(LenientPlay, NamesEachStepThatFailsWithItsMinuteAndTheState) {
  const TwoSites contoso;
  const Plan plan = sequence({return_to_service(contoso.front), drain(contoso.front), drain(contoso.front)});
  const LenientTrace trace = leniently(contoso.organisation, plan);
  EXPECT_THAT(reasons(trace), ElementsAre(RefusalReason::already_in_service, RefusalReason::already_drained));
  EXPECT_EQ(trace.refused[1].step, StepIndex{2});
  EXPECT_EQ(trace.refused[1].at, Minutes(6));
  EXPECT_EQ(trace.refused[1].server.service, Service::drained);
}

TEST(LenientPlay, GoesOnWithoutTheEffect) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Plan plan = sequence(
      {upgrade(contoso.target, sp1), ensure_folder(contoso.front, folder_of(rtm)), upgrade(contoso.front, sp2)});
  const LenientTrace trace = leniently(contoso.organisation, plan);
  EXPECT_THAT(reasons(trace), ElementsAre(RefusalReason::no_source));
  EXPECT_EQ(trace.last.servers[0].build, sp2) << "what comes after it is done all the same";
  EXPECT_EQ(value(trace.totals, Measure::copies), 0) << "nothing was copied";
}

TEST(LenientPlay, LastsToThePlansEndWhereTheLastStepFails) {
  const TwoSites contoso;
  const Plan plan = sequence({drain(contoso.front), drain(contoso.front)});
  const LenientTrace trace = leniently(contoso.organisation, plan);
  EXPECT_EQ(trace.end, Minutes(10));
  EXPECT_EQ(value(trace.totals, Measure::makespan_minutes), 10);
  EXPECT_EQ(value(trace.totals, Measure::unavailable_user_minutes), 1500 * 5);
}

TEST(LenientPlay, AStepThatOverlapsWithAnotherOfItsServerFailsAlone) {
  const TwoSites contoso;
  const Plan plan = timed({{upgrade(contoso.target, sp1), 0, 90}, {recycle(contoso.target), 5, 7}});
  const LenientTrace trace = leniently(contoso.organisation, plan);
  EXPECT_THAT(reasons(trace), ElementsAre(RefusalReason::step_in_progress));
  EXPECT_EQ(trace.last.servers[1].build, sp1);
}

TEST(AFrozenServer, IsNotUpgraded) {
  const TwoSites contoso;
  const Plan plan = sequence({drain(contoso.front), upgrade(contoso.front, sp1)});
  const auto strict = play(contoso.organisation, plan, Readings{}, {}, {contoso.front});
  ASSERT_FALSE(strict);
  EXPECT_EQ(strict.error().refusal, (Refusal{RefusalReason::frozen, contoso.front}));
  EXPECT_EQ(strict.error().step, StepIndex{1}) << "it may be drained";
  EXPECT_THAT(reasons(leniently(contoso.organisation, plan, {contoso.front})), ElementsAre(RefusalReason::frozen));
  EXPECT_TRUE(play(contoso.organisation, plan, Readings{}, {}, {contoso.target}));
}

}  // namespace
}  // namespace casplan::simulator
