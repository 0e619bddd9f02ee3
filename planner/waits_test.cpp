#include "planner/waits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::ElementsAre;

/// Why each step of a plan starts when it does.
std::vector<std::string> why(const Organisation& organisation, const Policy& policy, const Plan& plan) {
  const auto waits = waits_of(organisation, policy, plan);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    lines.push_back(in_words(waits, id_at<StepIndex>(i), organisation, policy, plan));
  }
  return lines;
}

void add_arrow(Plan& plan, std::uint32_t before, std::uint32_t after) {
  plan.steps.at(after).after.push_back({StepIndex{before}, "so"});
}

Window every_week(ServerId server, int day, int hour, int length) {
  return {{server}, {}, WeeklyTime{static_cast<unsigned>(day), Minutes(hour * 60), Minutes(length), Minutes(0)}};
}

TEST(Waits, AStepThatStartsWithTheWorkWaitsForNothing) {
  const TwoSites contoso;
  EXPECT_THAT(why(contoso.organisation, policy_to(sp1), timed({{upgrade(contoso.front, sp1), 0, 90}})),
              ElementsAre("starts when the work begins"));
}

TEST(Waits, AnArrowThatEndsThenIsTheReason) {
  const TwoSites contoso;
  Plan plan = timed({{drain(contoso.front), 0, 5}, {upgrade(contoso.front, sp1), 5, 95}});
  add_arrow(plan, 0, 1);
  const auto waits = waits_of(contoso.organisation, policy_to(sp1), plan);
  EXPECT_EQ(waits[1], (Wait{Wait::For::arrow, StepIndex{0}}));
  EXPECT_FALSE(is_hidden(waits[1]));
}

TEST(Waits, OneCrewDoesOneThingAfterTheOther) {
  const TwoSites contoso;
  EXPECT_THAT(why(contoso.organisation, policy_to(sp1),
                  timed({{upgrade(contoso.front, sp1), 0, 90}, {upgrade(contoso.target, sp1), 90, 180}})),
              ElementsAre("starts when the work begins", "waits for the crew, which is busy with step s1"));
}

TEST(Waits, ACrewThatIsFreeIsNoReason) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.crews = 2;
  const Plan plan = timed({{upgrade(contoso.front, sp1), 0, 90}, {upgrade(contoso.target, sp1), 90, 180}});
  EXPECT_EQ(waits_of(contoso.organisation, policy, plan)[1].reason, Wait::For::choice);
}

TEST(Waits, AServerIsFreeOnceItsOtherStepHasEnded) {
  const TwoSites contoso;
  EXPECT_THAT(
      why(contoso.organisation, policy_to(sp1), timed({{recycle(contoso.front), 0, 2}, {drain(contoso.front), 2, 7}})),
      ElementsAre("starts when the work begins", "waits for step s1, until which HQCAS1 is busy"));
}

TEST(Waits, AWindowThatOpensThenIsNamed) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.windows = {every_week(contoso.target, 0, 4, 300), every_week(contoso.target, 0, 1, 60)};
  EXPECT_THAT(why(contoso.organisation, policy, timed({{upgrade(contoso.target, sp1), 360, 450}})),
              ElementsAre("waits for the window of BRCAS1, Sunday 04:00"));
}

TEST(Waits, AWindowThatIsOpenAlreadyIsNoReason) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.windows = {every_week(contoso.target, 0, 3, 300)};
  const Plan plan = timed({{upgrade(contoso.target, sp1), 360, 450}});
  EXPECT_EQ(waits_of(contoso.organisation, policy, plan)[0].reason, Wait::For::choice);
}

TEST(Waits, AWindowOfASiteIsNamedAfterTheSite) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.windows = {{{}, {contoso.branch}, WeeklyTime{0, Minutes(60), Minutes(120), Minutes(60)}}};
  EXPECT_THAT(why(contoso.organisation, policy, timed({{upgrade(contoso.target, sp1), 120, 210}})),
              ElementsAre("waits for the window of Branch1, Sunday 01:00 (UTC+01:00)"));
}

TEST(Waits, AServerGoesOutWhenAnotherOneOfItsSiteIsBack) {
  TwoSites contoso;
  const auto second = contoso.cas("BRCAS2", contoso.branch, rtm);
  EXPECT_THAT(why(contoso.organisation, policy_to(sp1),
                  timed({{return_to_service(second), 0, 3}, {drain(contoso.target), 3, 8}})),
              ElementsAre("starts when the work begins",
                          "waits for step s1, which brings BRCAS2 back to the users that both serve"));
}

TEST(Waits, ADrainIsPutOffUntilItsUpgradeCanFollow) {
  const TwoSites contoso;
  Plan plan = timed(
      {{upgrade(contoso.front, sp1), 0, 90}, {drain(contoso.target), 85, 90}, {upgrade(contoso.target, sp1), 90, 180}});
  add_arrow(plan, 1, 2);
  EXPECT_THAT(
      why(contoso.organisation, policy_to(sp1), plan),
      ElementsAre("starts when the work begins",
                  "is put off so that step s3 can follow at once, which cannot start earlier", "waits for step s2"));
}

TEST(Waits, ADrainIsPutOffUntilWhatItsUpgradeComesAfterHasEnded) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.crews = 2;
  Plan plan = timed(
      {{upgrade(contoso.front, sp1), 0, 90}, {drain(contoso.target), 85, 90}, {upgrade(contoso.target, sp1), 90, 180}});
  add_arrow(plan, 1, 2);
  add_arrow(plan, 0, 2);
  EXPECT_EQ(waits_of(contoso.organisation, policy, plan)[1], (Wait{Wait::For::follower, StepIndex{2}}));
}

TEST(Waits, AStepThatFollowsWithItsCrewHoldsNothingBack) {
  const TwoSites contoso;
  Plan plan = timed({{drain(contoso.front), 60, 65},
                     {upgrade(contoso.front, sp1), 65, 155},
                     {upgrade(contoso.target, sp1), 155, 245}});
  add_arrow(plan, 0, 1);
  add_arrow(plan, 1, 2);
  const auto waits = waits_of(contoso.organisation, policy_to(sp1), plan);
  EXPECT_EQ(waits[0].reason, Wait::For::choice);
}

TEST(Waits, EveryStepOfAPlanHasAReason) {
  TwoSites contoso;
  contoso.cas("BRCAS2", contoso.branch, rtm);
  Policy policy = policy_to(sp2);
  policy.windows = {every_week(contoso.target, 0, 9, 480)};
  const Plan plan = planned(contoso.organisation, policy);
  for (const Wait& wait : waits_of(contoso.organisation, policy, plan)) EXPECT_NE(wait.reason, Wait::For::choice);
}

}  // namespace
}  // namespace casplan::planner
