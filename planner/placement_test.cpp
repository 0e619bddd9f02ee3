#include "planner/placement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::ElementsAre;

/// One front, and branches of ascending size whose targets need no folder.
struct Star : Builder {
  SiteId hq = site("HQ", 1000);
  ServerId front = cas("HQCAS1", hq, sp1_ru9);
  std::vector<SiteId> branches;
  std::vector<ServerId> targets;

  explicit Star(int count) {
    (*this)[front].folders = folders_of({sp1, sp1_ru9});
    entry_point("mail.contoso.com", {front});
    for (int i = 1; i <= count; ++i) {
      branches.push_back(site("Branch" + std::to_string(i), 10 * i));
      targets.push_back(cas("BRCAS" + std::to_string(i), branches.back(), sp1));
    }
  }

  void run_all_on_rtm() {
    for (Server& server : organisation.servers) {
      server.build = rtm;
      server.folders = folders_of({rtm});
    }
  }
};

int at_work(const Plan& plan, Moment time) {
  return static_cast<int>(std::count_if(plan.steps.begin(), plan.steps.end(), [&](const PlannedStep& step) {
    const bool crew = step.step.kind == StepKind::upgrade || step.step.kind == StepKind::ensure_folder;
    return crew && step.schedule->start <= time && time < step.schedule->end;
  }));
}

TEST(Placement, OneCrewUpgradesOneServerAtATimeTheOneWithTheMostUsersFirst) {
  const Star contoso(3);
  const Policy policy = policy_to(sp1_ru9);
  EXPECT_THAT(
      timetable(contoso.organisation, policy, planned(contoso.organisation, policy)),
      ElementsAre("0-30 upgrade BRCAS3 8.1.393.1", "30-60 upgrade BRCAS2 8.1.393.1", "60-90 upgrade BRCAS1 8.1.393.1"));
}

TEST(Placement, TwoCrewsUpgradeTwoServersAtATime) {
  const Star contoso(3);
  Policy policy = policy_to(sp1_ru9);
  policy.crews = 2;
  EXPECT_THAT(
      timetable(contoso.organisation, policy, planned(contoso.organisation, policy)),
      ElementsAre("0-30 upgrade BRCAS3 8.1.393.1", "0-30 upgrade BRCAS2 8.1.393.1", "30-60 upgrade BRCAS1 8.1.393.1"));
}

TEST(Placement, NeverMoreUpgradesAndEnsuresThanCrewsAtATime) {
  Star contoso(3);
  contoso.run_all_on_rtm();
  for (const int crews : {1, 2, 3}) {
    Policy policy = policy_to(sp1_ru9);
    policy.crews = crews;
    const Plan plan = planned(contoso.organisation, policy);
    int most = 0;
    for (const PlannedStep& step : plan.steps) most = std::max(most, at_work(plan, step.schedule->start));
    EXPECT_EQ(most, crews);
  }
}

TEST(Placement, EachStepKeepsToAWindowOfItsServer) {
  const Star contoso(3);
  Policy policy = policy_to(sp1_ru9);
  policy.windows = {{{}, {contoso.branches[2]}, WeeklyTime{0, Minutes(60), Minutes(40)}},
                    {{contoso.targets[0]}, {}, WeeklyTime{6, Minutes(23 * 60), Minutes(60)}}};
  EXPECT_THAT(timetable(contoso.organisation, policy, planned(contoso.organisation, policy)),
              ElementsAre("90-120 upgrade BRCAS1 8.1.393.1", "120-150 upgrade BRCAS2 8.1.393.1",
                          "180-210 upgrade BRCAS3 8.1.393.1"));
}

TEST(Placement, AWindowForOneServerAtATimeIsUsedWeekAfterWeek) {
  const Star contoso(2);
  Policy policy = policy_to(sp1_ru9);
  policy.windows = {{{}, contoso.branches, WeeklyTime{6, Minutes(22 * 60), Minutes(45)}}};
  EXPECT_THAT(timetable(contoso.organisation, policy, planned(contoso.organisation, policy)),
              ElementsAre("15-45 upgrade BRCAS2 8.1.393.1", "10080-10110 upgrade BRCAS1 8.1.393.1"));
}

TEST(Placement, OneThingAtATimeIsDoneToEachServer) {
  Star contoso(4);
  contoso.run_all_on_rtm();
  Policy policy = policy_to(sp1_ru9);
  policy.crews = 4;
  for (const ServerId target : contoso.targets) policy.targets[target] = sp1_ru5;
  const Plan plan = planned(contoso.organisation, policy);  // the verifier refuses overlapping steps
  for (const PlannedStep& step : plan.steps) {
    for (const Arrow& arrow : step.after) {
      EXPECT_LE(at(plan.steps, arrow.step).schedule->end, step.schedule->start);
    }
  }
}

TEST(Placement, GoingBackToAServicePackTakesAsLongAsARollupAndFitsAWindowOfThatLength) {
  Star contoso(3);
  for (Server& server : contoso.organisation.servers) {
    server.build = sp1_ru9;
    server.folders = folders_of({sp1, sp1_ru9});
  }
  Policy policy = policy_to(sp1);
  policy.windows = {{{}, {contoso.hq}, WeeklyTime{6, Minutes(22 * 60), Minutes(60)}}};
  Effort no_search;
  no_search.most_situations = 0;
  const auto planning = make_plan(contoso.organisation, policy, no_search);
  ASSERT_TRUE(std::holds_alternative<Plan>(planning));
  for (const PlannedStep& step : std::get<Plan>(planning).steps) {
    EXPECT_EQ(step.schedule->end - step.schedule->start, policy.durations.rollup);
  }
}

TEST(Placement, TheFirstStepStartsAtThePolicysStart) {
  const Star contoso(1);
  Policy policy = policy_to(sp1_ru9);
  policy.start = Moment{Minutes(1'000'000)};
  EXPECT_EQ(planned(contoso.organisation, policy).steps.front().schedule->start, policy.start);
}

}  // namespace
}  // namespace casplan::planner
