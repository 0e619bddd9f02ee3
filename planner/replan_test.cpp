#include "planner/replan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "planner/underway.h"
#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

/// Work has begun, and the organisation was looked at again.
namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// Two CAS in the branch, so that each is drained for its upgrade; the plan that was announced.
struct TwoTargets : TwoSites {
  TwoTargets() {
    other = cas("BRCAS2", branch, rtm);
    policy = policy_to(sp1);
    announced = planned(organisation, policy);
  }

  /// The rest, which the verifier finds safe.
  [[nodiscard]] Plan replanned() {
    replanning = replan(organisation, policy, announced);
    const auto& plan = std::get<Plan>(replanning.planning);
    EXPECT_EQ(verifier::verify(organisation, plan, policy.readings).safety, verifier::Safety::safe);
    return plan;
  }

  ServerId other;
  Policy policy;
  Plan announced;
  Replanning replanning{NotFound{}, {}, {}};
};

TEST(Replan, WhereNothingIsDoneYetEveryStepIsKept) {
  TwoTargets contoso;
  EXPECT_EQ(contoso.replanned().steps, contoso.announced.steps);
  EXPECT_THAT(contoso.replanning.fates, Each(Fate::kept));
}

TEST(Replan, AServerThatThePlanDrainedReturnsInTheEnd) {
  TwoTargets contoso;
  contoso[contoso.target].in_service = false;
  const auto plan = words(contoso.organisation, contoso.replanned());
  EXPECT_THAT(plan, Contains("return BRCAS1"));
  EXPECT_THAT(plan, Not(Contains("drain BRCAS1")));
  EXPECT_THAT(contoso.replanning.policy.to_return, ElementsAre(contoso.target));
}

TEST(Replan, WhereTheSearchIsCutShortAllServersReturnBeforeAnythingElse) {
  TwoTargets contoso;
  contoso[contoso.target].in_service = false;
  contoso[contoso.other].in_service = false;
  contoso.policy.to_return = {contoso.target, contoso.other};
  Effort none;
  none.most_situations = 0;
  const auto planning = make_plan(contoso.organisation, contoso.policy, none);
  const auto& plan = std::get<Plan>(planning);
  EXPECT_EQ(verifier::verify(contoso.organisation, plan, contoso.policy.readings).safety, verifier::Safety::safe);
  EXPECT_THAT(words(contoso.organisation, plan), Contains("return BRCAS1"));
  EXPECT_THAT(arrows(contoso.organisation, plan), Contains("return BRCAS1 -> drain HQCAS1"));
  EXPECT_THAT(arrows(contoso.organisation, plan), Contains("return BRCAS2 -> drain HQCAS1"));
}

TEST(Replan, ManyTargetsAreProvedThoughAFrontIsHeldOutThatWouldFailWithThoseThatAreDone) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  contoso.runs(contoso.target, sp1, {sp1});
  const ServerId held_out = contoso.cas("HQCAS2", contoso.hq, rtm);
  contoso[held_out].in_service = false;
  contoso.organisation.entry_points.front().fronts.push_back(held_out);
  for (int i = 0; i < 120; ++i) {
    const std::string number = std::to_string(i + 2);
    contoso.cas("BRCAS" + number, contoso.site("Branch" + number, 10 * i), i % 2 == 0 ? rtm : sp1);
  }
  Policy policy = policy_to(sp1);
  policy.to_return = {held_out};
  const auto planning = make_plan(contoso.organisation, policy);
  EXPECT_EQ(std::get<Plan>(planning).outcome->status, PlanStatus::optimal);
}

TEST(Replan, AServerThatWasOutOfServiceBeforeStaysOut) {
  TwoTargets contoso;
  const ServerId spare = contoso.cas("BRCAS3", contoso.branch, sp1);
  contoso[spare].in_service = false;
  EXPECT_THAT(words(contoso.organisation, contoso.replanned()), Not(Contains("return BRCAS3")));
}

TEST(Replan, AnUpgradeThatFailedAndLeftItsServerOutIsTriedAgainAndTheServerReturns) {
  TwoSites contoso;
  const Policy policy = policy_to(sp1);
  const Plan announced = planned(contoso.organisation, policy);
  ASSERT_THAT(words(contoso.organisation, announced), Not(Contains("drain HQCAS1")));
  contoso[contoso.target].in_service = false;
  contoso[contoso.front].in_service = false;
  const auto replanning = replan(contoso.organisation, policy, announced);
  const auto plan = words(contoso.organisation, std::get<Plan>(replanning.planning));
  EXPECT_THAT(plan, Contains("upgrade HQCAS1 8.1.240.6"));
  EXPECT_THAT(plan, Contains("return HQCAS1"));
}

/// The front failed before anything else was done: what the plan does in its outage is done in the repeated one.
TEST(Replan, TheRestIsPutOffAlikeWhereUsersWouldBeWithoutAServerForLongerOtherwise) {
  Builder contoso;
  const SiteId hq = contoso.site("HQ", 100);
  const ServerId front = contoso.cas("HQCAS1", hq, rtm);
  contoso.entry_point("mail.contoso.com", {front});
  for (int i = 1; i < 20; ++i) {
    const SiteId branch = contoso.site("Branch" + std::to_string(i), 50 + 10 * i);
    for (const char* end : {"A", "B"}) contoso.cas("BRCAS" + std::to_string(i) + end, branch, rtm);
  }
  Policy policy = policy_to(sp1);
  Effort little;
  little.most_situations = 0;
  const Plan announced = std::get<Plan>(make_plan(contoso.organisation, policy, little));
  policy.start = step_of(contoso.organisation, announced, "upgrade HQCAS1 8.1.240.6").schedule->end;
  contoso[front].in_service = false;
  const auto replanning = replan(contoso.organisation, policy, announced, little);
  const Plan& plan = std::get<Plan>(replanning.planning);
  EXPECT_EQ(value(plan.outcome->objective, Measure::unavailable_user_minutes),
            value(announced.outcome->objective, Measure::unavailable_user_minutes));
  EXPECT_EQ(verifier::verify(contoso.organisation, plan, policy.readings).safety, verifier::Safety::safe);
}

TEST(Replan, AStepThatWasAnnouncedKeepsItsId) {
  TwoTargets contoso;
  contoso[contoso.target].in_service = false;
  const Plan plan = contoso.replanned();
  ASSERT_LT(plan.steps.size(), contoso.announced.steps.size());
  for (const PlannedStep& step : plan.steps) {
    const auto& same = step_of(contoso.organisation, contoso.announced, words(contoso.organisation, step.step));
    EXPECT_EQ(step.id, same.id);
  }
}

TEST(Replan, AServerThatIsFrozenNowKeepsItsBuild) {
  TwoTargets contoso;
  contoso.policy.frozen.insert(contoso.other);
  const auto plan = words(contoso.organisation, contoso.replanned());
  EXPECT_THAT(plan, Not(Contains(HasSubstr("upgrade BRCAS2"))));
}

TEST(Replan, NothingBeginsBeforeTheNewStart) {
  TwoTargets contoso;
  contoso.policy.start += Minutes(10'000);
  for (const PlannedStep& step : contoso.replanned().steps) EXPECT_GE(step.schedule->start, contoso.policy.start);
}

TEST(Replan, TheAnnouncedOrderIsKeptWhereStepsTakeLongerThanAnnounced) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  contoso.cas("ZHCAS1", contoso.site("Zurich", 300), rtm);
  Policy policy = policy_to(sp1);
  Plan announced = planned(contoso.organisation, policy);
  ASSERT_THAT(timetable(contoso.organisation, policy, announced),
              ElementsAre("0-90 upgrade BRCAS1 8.1.240.6", "90-180 upgrade ZHCAS1 8.1.240.6"));
  std::swap(announced.steps.front().schedule, announced.steps.back().schedule);
  policy.durations.service_pack = Minutes(100);
  const auto replanning = replan(contoso.organisation, policy, announced);
  EXPECT_THAT(timetable(contoso.organisation, policy, std::get<Plan>(replanning.planning)),
              ElementsAre("0-100 upgrade ZHCAS1 8.1.240.6", "100-200 upgrade BRCAS1 8.1.240.6"));
}

TEST(Replan, WhatWasAnnouncedIsGivenUpWhereAnotherPlanCostsLess) {
  TwoTargets contoso;
  Plan late = contoso.announced;
  for (std::size_t i = 1; i < late.steps.size(); ++i) {
    late.steps[i].schedule->start += Minutes(600);
    late.steps[i].schedule->end += Minutes(600);
  }
  contoso.announced = late;
  EXPECT_LT(contoso.replanned().steps.back().schedule->end, late.steps.back().schedule->end);
  EXPECT_THAT(contoso.replanning.fates, Contains(Fate::moved));
}

TEST(Underway, AnUpgradeIsDoneWhereItsBuildRunsAndSoIsAllThatItComesAfter) {
  TwoTargets contoso;
  contoso.runs(contoso.target, sp1, {sp1});
  const Underway found = underway(contoso.organisation, contoso.announced);
  for (std::size_t i = 0; i < contoso.announced.steps.size(); ++i) {
    const Step& step = contoso.announced.steps[i].step;
    if (step.server == contoso.target) {
      EXPECT_TRUE(found.is_done[i]) << words(contoso.organisation, step);
    }
    if (step.server == contoso.other) {
      EXPECT_FALSE(found.is_done[i] && step.kind == StepKind::upgrade) << words(contoso.organisation, step);
    }
  }
  EXPECT_THAT(found.to_return, ElementsAre());
}

TEST(Underway, ACopyAfterAnUpgradeThatIsNotDoneIsNotDoneThoughTheFolderIsThere) {
  TwoTargets contoso;
  contoso.policy.frozen.insert(contoso.other);
  contoso.announced = planned(contoso.organisation, contoso.policy);
  const auto& copy = step_of(contoso.organisation, contoso.announced, "ensure_folder HQCAS1 8.0.685.24");
  const Underway found = underway(contoso.organisation, contoso.announced);
  EXPECT_FALSE(found.is_done[static_cast<std::size_t>(&copy - contoso.announced.steps.data())]);
}

}  // namespace
}  // namespace casplan::planner
