#include "planner/bounds.h"

#include <gtest/gtest.h>

#include "planner/capacity.h"
#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;

constexpr Minutes hour{60};

TEST(CostOfAPlan, FollowsThePolicysObjectiveAndCountsWhatIsNotKnownAsWorst) {
  Policy policy;
  policy.objective = {Measure::copies, Measure::feature_lag_user_minutes, Measure::makespan_minutes};
  Measures known;
  value(known, Measure::copies) = 2;
  value(known, Measure::feature_lag_user_minutes) = 1'000'000;
  value(known, Measure::makespan_minutes) = 90;
  EXPECT_EQ(cost_of(known, policy), (std::vector<std::int64_t>{2, 1'000'000, 90}));
  Measures unknown = known;
  value(unknown, Measure::feature_lag_user_minutes).reset();
  EXPECT_LT(cost_of(known, policy), cost_of(unknown, policy));
}

/// One front without users of its own, and three branches with 10, 20 and 30 users, all on SP1.
struct Star : Builder {
  SiteId hub = site("Hub", 0);
  ServerId front = cas("HUBCAS", hub, sp1);
  std::vector<ServerId> targets;

  Star() {
    entry_point("mail.contoso.com", {front});
    for (const int users : {10, 20, 30}) {
      const std::string number = std::to_string(users);
      targets.push_back(cas("BRCAS" + number, site("Branch" + number, users), sp1));
    }
  }
};

Changes changes_to(const Organisation& organisation, const Policy& policy) {
  std::vector<std::string> missing;
  return upgrade_changes(organisation, policy, missing);
}

std::int64_t bound(const Organisation& organisation, const Policy& policy, Measure measure) {
  return value(lower_bounds(organisation, policy, changes_to(organisation, policy)), measure).value_or(-1);
}

TEST(Bounds, TheOnlyServerOfASiteIsOutForItsUpgrade) {
  Star contoso;
  contoso.organisation.entry_points[0].fronts.push_back(contoso.cas("HUBCAS2", contoso.hub, sp1));
  EXPECT_EQ(bound(contoso.organisation, policy_to(sp1_ru9), Measure::unavailable_user_minutes), 30 * (10 + 20 + 30));
}

TEST(Bounds, TheOnlyFrontLeavesEverybodyWithoutServiceWhoIsNotAnyway) {
  const Star contoso;
  Policy policy = policy_to(sp1_ru9);
  policy.readings = as_the_kb();
  EXPECT_EQ(bound(contoso.organisation, policy, Measure::unavailable_user_minutes), 30 * 60 + 30 * 60);
  policy.crews = 2;
  EXPECT_EQ(bound(contoso.organisation, policy, Measure::unavailable_user_minutes), 30 * 60 + 30 * 30);
}

TEST(Bounds, FourUpgradesOfTwoCrewsTakeTwiceAsLongAsOne) {
  const Star contoso;
  Policy policy = policy_to(sp1_ru9);
  policy.crews = 2;
  EXPECT_EQ(bound(contoso.organisation, policy, Measure::makespan_minutes), 60);
}

TEST(Bounds, ServersThatFollowEachOtherTakeTheSumOfTheirTimes) {
  const Star contoso;
  Policy policy = policy_to(sp1_ru9);
  policy.crews = 4;
  policy.before = {{contoso.targets[0], contoso.targets[1]}, {contoso.targets[1], contoso.targets[2]}};
  EXPECT_EQ(bound(contoso.organisation, policy, Measure::makespan_minutes), 90);
}

TEST(Bounds, WorkThatDoesNotFitIntoOneWindowGoesOnInTheNext) {
  const Star contoso;
  Policy policy = policy_to(sp1_ru9);
  Window window;
  window.servers = {contoso.front, contoso.targets[0], contoso.targets[1], contoso.targets[2]};
  window.time = WeeklyTime{6, Minutes{22 * 60}, hour + hour / 4, Minutes{0}};
  policy.windows = {window};
  const std::int64_t week = 7 * 24 * 60;
  EXPECT_EQ(bound(contoso.organisation, policy, Measure::makespan_minutes), week + 60 - 15);
}

TEST(Bounds, TheSitesWithTheMostUsersSeeTheFeaturesFirstButNotBeforeAFrontHasChanged) {
  const Star contoso;
  EXPECT_EQ(bound(contoso.organisation, policy_to(sp1_ru9), Measure::feature_lag_user_minutes),
            60 * 30 + 90 * 20 + 120 * 10);
}

TEST(Bounds, AFrontNeedsACopyForATargetThatStaysBehind) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  EXPECT_EQ(bound(contoso.organisation, policy, Measure::copies), 0);
  policy.frozen = {contoso.target};
  EXPECT_EQ(bound(contoso.organisation, policy, Measure::copies), 1);
}

TEST(Bounds, TheOneThatIsHigherInAMoreImportantMeasureSaysMore) {
  const Policy policy;
  Measures a;
  Measures b;
  value(a, Measure::unavailable_user_minutes) = 2;
  value(b, Measure::unavailable_user_minutes) = 1;
  value(b, Measure::makespan_minutes) = 100;
  EXPECT_EQ(tighter(policy, a, b), a);
  EXPECT_EQ(tighter(policy, b, a), a);
}

TEST(Bounds, BehindAMeasureThatIsNotMetAreNotAboveThePlan) {
  const Policy policy;
  Measures plan;
  value(plan, Measure::copies) = 1;
  value(plan, Measure::feature_lag_user_minutes) = 70;
  Measures bound;
  value(bound, Measure::copies) = 0;
  value(bound, Measure::feature_lag_user_minutes) = 80;
  EXPECT_EQ(value(as_bound_of(plan, policy, bound), Measure::feature_lag_user_minutes), 70);
  value(bound, Measure::copies) = 1;
  EXPECT_EQ(value(as_bound_of(plan, policy, bound), Measure::feature_lag_user_minutes), 80);
}

TEST(Capacity, WhatIsLeftOfASpanIsNoUseWhenNothingFits) {
  EXPECT_EQ(longest_sum({90}, 480), 450);
  EXPECT_EQ(longest_sum({90, 30}, 480), 480);
  EXPECT_EQ(longest_sum({90, 70}, 100), 90);
  EXPECT_EQ(longest_sum({90}, 80), 0);
}

TEST(Capacity, TheBestBeginningIsFoundInsideItsRange) {
  const auto at_end = [](std::int64_t begin) {
    return std::optional(static_cast<long double>(begin < 70 ? 100 : 200));
  };
  EXPECT_EQ(least_from_beginning(at_end, 1, 100, 1000), 31);
}

TEST(Capacity, ABoundOfFewQuestionsIsNeverAboveTheBest) {
  const auto at_end = [](std::int64_t begin) {
    return std::optional(static_cast<long double>(begin < 70 ? 100 : 200));
  };
  for (std::size_t questions = 1; questions < 20; ++questions) {
    EXPECT_LE(least_from_beginning(at_end, 1, 100, questions), 31);
  }
}

}  // namespace
}  // namespace casplan::planner
