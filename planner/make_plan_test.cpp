#include "planner/make_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"
#include "simulator/trace.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

State end_of(const Organisation& organisation, const Plan& plan) {
  return simulator::play(organisation, plan, Readings{})->states.back().state;
}

TEST(MakePlan, TheCaseOfTheKbIsUpgradedWithTheBranchDrainedWhileTheFrontIsOutAnyway) {
  const TwoSites contoso;
  const Policy policy = policy_to(sp2);
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_THAT(timetable(contoso.organisation, policy, plan),
              ElementsAre("0-5 drain BRCAS1", "5-95 upgrade HQCAS1 8.2.176.2", "95-185 upgrade BRCAS1 8.2.176.2",
                          "185-186 return BRCAS1"));
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
  EXPECT_EQ(value(plan.outcome->objective, Measure::copies), 0);
}

/// Branches enough that not all of them can be changed right before and right after their front.
struct FourBranches : TwoSites {
  FourBranches() {
    for (const char* name : {"Depot", "Harbour", "Airport"}) cas(std::string(name) + "CAS1", site(name, 900), rtm);
  }
};

TEST(MakePlan, ManyBranchesOfTheKbAreUpgradedAfterTheFrontWithTheirFolder) {
  const FourBranches contoso;
  const Policy policy = policy_to(sp2);
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_THAT(timetable(contoso.organisation, policy, plan),
              ElementsAre("0-5 drain HQCAS1", "5-95 upgrade HQCAS1 8.2.176.2", "95-105 ensure_folder HQCAS1 8.0.685.24",
                          "105-107 recycle HQCAS1", "105-195 upgrade DepotCAS1 8.2.176.2", "107-108 return HQCAS1",
                          "195-285 upgrade HarbourCAS1 8.2.176.2", "285-375 upgrade AirportCAS1 8.2.176.2",
                          "375-465 upgrade BRCAS1 8.2.176.2"));
  EXPECT_THAT(arrows(contoso.organisation, plan),
              IsSupersetOf({"drain HQCAS1 -> upgrade HQCAS1 8.2.176.2",
                            "upgrade HQCAS1 8.2.176.2 -> ensure_folder HQCAS1 8.0.685.24",
                            "ensure_folder HQCAS1 8.0.685.24 -> recycle HQCAS1", "recycle HQCAS1 -> return HQCAS1"}));
  EXPECT_EQ(value(plan.outcome->objective, Measure::event46_user_minutes), 0);
  EXPECT_EQ(value(plan.outcome->objective, Measure::copies), 1);
}

TEST(MakePlan, NothingToDoIsAnEmptyPlanThatIsProvedBest) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {sp2});
  contoso.runs(contoso.target, sp2, {sp2});
  const Plan plan = planned(contoso.organisation, policy_to(sp2));
  EXPECT_THAT(plan.steps, IsEmpty());
  EXPECT_EQ(plan.outcome->status, PlanStatus::optimal);
}

TEST(MakePlan, EveryArrowHasAReasonAndFollowsFromNoOthers) {
  TwoSites contoso;
  contoso.cas("HQCAS2", contoso.hq, rtm);
  contoso.cas("BRCAS2", contoso.branch, rtm_ru5);
  const Plan plan = planned(contoso.organisation, policy_to(sp1_ru9));
  std::vector<std::set<StepIndex>> earlier(plan.steps.size());
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    EXPECT_FALSE(plan.steps[i].why.empty());
    for (const Arrow& arrow : plan.steps[i].after) {
      EXPECT_FALSE(arrow.reason.empty());
      for (const Arrow& other : plan.steps[i].after) {
        EXPECT_FALSE(earlier[other.step.value].contains(arrow.step)) << "an arrow that follows from another";
      }
    }
    for (const Arrow& arrow : plan.steps[i].after) {
      earlier[i].insert(arrow.step);
      earlier[i].merge(std::set(earlier[arrow.step.value]));
    }
  }
}

TEST(MakePlan, ForbiddenCopiesTakeTheTargetsOutBeforeTheirFrontServes) {
  TwoSites contoso;
  contoso.cas("DPCAS1", contoso.site("Depot", 900), rtm);
  Policy policy = policy_to(sp1);
  policy.copies = 0;
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_THAT(words(contoso.organisation, plan), Not(Contains(HasSubstr("ensure_folder"))));
  EXPECT_THAT(words(contoso.organisation, plan), IsSupersetOf({"drain DPCAS1", "drain BRCAS1"}));
}

TEST(MakePlan, NoMoreFoldersAreCopiedThanThePolicyAllows) {
  FourBranches contoso;
  contoso.runs(contoso.front, rtm_ru5, {rtm, rtm_ru5});
  contoso.cas("SMALLCAS", contoso.site("Small", 7), rtm_ru5);
  Policy policy = policy_to(sp1);
  policy.copies = 1;
  EXPECT_EQ(value(planned(contoso.organisation, policy).outcome->objective, Measure::copies), 1);
}

TEST(MakePlan, AFrozenTargetsFolderStaysOnItsFrontToTheEnd) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.target};
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_THAT(words(contoso.organisation, plan), Contains("ensure_folder HQCAS1 8.0.685.24"));
  const State end = end_of(contoso.organisation, plan);
  EXPECT_EQ(at(end.servers, contoso.target).build, rtm);
}

TEST(MakePlan, AFrozenFrontIsProvedInfeasibleAndNamed) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.front};
  EXPECT_THAT(why_infeasible(contoso.organisation, policy),
              ElementsAre(AllOf(HasSubstr("HQCAS1 is frozen"), HasSubstr("BRCAS1"))));
}

TEST(MakePlan, AFrozenFrontMayFollowLaterWhereTheReadingLetsAnOlderFrontWorkWithTheFolder) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.front};
  policy.readings.older_front = OlderFront::needs_folder;
  policy.readings.folder_match = FolderMatch::running;
  EXPECT_THAT(words(contoso.organisation, planned(contoso.organisation, policy)),
              ElementsAre("drain BRCAS1", "upgrade BRCAS1 8.1.240.6", "ensure_folder HQCAS1 8.1.240.5",
                          "recycle HQCAS1", "return BRCAS1"));
}

TEST(MakePlan, ATargetLeftBehindItsFrontsRollupWaitsDrainedForItsFolder) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso.runs(contoso.target, sp1, {sp1});
  Policy policy = policy_to(sp1_ru9);
  policy.targets[contoso.target] = sp1_ru5;
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_THAT(
      arrows(contoso.organisation, plan),
      IsSupersetOf({"upgrade BRCAS1 8.1.336.1 -> ensure_folder HQCAS1 8.1.336.1", "recycle HQCAS1 -> return BRCAS1"}));
}

TEST(MakePlan, AServerFoundOutOfServiceIsUpgradedAndStaysOut) {
  TwoSites contoso;
  const auto spare = contoso.cas("BRCAS2", contoso.branch, rtm);
  contoso[spare].in_service = false;
  const Plan plan = planned(contoso.organisation, policy_to(sp1));
  const State end = end_of(contoso.organisation, plan);
  EXPECT_EQ(at(end.servers, spare).build, sp1);
  EXPECT_FALSE(at(end.servers, spare).is_in_service());
  EXPECT_TRUE(at(end.servers, contoso.target).is_in_service());
}

TEST(MakePlan, ServersOfOneSiteThatProxyToEachOthersSitesAreNeverAllOut) {
  Builder contoso;
  const auto north = contoso.site("North", 100);
  const auto south = contoso.site("South", 100);
  const auto n1 = contoso.cas("N1", north, rtm);
  const auto n2 = contoso.cas("N2", north, rtm);
  const auto s1 = contoso.cas("S1", south, rtm);
  const auto s2 = contoso.cas("S2", south, rtm);
  contoso.entry_point("north.contoso.com", {n1, n2}, 50);
  contoso.entry_point("south.contoso.com", {s1, s2}, 50);
  Policy policy = policy_to(sp1);
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_EQ(value(plan.outcome->objective, Measure::event46_user_minutes), 0);
  EXPECT_EQ(value(plan.outcome->objective, Measure::copies), 0);
  const State end = end_of(contoso.organisation, plan);
  for (const ServerId id : {n1, n2, s1, s2}) EXPECT_EQ(at(end.servers, id).build, sp1);
}

TEST(MakePlan, TwoEntryPointsWithTheSameFrontAreOnePath) {
  FourBranches contoso;
  contoso.organisation.entry_points.front().share = 50;
  contoso.entry_point("owa.contoso.com", {contoso.front}, 50);
  EXPECT_EQ(value(planned(contoso.organisation, policy_to(sp1)).outcome->objective, Measure::copies), 1);
}

TEST(MakePlan, AnOwaVersionThatDiffersFromTheCataloguesIsBelieved) {
  TwoSites contoso;
  contoso[contoso.target].owa_version = OwaVersion{{8, 0, 700, 0}};
  contoso[contoso.target].folders = FolderList{{"8.0.700.0", {{8, 0, 700, 0}}}};
  contoso[contoso.front].owa_version = OwaVersion{{8, 0, 700, 0}};
  contoso[contoso.front].folders = FolderList{{"8.0.700.0", {{8, 0, 700, 0}}}};
  Policy policy = policy_to(sp1);
  policy.frozen.insert(contoso.target);
  EXPECT_THAT(words(contoso.organisation, planned(contoso.organisation, policy)),
              Contains("ensure_folder HQCAS1 8.0.700.0"));
}

TEST(MakePlan, AnOrganisationWithOneSiteNeedsNeitherFoldersNorEntryPoints) {
  Builder contoso;
  const auto hq = contoso.site("HQ", 100);
  contoso.cas("HQCAS1", hq, rtm);
  EXPECT_THAT(words(contoso.organisation, planned(contoso.organisation, policy_to(sp1))),
              ElementsAre("upgrade HQCAS1 8.1.240.6"));
}

TEST(MakePlan, ACircleOfNecessaryOrdersIsProvedInfeasible) {
  const TwoSites contoso;
  Policy policy = policy_to(sp2);
  policy.before = {{contoso.front, contoso.target}, {contoso.target, contoso.front}};
  const auto because = why_infeasible(contoso.organisation, policy);
  EXPECT_THAT(because, ElementsAre(AllOf(HasSubstr("runs in a circle"), HasSubstr("HQCAS1"), HasSubstr("BRCAS1"),
                                         HasSubstr("Drop one of the policy's `before` pairs"))));
}

TEST(MakePlan, UnknownSitesAndFrontsAreNamed) {
  TwoSites contoso;
  contoso.organisation.entry_points.clear();
  EXPECT_THAT(missing_facts(contoso.organisation, policy_to(sp1)), ElementsAre(HasSubstr("No entry point is known")));
  contoso[contoso.target].site.reset();
  EXPECT_THAT(missing_facts(contoso.organisation, policy_to(sp1)),
              ElementsAre(HasSubstr("The AD site of BRCAS1 is not known")));
}

TEST(MakePlan, EveryMissingFactIsNamedOnce) {
  TwoSites contoso;
  contoso[contoso.target].folders.reset();
  contoso[contoso.cas("HQCAS2", contoso.hq, rtm)].build.reset();
  EXPECT_THAT(missing_facts(contoso.organisation, policy_to(sp1)),
              ElementsAre(HasSubstr("The build of HQCAS2 is not known"),
                          HasSubstr("The resource folders of BRCAS1 were not listed")));
}

TEST(MakePlan, AFrozenServerOfUnknownBuildNeedsNoBuild) {
  TwoSites contoso;
  const auto other = contoso.cas("HQCAS2", contoso.hq, rtm);
  contoso[other].build.reset();
  Policy policy = policy_to(sp1);
  policy.frozen = {other};
  EXPECT_THAT(words(contoso.organisation, planned(contoso.organisation, policy)), Contains("upgrade HQCAS1 8.1.240.6"));
}

TEST(MakePlan, TheSameInputGivesTheSamePlan) {
  TwoSites contoso;
  contoso.cas("HQCAS2", contoso.hq, rtm);
  contoso.cas("BRCAS2", contoso.branch, rtm_ru5);
  const Policy policy = policy_to(sp1_ru9);
  EXPECT_EQ(planned(contoso.organisation, policy), planned(contoso.organisation, policy));
}

TEST(MakePlan, NobodyMeetsEvent46AnyMoreOnceTheFrontIsOut) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Plan plan = planned(contoso.organisation, policy_to(sp2));
  EXPECT_EQ(words(contoso.organisation, plan).front(), "upgrade HQCAS1 8.2.176.2");
  EXPECT_EQ(value(plan.outcome->objective, Measure::event46_user_minutes), 0);
}

}  // namespace
}  // namespace casplan::planner
