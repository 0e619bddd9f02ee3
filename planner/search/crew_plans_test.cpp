#include <gtest/gtest.h>

#include <algorithm>
#include <variant>

#include "planner/planner_fixture.h"
#include "planner/search/prospects.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;

/// A front at HQ and branches with one CAS each, in as many regions as there are nights.
struct Regions : Builder {
  SiteId hq = site("HQ", 0);
  ServerId front = cas("HQCAS1", hq, sp1);
  std::vector<SiteId> branches;

  explicit Regions(int targets) {
    entry_point("mail.contoso.com", {front}, 100);
    for (int i = 1; i <= targets; ++i) {
      branches.push_back(site("Branch" + std::to_string(i), 100 + 7 * i));
      cas("BRCAS" + std::to_string(i), branches.back(), sp1);
    }
  }

  /// HQ and every so many branches from one on have this night of the week, from 22:00 to 6:00.
  [[nodiscard]] Window night(unsigned day, std::size_t first, std::size_t nights) const {
    Window window{{}, {}, WeeklyTime{day, Minutes(22 * 60), Minutes(8 * 60), Minutes(0)}};
    if (first == 0) window.sites.push_back(hq);
    for (std::size_t i = first; i < branches.size(); i += nights) window.sites.push_back(branches[i]);
    return window;
  }
};

Policy in_nights(const Regions& contoso, int crews, std::size_t nights) {
  Policy policy = policy_to(sp2);
  policy.crews = crews;
  for (std::size_t i = 0; i < nights; ++i) {
    policy.windows.push_back(contoso.night(static_cast<unsigned>((6 + 2 * i) % 7), i, nights));
  }
  return policy;
}

/// As few servers as there are.
Plan searched(const Regions& contoso, const Policy& policy) {
  return std::get<Plan>(make_plan(contoso.organisation, policy));
}

TEST(CrewPlans, OfSeveralCrewsAreProved) {
  const Regions contoso(2);
  Policy policy = policy_to(sp2);
  policy.crews = 2;
  const Plan plan = searched(contoso, policy);
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
  EXPECT_EQ(plan.outcome->bound, plan.outcome->objective);
}

TEST(CrewPlans, InWeeklyNightsAreProved) {
  const Regions contoso(6);
  const Plan plan = searched(contoso, in_nights(contoso, 2, 3));
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
}

TEST(CrewPlans, OfThirtyServersFourCrewsAndWeeklyNightsAreProved) {
  const Regions contoso(29);
  const Plan plan = planned(contoso.organisation, in_nights(contoso, 4, 3));
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
}

TEST(CrewPlans, BeginAsLateInTheFirstNightAsItsWorkAllowsBecauseOthersWaitForTheNextOne) {
  const Regions contoso(2);
  const Policy policy = in_nights(contoso, 2, 2);
  const Plan plan = searched(contoso, policy);
  const auto ends = [](const PlannedStep& step) { return step.step.kind == StepKind::return_to_service; };
  const auto back = std::find_if(plan.steps.begin(), plan.steps.end(), ends);
  ASSERT_NE(back, plan.steps.end());
  EXPECT_EQ(back->schedule->end, policy.start + Minutes(8 * 60));
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
}

TEST(CrewQueue, GivesEachPieceOfWorkToTheCrewThatIsFreeFirst) {
  const auto at_once = [](Minute from, Minute) { return from; };
  CrewQueue queue({30, 0});
  EXPECT_EQ(queue.next_end(20, at_once), 20);
  EXPECT_EQ(queue.next_end(20, at_once), 40);
  EXPECT_EQ(queue.next_end(20, at_once), 50);
}

TEST(OpenGroups, TellWhenWorkFitsIntoTheWindowsOfAServer) {
  const Regions contoso(2);
  const Policy policy = in_nights(contoso, 1, 2);
  std::vector<std::string> missing;
  const Problem problem(contoso.organisation, policy, upgrade_changes(contoso.organisation, policy, missing),
                        Problem::Herds::apart);
  const OpenGroups groups(problem);
  const std::size_t saturday = groups.of(*problem.worked_with(contoso.front));
  EXPECT_EQ(groups.count(), 2U);
  EXPECT_EQ(groups.earliest(saturday, 0, 90), 0);
  EXPECT_EQ(groups.earliest(saturday, 390, 90), 390);
  EXPECT_EQ(groups.earliest(saturday, 391, 90), a_week.count());
  EXPECT_EQ(groups.earliest(saturday, 0, 481), never);
  EXPECT_FALSE(groups.meet(0, 1));
  EXPECT_TRUE(groups.meet(1, 1));
}

}  // namespace
}  // namespace casplan::planner
