#include "planner/fronts_first_bound.h"

#include <gtest/gtest.h>

#include "planner/bounds.h"
#include "planner/exact.h"
#include "planner/finish_plan.h"
#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

namespace casplan::planner {
namespace {

using namespace modelled;

Effort no_search() {
  Effort effort;
  effort.most_situations = 1;
  return effort;
}

/// Entry points with fronts in a region without users, and branches with 10, 20, 30 users and so on.
struct Contoso : Builder {
  Policy policy = policy_to(sp1);

  Contoso(int regions, int branches, int servers_of_a_branch, int fronts_of_a_region = 2) {
    for (int i = 1; i <= regions; ++i) {
      const std::string name = "Region" + std::to_string(i);
      const SiteId region = site(name, 0);
      std::vector<ServerId> fronts;
      for (int k = 0; k < fronts_of_a_region; ++k) fronts.push_back(cas(name + (k == 0 ? "A" : "B"), region, rtm));
      entry_point("mail" + std::to_string(i) + ".contoso.com", fronts, 100 / regions);
    }
    for (int i = 1; i <= branches; ++i) {
      const SiteId branch = site("Branch" + std::to_string(i), 10 * i);
      for (int k = 0; k < servers_of_a_branch; ++k) {
        cas("BRCAS" + std::to_string(i) + (k == 0 ? "" : "B"), branch, rtm);
      }
    }
  }

  [[nodiscard]] std::int64_t bound(Measure measure) const {
    std::vector<std::string> missing;
    const Changes changes = upgrade_changes(organisation, policy, missing);
    return value(lower_bounds(organisation, policy, changes), measure).value_or(-1);
  }
};

TEST(FrontsFirst, ASiteThatIsServedAllTheTimeAsksForACopyOnOneFrontOfEachEntryPoint) {
  EXPECT_EQ(Contoso(1, 1, 2).bound(Measure::copies), 1);
  EXPECT_EQ(Contoso(2, 3, 2).bound(Measure::copies), 2);
}

TEST(FrontsFirst, NoCopyIsAskedForWhereAServerReturnsInNoTime) {
  Contoso contoso(1, 1, 2);
  contoso.policy.durations.return_to_service = Minutes(0);
  EXPECT_EQ(contoso.bound(Measure::copies), 0);
}

TEST(FrontsFirst, SitesWaitForTheDrainTheUpgradeAndTheCopyOfAFrontAndForTheirOwnReturn) {
  const std::int64_t front = 5 + 90 + 10;
  EXPECT_EQ(Contoso(1, 3, 2).bound(Measure::feature_lag_user_minutes),
            30 * (front + 90 + 1) + 20 * (front + 180 + 1) + 10 * (front + 270 + 1));
}

TEST(FrontsFirst, ACrewIsIdleUntilTheLastFrontServesWhereNoTargetMayBeHeldOut) {
  const std::int64_t serving = 5 + 2 * (90 + 10) + 2 + 1;
  const Contoso contoso(2, 5, 1);
  EXPECT_EQ(
      contoso.bound(Measure::feature_lag_user_minutes),
      50 * (serving + 90) + 40 * (serving + 180) + 30 * (serving + 270) + 20 * (serving + 360) + 10 * (serving + 450));
  EXPECT_EQ(contoso.bound(Measure::makespan_minutes), serving + 5 * 90 + 2 * 90 + 1);
}

TEST(FrontsFirst, WorkThatFitsIntoTheIdleMinutesMakesNoPlanLonger) {
  Contoso contoso(2, 3, 1);
  contoso.policy.durations = {Minutes(2), Minutes(4), Minutes(2), Minutes(2), Minutes(0), Minutes(2)};
  std::vector<std::string> missing;
  const Changes changes = upgrade_changes(contoso.organisation, contoso.policy, missing);
  const ExactAnswer best = search_all_plans(contoso.organisation, contoso.policy, changes, {});
  ASSERT_EQ(best.kind, ExactAnswer::Kind::best_plan);
  const Outcome outcome = outcome_of(contoso.organisation, contoso.policy, *best.plan);
  EXPECT_LE(contoso.bound(Measure::makespan_minutes), value(outcome.objective, Measure::makespan_minutes));
}

TEST(FrontsFirst, NothingIsToldWhereOneFrontIsEnough) {
  Contoso contoso(1, 5, 1);
  contoso.organisation.entry_points[0].fronts.pop_back();
  const std::int64_t front = 5 + 90;
  EXPECT_LT(contoso.bound(Measure::feature_lag_user_minutes), (50 + 40 + 30 + 20 + 10) * front + 90 * 550);
}

TEST(FrontsInTurn, HaveASiteUpgradedWhileTheFirstComesBackThatWaitsForTheLast) {
  const Contoso contoso(2, 30, 1, 1);
  const Planning planning = make_plan(contoso.organisation, contoso.policy, no_search());
  const auto* plan = std::get_if<Plan>(&planning);
  ASSERT_NE(plan, nullptr);
  EXPECT_EQ(plan->outcome->status, PlanStatus::optimal);
  EXPECT_EQ(verifier::verify(contoso.organisation, *plan, contoso.policy.readings).safety, verifier::Safety::safe);
  const auto& last_front = *step_of(contoso.organisation, *plan, "upgrade Region2A 8.1.240.6").schedule;
  EXPECT_EQ(step_of(contoso.organisation, *plan, "upgrade BRCAS29 8.1.240.6").schedule->end, last_front.start);
  EXPECT_EQ(step_of(contoso.organisation, *plan, "return BRCAS29").schedule->start, last_front.start);
}

TEST(FrontsInTurn, AreNotCalledTheBestByASearchThatLetsNoMemberOfAHerdWait) {
  const Contoso contoso(2, 10, 1, 1);
  std::vector<std::string> missing;
  const Changes changes = upgrade_changes(contoso.organisation, contoso.policy, missing);
  EXPECT_NE(search_all_plans(contoso.organisation, contoso.policy, changes, {}).kind, ExactAnswer::Kind::best_plan);
}

class FrontsFirstPlans : public testing::TestWithParam<std::pair<int, int>> {};

TEST_P(FrontsFirstPlans, AreProvedTheBestWithoutASearch) {
  const auto [regions, servers_of_a_branch] = GetParam();
  const Contoso contoso(regions, 30, servers_of_a_branch);
  const Planning planning = make_plan(contoso.organisation, contoso.policy, no_search());
  const auto* plan = std::get_if<Plan>(&planning);
  ASSERT_NE(plan, nullptr);
  EXPECT_EQ(plan->outcome->status, PlanStatus::optimal);
  EXPECT_EQ(plan->outcome->bound, plan->outcome->objective);
  EXPECT_EQ(verifier::verify(contoso.organisation, *plan, contoso.policy.readings).safety, verifier::Safety::safe);
}

INSTANTIATE_TEST_SUITE_P(OfRegionsAndBranches, FrontsFirstPlans,
                         testing::Values(std::pair(1, 1), std::pair(1, 2), std::pair(2, 1), std::pair(4, 2)));

}  // namespace
}  // namespace casplan::planner
