#include "planner/change_over.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/bounds.h"
#include "planner/finish_plan.h"
#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::Contains;
using ::testing::ElementsAre;

/// Fronts of one entry point, or each of its own, at a hub; branches with one CAS each; all on RTM.
struct Branches : Builder {
  std::vector<ServerId> fronts;

  Branches(int front_count, int branches, int entry_points = 1) {
    const SiteId hub = site("Hub", 0);
    for (int i = 1; i <= front_count; ++i) fronts.push_back(cas("HUBCAS" + std::to_string(i), hub, rtm));
    for (int i = 0; i < entry_points; ++i) {
      const bool has_all = entry_points == 1;
      entry_point("mail" + std::to_string(i) + ".contoso.com",
                  has_all ? fronts : std::vector{fronts[static_cast<std::size_t>(i)]}, 100 / entry_points);
    }
    for (int i = 1; i <= branches; ++i) {
      cas("BRCAS" + std::to_string(i), site("Branch" + std::to_string(i), 100 + 20 * (i * 7 % 13)), rtm);
    }
  }
};

Policy without_copies(Event46 event46) {
  Policy policy = policy_to(sp1);
  policy.event46 = event46;
  policy.copies = 0;
  return policy;
}

Policy that_spares_users() {
  Policy policy = without_copies(Event46::minimise);
  std::swap(policy.objective[0], policy.objective[1]);
  return policy;
}

/// Little enough that nothing is searched to the end.
Plan quickly_planned(const Organisation& organisation, const Policy& policy) {
  Effort none;
  none.most_situations = 1;
  return std::get<Plan>(make_plan(organisation, policy, none));
}

Changes changes_to(const Organisation& organisation, const Policy& policy) {
  std::vector<std::string> missing;
  return upgrade_changes(organisation, policy, missing);
}

TEST(BrokenTime, IsLeastWhenTargetsLieOnBothSidesOfTheFront) {
  Branches contoso(1, 4);
  for (std::size_t i = 1; i <= 4; ++i) contoso.organisation.sites[i].mailboxes = static_cast<UserCount>(100 * i);
  const Policy policy = that_spares_users();
  const Plan plan = quickly_planned(contoso.organisation, policy);
  EXPECT_THAT(timetable(contoso.organisation, policy, plan),
              ElementsAre("0-90 upgrade BRCAS2 8.1.240.6", "90-180 upgrade BRCAS4 8.1.240.6",
                          "180-270 upgrade HUBCAS1 8.1.240.6", "270-360 upgrade BRCAS3 8.1.240.6",
                          "360-450 upgrade BRCAS1 8.1.240.6"));
}

TEST(BrokenTime, OfOneFrontAndHundredBranchesIsProvedTheLeast) {
  const Branches contoso(1, 100);
  const Plan plan = quickly_planned(contoso.organisation, that_spares_users());
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
  EXPECT_GT(value(plan.outcome->bound, Measure::event46_user_minutes), 0);
}

TEST(BrokenTime, OfSeveralFrontsOfOneNameIsAsIfTheyChangedInNoTime) {
  const Branches contoso(3, 20);
  const Plan plan = quickly_planned(contoso.organisation, that_spares_users());
  for (const Measure measure : {Measure::event46_user_minutes, Measure::unavailable_user_minutes}) {
    EXPECT_EQ(value(plan.outcome->objective, measure), value(plan.outcome->bound, measure));
  }
}

TEST(BrokenTime, OfFrontsWithANameEachIsBoundedFromBelow) {
  const Branches contoso(4, 20, 4);
  const Plan plan = quickly_planned(contoso.organisation, that_spares_users());
  const auto broken = *value(plan.outcome->objective, Measure::event46_user_minutes);
  const auto bound = *value(plan.outcome->bound, Measure::event46_user_minutes);
  EXPECT_LE(bound, broken);
  EXPECT_GE(bound, broken * 4 / 5);
}

TEST(ChangeOver, TakesTargetsOutUntilTheFrontChangesWhereNobodyMayMeetEvent46) {
  for (const int fronts : {1, 2, 3}) {
    const Branches contoso(fronts, 20);
    const Policy policy = without_copies(Event46::never);
    const Plan plan = quickly_planned(contoso.organisation, policy);
    EXPECT_EQ(verifier::verify(contoso.organisation, plan, policy.readings).safety, verifier::Safety::safe);
    const auto out = *value(plan.outcome->objective, Measure::unavailable_user_minutes);
    const auto bound = *value(plan.outcome->bound, Measure::unavailable_user_minutes);
    EXPECT_LE(bound, out);
    EXPECT_GE(bound, out * 98 / 100);
  }
}

TEST(ChangeOver, OfOneFrontAndHundredBranchesIsProvedTheBest) {
  const Branches contoso(1, 100);
  const Plan plan = quickly_planned(contoso.organisation, without_copies(Event46::never));
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
}

TEST(ChangeOver, OfFrontsThatProxyToEachOtherDrainsThemAllTogether) {
  Branches contoso(2, 6, 2);
  contoso.organisation.sites.front().mailboxes = 0;
  contoso[contoso.fronts[1]].site = contoso.site("Hub2", 300);
  const Policy policy = without_copies(Event46::never);
  const auto plan = change_over_plan(contoso.organisation, policy, changes_to(contoso.organisation, policy));
  ASSERT_TRUE(plan);
  EXPECT_EQ(verifier::verify(contoso.organisation, *plan, policy.readings).safety, verifier::Safety::safe);
  for (const std::string server : {"HUBCAS1", "HUBCAS2"}) {
    EXPECT_THAT(words(contoso.organisation, *plan), Contains("drain " + server));
  }
}

TEST(ChangeOver, IsNotForServersThatFailTodayOrNeedACopyInTheEnd) {
  Branches contoso(1, 2);
  Policy policy = without_copies(Event46::never);
  policy.frozen.insert(id_at<ServerId>(2));
  EXPECT_FALSE(change_over_plan(contoso.organisation, policy, changes_to(contoso.organisation, policy)));
  contoso[contoso.fronts[0]].build = sp1;
  contoso[contoso.fronts[0]].folders = folders_of({sp1});
  policy.frozen.clear();
  EXPECT_FALSE(change_over_plan(contoso.organisation, policy, changes_to(contoso.organisation, policy)));
}

TEST(ChangeOver, EndsInTimeOrNotAtAll) {
  const Branches contoso(1, 2);
  Policy policy = without_copies(Event46::never);
  policy.latest_end = policy.start + Minutes(200);
  EXPECT_FALSE(change_over_plan(contoso.organisation, policy, changes_to(contoso.organisation, policy)));
}

TEST(BrokenTime, IsAcceptedWhereNoWindowIsLongEnoughForAllToChangeTogether) {
  const Branches contoso(1, 6);
  Policy policy = without_copies(Event46::minimise);
  Window nights;
  for (std::size_t i = 0; i < contoso.organisation.sites.size(); ++i) nights.sites.push_back(id_at<SiteId>(i));
  nights.time = WeeklyTime{6, Minutes(22 * 60), Minutes(3 * 60), Minutes(0)};
  policy.windows = {nights};
  const Plan plan = quickly_planned(contoso.organisation, policy);
  EXPECT_GT(value(plan.outcome->objective, Measure::event46_user_minutes), 0);
  EXPECT_EQ(value(plan.outcome->objective, Measure::copies), 0);
}

TEST(BrokenTimeBound, GivesTheRestToTheMeasureThatCountsLess) {
  const Branches contoso(1, 3);
  Policy policy = that_spares_users();
  const auto sum = [&] {
    const Measures bound = lower_bounds(contoso.organisation, policy, changes_to(contoso.organisation, policy));
    return *value(bound, Measure::event46_user_minutes) + *value(bound, Measure::unavailable_user_minutes);
  };
  const auto unavailable_first = sum();
  std::swap(policy.objective[0], policy.objective[1]);
  EXPECT_EQ(sum(), unavailable_first);
}

TEST(BrokenTimeBound, IsLowerWhereACopyMayFreeAFront) {
  const Branches contoso(2, 6, 2);
  Policy policy = that_spares_users();
  policy.readings = as_the_kb();
  const auto broken = [&] {
    return *value(lower_bounds(contoso.organisation, policy, changes_to(contoso.organisation, policy)),
                  Measure::event46_user_minutes);
  };
  const auto without = broken();
  policy.copies = 1;
  EXPECT_EQ(broken(), without / 2);
  policy.copies = 2;
  EXPECT_EQ(broken(), 0);
  policy.copies.reset();
  EXPECT_EQ(broken(), 0);
}

}  // namespace
}  // namespace casplan::planner
