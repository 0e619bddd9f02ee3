#include "verifier/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

namespace casplan::verifier {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Replay replayed(const Organisation& organisation, const Plan& plan, const Readings& readings = {}) {
  return ScheduleReplay(organisation, plan, proxy_paths(organisation)).run(readings);
}

TEST(ScheduleReplay, OfASafePlanFindsNothing) {
  const TwoSites contoso;
  const Replay replay = replayed(contoso.organisation, sequence({recycle(contoso.front), recycle(contoso.target)}));
  EXPECT_FALSE(replay.counterexample);
  EXPECT_THAT(replay.broken_today, IsEmpty());
  EXPECT_THAT(replay.undecided, IsEmpty());
}

TEST(ScheduleReplay, StopsAtAStepThatIsRefused) {
  const TwoSites contoso;
  const Replay replay = replayed(contoso.organisation, sequence({drain(contoso.front), drain(contoso.front)}));
  ASSERT_TRUE(replay.counterexample);
  EXPECT_EQ(replay.counterexample->kind, ViolationKind::step_refused);
  EXPECT_EQ(replay.counterexample->step, StepIndex{1});
  EXPECT_THAT(replay.counterexample->order, ElementsAre(StepIndex{0}));
}

TEST(ScheduleReplay, FindsAPathThatFailsOnTheWayAndWorksAtTheEnd) {
  const TwoSites contoso;
  const Plan plan = sequence({upgrade(contoso.front, sp1), upgrade(contoso.target, sp1)});
  const Replay replay = replayed(contoso.organisation, plan);
  ASSERT_TRUE(replay.counterexample);
  EXPECT_EQ(replay.counterexample->kind, ViolationKind::event46_on_the_way);
  EXPECT_THAT(replay.counterexample->order, ElementsAre(StepIndex{0}));
}

TEST(ScheduleReplay, FindsAPathThatFailsAllTheWayToTheEnd) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Replay replay = replayed(contoso.organisation, sequence({recycle(contoso.target)}));
  ASSERT_TRUE(replay.counterexample);
  EXPECT_EQ(replay.counterexample->kind, ViolationKind::event46_at_the_end);
  EXPECT_FALSE(replay.counterexample->step);
}

TEST(ScheduleReplay, SaysOfAPathThatCannotBeToldOnTheWayThatItCannotBeTold) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {});
  contoso[contoso.front].folders.reset();
  const Plan plan =
      sequence({upgrade(contoso.front, sp1_ru9), ensure_folder(contoso.front, folder_of(rtm)), recycle(contoso.front)});
  const Replay replay = replayed(contoso.organisation, plan);
  EXPECT_FALSE(replay.counterexample);
  ASSERT_THAT(replay.undecided, SizeIs(1)) << "each path once";
  EXPECT_EQ(replay.undecided[0].judgement.rule, RuleId::folder_unknown);
}

/// A plan of which only the schedule can be judged, because a server has so many steps.
Plan with_too_many_steps(std::vector<Step> steps, ServerId server) {
  steps.insert(steps.begin(), 300, recycle(server));
  return sequence(steps);
}

TEST(ScheduleReplay, CoversEveryReadingWhereOrdersAreTooManyToFollow) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso.runs(contoso.target, sp1, {sp1});
  const Plan plan =
      with_too_many_steps({upgrade(contoso.front, sp1_ru9), upgrade(contoso.target, sp1_ru9)}, contoso.target);
  const Report report = verify(contoso.organisation, plan, {});
  EXPECT_EQ(report.orders, Orders::schedule);
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->readings.rollup_keeps, RollupKeeps::may_remove);
}

}  // namespace
}  // namespace casplan::verifier
