#include "planner/exact.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// Fronts at HQ behind one name, and branches with one CAS each, all on RTM.
struct Branches : Builder {
  SiteId hq = site("HQ", 1200);

  Branches(int fronts, int targets) {
    std::vector<ServerId> all;
    for (int i = 1; i <= fronts; ++i) all.push_back(cas("HQCAS" + std::to_string(i), hq, rtm));
    entry_point("mail.contoso.com", all, 100);
    for (int i = 1; i <= targets; ++i) {
      cas("BRCAS" + std::to_string(i), site("Branch" + std::to_string(i), 20 + 7 * i), rtm);
    }
  }
};

TEST(BestPlan, OfTwoBranchesChangesOneRightBeforeTheFrontAndOneRightAfterItWithoutCopies) {
  const Branches contoso(1, 2);
  const Policy policy = policy_to(sp1);
  EXPECT_THAT(timetable(contoso.organisation, policy, planned(contoso.organisation, policy)),
              ElementsAre("0-5 drain BRCAS2", "5-95 upgrade BRCAS2 8.1.240.6", "90-95 drain BRCAS1",
                          "95-185 upgrade HQCAS1 8.1.240.6", "185-186 return BRCAS2",
                          "185-275 upgrade BRCAS1 8.1.240.6", "275-276 return BRCAS1"));
}

TEST(BestPlan, HoldsTheSecondFrontBackUntilItNeedsNoCopies) {
  const Branches contoso(2, 3);
  const Plan plan = planned(contoso.organisation, policy_to(sp1));
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
  EXPECT_EQ(value(plan.outcome->objective, Measure::copies), 1);
  EXPECT_EQ(value(plan.outcome->objective, Measure::unavailable_user_minutes), 90 * (27 + 34 + 41));
}

TEST(BestPlan, OfAHundredBranchesIsProvedWithTheMostUsersFirst) {
  const Branches contoso(2, 100);
  const Plan plan = planned(contoso.organisation, policy_to(sp1));
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
  EXPECT_EQ(plan.outcome->bound, plan.outcome->objective);
  const Minutes gap = step_of(contoso.organisation, plan, "upgrade BRCAS1 8.1.240.6").schedule->start -
                      step_of(contoso.organisation, plan, "upgrade BRCAS100 8.1.240.6").schedule->start;
  EXPECT_EQ(gap, Minutes(99 * 90));
}

TEST(BestPlan, DrainsAFrozenTargetWhileItsFolderIsCopiedToTheOnlyFront) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.frozen.insert(contoso.target);
  EXPECT_THAT(words(contoso.organisation, planned(contoso.organisation, policy)),
              ElementsAre("drain BRCAS1", "upgrade HQCAS1 8.1.240.6", "ensure_folder HQCAS1 8.0.685.24",
                          "recycle HQCAS1", "return BRCAS1"));
}

TEST(BestPlan, MendsByDrainingWhoMeetsEvent46Today) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Plan plan = planned(contoso.organisation, policy_to(sp1));
  EXPECT_EQ(value(plan.outcome->objective, Measure::event46_user_minutes), 0);
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
}

TEST(BestPlan, KeepsAServerInServiceInEveryOrderWhereThePolicyAsksForIt) {
  Branches contoso(2, 1);
  Policy policy = policy_to(sp1);
  policy.min_in_service.sites[contoso.hq] = 1;
  EXPECT_THAT(arrows(contoso.organisation, planned(contoso.organisation, policy)),
              AnyOf(Contains("return HQCAS1 -> drain HQCAS2"), Contains("return HQCAS2 -> drain HQCAS1")));
}

TEST(BestPlan, CountsNoServerThatIsNoCasAmongThoseThatStayInService) {
  Branches contoso(1, 0);
  const ServerId mailbox = contoso.cas("HQMBX1", contoso.hq, rtm);
  contoso[mailbox].roles = {Role::mailbox};
  contoso.organisation.servers.front().in_service = false;
  Policy policy = policy_to(sp1);
  policy.roles = UpgradedRoles::all;
  policy.min_in_service.default_count = 1;
  EXPECT_THAT(words(contoso.organisation, planned(contoso.organisation, policy)),
              ElementsAre("upgrade HQCAS1 8.1.240.6", "upgrade HQMBX1 8.1.240.6"));
}

TEST(BestPlan, IsToldOnTheWayWithItsGap) {
  const Branches contoso(2, 6);
  Policy policy = policy_to(sp1);
  policy.crews = 3;
  policy.event46 = Event46::minimise;
  Progress last;
  Effort effort;
  effort.most_situations = 3'000;
  effort.report = [&](const Progress& progress) { last = progress; };
  (void)make_plan(contoso.organisation, policy, effort);
  const auto plan = value(last.plan, Measure::makespan_minutes);
  const auto bound = value(last.bound, Measure::makespan_minutes);
  ASSERT_TRUE(plan && bound);
  EXPECT_LE(*bound, *plan);
  EXPECT_GT(last.situations, 0U);
}

TEST(BestPlan, BreaksPathsForTheShortestTimeWhereThePolicyAllowsIt) {
  const Branches contoso(1, 2);
  Policy policy = policy_to(sp1);
  policy.event46 = Event46::minimise;
  policy.copies = 0;
  policy.objective = {Measure::unavailable_user_minutes, Measure::event46_user_minutes};
  Planning planning = make_plan(contoso.organisation, policy);
  const Plan& plan = std::get<Plan>(planning);
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
  EXPECT_THAT(words(contoso.organisation, plan), Not(Contains(HasSubstr("drain"))));
  EXPECT_EQ(value(plan.outcome->objective, Measure::event46_user_minutes), 0)
      << "while an end is out, its users meet no event";
}

TEST(BestPlan, HoldsATargetBackWhereEvent46CountsMostThoughThePolicyAllowsIt) {
  const Branches contoso(1, 3);
  Policy policy = policy_to(sp1);
  policy.copies = 0;
  const Plan strict = planned(contoso.organisation, policy);
  policy.event46 = Event46::minimise;
  const Planning planning = make_plan(contoso.organisation, policy);
  EXPECT_LE(value(std::get<Plan>(planning).outcome->objective, Measure::unavailable_user_minutes),
            value(strict.outcome->objective, Measure::unavailable_user_minutes));
}

TEST(BestPlan, OfManyBranchesIsNotCalledOptimalForTheirOrderByUsersWherePathsBreak) {
  const Branches contoso(1, 12);
  Policy policy = policy_to(sp1);
  policy.event46 = Event46::minimise;
  policy.copies = 0;
  policy.objective = {Measure::unavailable_user_minutes, Measure::event46_user_minutes};
  std::vector<std::string> missing;
  const auto changes = upgrade_changes(contoso.organisation, policy, missing);
  EXPECT_EQ(search_all_plans(contoso.organisation, policy, changes, {}).kind, ExactAnswer::Kind::unknown);
}

TEST(BestPlan, OfManyBranchesHasNoBoundAboveWhatTheyCostWhenTheyWaitOnBothSidesOfTheFront) {
  const Branches contoso(1, 30);
  Policy policy = policy_to(sp1);
  policy.copies = 0;
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_LE(value(plan.outcome->bound, Measure::unavailable_user_minutes),
            value(plan.outcome->objective, Measure::unavailable_user_minutes));
}

TEST(BestPlan, ThatIsNotReachedInTimeIsBoundedFromBelow) {
  const Branches contoso(1, 3);
  Effort none;
  none.most_situations = 10;
  const Planning quick = make_plan(contoso.organisation, policy_to(sp1), none);
  const Planning best = make_plan(contoso.organisation, policy_to(sp1));
  const auto& outcome = *std::get<Plan>(quick).outcome;
  EXPECT_EQ(outcome.status, PlanStatus::feasible);
  EXPECT_LE(value(outcome.bound, Measure::unavailable_user_minutes),
            value(std::get<Plan>(best).outcome->objective, Measure::unavailable_user_minutes));
}

TEST(SearchOfAllPlans, CountsNoMoreUsersThanItCanMultiplyByMinutes) {
  Branches contoso(1, 2);
  contoso.organisation.sites.front().mailboxes = 10'000'000'000'000;
  const Planning planning = make_plan(contoso.organisation, policy_to(sp1));
  EXPECT_EQ(std::get<Plan>(planning).outcome->status, PlanStatus::feasible);
}

TEST(SearchOfAllPlans, ProvesNothingWhereFoldersWereNotListed) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {});
  contoso[contoso.front].folders.reset();
  Policy policy = policy_to(sp1);
  policy.frozen.insert(contoso.target);
  policy.copies = 0;
  EXPECT_EQ(search_all_plans(contoso.organisation, policy, {}, {}).kind, ExactAnswer::Kind::unknown);
}

TEST(SearchOfAllPlans, ProvesAPlanTheBestWhereServersMustStayInService) {
  const Branches contoso(2, 2);
  Policy policy = policy_to(sp1);
  policy.min_in_service.sites[contoso.hq] = 1;
  std::vector<std::string> missing;
  const Changes changes = upgrade_changes(contoso.organisation, policy, missing);
  EXPECT_EQ(search_all_plans(contoso.organisation, policy, changes, {}).kind, ExactAnswer::Kind::best_plan);
}

TEST(ABoundOfASearchThatIsCutShort, HoldsForPlansThatDrainAHerdTogether) {
  const Branches contoso(1, 2);
  const Policy policy = policy_to(sp1);
  const Plan best = planned(contoso.organisation, policy);
  ASSERT_EQ(best.outcome->status, PlanStatus::optimal);
  std::vector<std::string> missing;
  const Changes changes = upgrade_changes(contoso.organisation, policy, missing);
  for (std::size_t situations = 1; situations < 400; ++situations) {
    Effort effort;
    effort.most_situations = situations;
    const ExactAnswer answer = search_all_plans(contoso.organisation, policy, changes, effort);
    if (!answer.bound) continue;
    std::vector<std::int64_t> bound;
    std::vector<std::int64_t> optimum;
    for (const Measure measure : policy.objective) {
      bound.push_back(value(*answer.bound, measure).value_or(0));
      optimum.push_back(*value(best.outcome->objective, measure));
    }
    EXPECT_LE(bound, optimum) << situations;
  }
}

}  // namespace
}  // namespace casplan::planner
