#include <gtest/gtest.h>

#include <algorithm>

#include "planner/planner_fixture.h"
#include "planner/search/moves.h"
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

TEST(CrewPlans, OfSeveralCrewsAreProved) {
  const Regions contoso(2);
  Policy policy = policy_to(sp2);
  policy.crews = 2;
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
  EXPECT_EQ(plan.outcome->bound, plan.outcome->objective);
}

TEST(CrewPlans, InWeeklyNightsAreProved) {
  const Regions contoso(6);
  const Plan plan = planned(contoso.organisation, in_nights(contoso, 2, 3));
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
  const Plan plan = planned(contoso.organisation, policy);
  const auto ends = [](const PlannedStep& step) { return step.step.kind == StepKind::return_to_service; };
  const auto back = std::find_if(plan.steps.begin(), plan.steps.end(), ends);
  ASSERT_NE(back, plan.steps.end());
  EXPECT_EQ(back->schedule->end, policy.start + Minutes(8 * 60));
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
}

TEST(CrewPlans, OfAServerWithAWindowAndOneThatMayBeWorkedOnAtAnyTimeAreProved) {
  const Regions contoso(1);
  Policy policy = policy_to(sp2);
  const Moment opens = policy.start + Minutes(360);
  policy.windows = {{{}, contoso.branches, DatedTime{opens, opens + Minutes(240)}}};
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
  EXPECT_GE(plan.steps.front().schedule->start, opens - Minutes(120));
}

TEST(CrewPlans, ForWhichNoWindowComesAnyMoreAreProvedImpossible) {
  const Regions contoso(1);
  Policy policy = policy_to(sp2);
  policy.windows = {{{}, contoso.branches, DatedTime{policy.start, policy.start + Minutes(240)}},
                    {{}, {contoso.hq}, DatedTime{policy.start + Minutes(300), policy.start + Minutes(540)}}};
  EXPECT_FALSE(why_infeasible(contoso.organisation, policy).empty());
}

TEST(CrewPlans, ThatEndBeforeTheLatestEndAreProvedThoughLaterOnesWouldNot) {
  const Regions contoso(2);
  Policy policy = in_nights(contoso, 2, 1);
  policy.latest_end = policy.start + Minutes(4 * 60);
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
}

TEST(CrewPlans, PutAFolderOnAFrontThatStaysAsItIsInItsNextWindow) {
  Regions contoso(1);
  contoso[contoso.front].build = sp2;
  contoso[contoso.front].folders = folders_of({sp2});
  Policy policy = in_nights(contoso, 1, 1);
  policy.start += Minutes(12 * 60);
  policy.frozen = {contoso.front, ServerId{1}};
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_EQ(words(contoso.organisation, plan.steps.front().step), "ensure_folder HQCAS1 8.1.240.5");
  EXPECT_EQ(plan.steps.front().schedule->start, policy.start + a_week - Minutes(12 * 60));
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
  OpenGroups groups(problem);
  const std::size_t saturday = groups.of(*problem.worked_with(contoso.front));
  EXPECT_EQ(groups.count(), 2U);
  EXPECT_EQ(groups.earliest(saturday, 0, 90), 0);
  EXPECT_EQ(groups.earliest(saturday, 390, 90), 390);
  EXPECT_EQ(groups.earliest(saturday, 391, 90), a_week.count());
  EXPECT_EQ(groups.earliest(saturday, 0, 481), never);
  EXPECT_FALSE(groups.meet(0, 1));
  EXPECT_TRUE(groups.meet(1, 1));
  groups.let_lie_earlier(100);
  EXPECT_EQ(groups.earliest(saturday, 490, 90), 490);
  EXPECT_EQ(groups.earliest(saturday, 491, 90), a_week.count());
}

TEST(Moves, AreMadeAtTheTimesAtWhichAStepAndItsDrainAreInWindows) {
  const Regions contoso(2);
  const Policy policy = in_nights(contoso, 1, 2);
  std::vector<std::string> missing;
  Problem problem(contoso.organisation, policy, upgrade_changes(contoso.organisation, policy, missing),
                  Problem::Herds::apart);
  Moves moves(problem, Waits::every_minute);
  Situation now = problem.start();
  for (const Move::Kind kind :
       {Move::Kind::begin, Move::Kind::wait, Move::Kind::wait, Move::Kind::wait, Move::Kind::wait, Move::Kind::wait}) {
    const auto all = moves.of(now);
    const auto move = std::find_if(all.begin(), all.end(), [&](const Move& one) { return one.kind == kind; });
    ASSERT_NE(move, all.end());
    now = moves.make(now, *move);
  }
  std::vector<Times> times;
  for (const Move& move : moves.of(now)) {
    const bool upgrades = move.step && move.step->kind == StepKind::upgrade && move.drained == std::vector{move.worked};
    if (upgrades && move.step->server == contoso.front && move.times) times.push_back(*move.times);
  }
  const auto week = static_cast<std::int32_t>(a_week.count());
  EXPECT_EQ(times, (std::vector<Times>{{390, 385}, {week + 5, 0}}));
}

}  // namespace
}  // namespace casplan::planner
