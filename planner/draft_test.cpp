#include "planner/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

Draft draft(const Organisation& organisation, const Policy& policy) {
  std::vector<std::string> missing;
  const Changes changes = upgrade_changes(organisation, policy, missing);
  const PhaseTable phases(organisation, changes, policy.readings);
  return make_draft(organisation, policy, changes,
                    relations_of(organisation, policy, version_paths(organisation), phases), {});
}

TEST(Draft, OnlyAServerThatMustNotServeIsDrained) {
  const TwoSites contoso;
  EXPECT_THAT(words(contoso.organisation, draft(contoso.organisation, policy_to(sp1))),
              UnorderedElementsAre("drain HQCAS1", "upgrade HQCAS1 8.1.240.6", "ensure_folder HQCAS1 8.0.685.24",
                                   "recycle HQCAS1", "return HQCAS1", "upgrade BRCAS1 8.1.240.6"));
}

TEST(Draft, AServerIsDrainedBetweenItsTwoHops) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1_ru9, {rtm, sp1, sp1_ru9});
  EXPECT_THAT(
      words(contoso.organisation, draft(contoso.organisation, policy_to(sp1_ru9))),
      UnorderedElementsAre("drain BRCAS1", "upgrade BRCAS1 8.1.240.6", "upgrade BRCAS1 8.1.393.1", "return BRCAS1"));
}

TEST(Draft, AServerWhoseUsersOthersCanCarryIsDrained) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  contoso.cas("BRCAS2", contoso.branch, sp1);
  EXPECT_THAT(words(contoso.organisation, draft(contoso.organisation, policy_to(sp1))), Contains("drain BRCAS1"));
}

TEST(Draft, AServerWhoseOnlyNeighbourIsOutOfServiceIsNotDrained) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  contoso[contoso.cas("BRCAS2", contoso.branch, sp1)].in_service = false;
  EXPECT_THAT(words(contoso.organisation, draft(contoso.organisation, policy_to(sp1))),
              ElementsAre("upgrade BRCAS1 8.1.240.6"));
}

TEST(Draft, AServerFoundOutOfServiceIsNeitherDrainedNorReturned) {
  TwoSites contoso;
  contoso[contoso.front].in_service = false;
  const Draft found = draft(contoso.organisation, policy_to(sp1));
  EXPECT_THAT(words(contoso.organisation, found), Not(Contains("drain HQCAS1")));
  EXPECT_THAT(words(contoso.organisation, found), Not(Contains("return HQCAS1")));
  EXPECT_THAT(words(contoso.organisation, found), Contains("upgrade HQCAS1 8.1.240.6"));
}

TEST(Draft, TheSourceOfAFolderWaitsWithItsUpgradeUntilTheCopyIsMade) {
  const TwoSites contoso;
  EXPECT_THAT(arrows(contoso.organisation, draft(contoso.organisation, policy_to(sp1))),
              Contains("ensure_folder HQCAS1 8.0.685.24 -> upgrade BRCAS1 8.1.240.6"));
}

TEST(Draft, AFrontThatStaysGetsTheFolderBeforeItsTargetServesWithThatVersion) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {rtm, sp2});
  const auto holder = contoso.cas("HOLDER", contoso.hq, sp1);
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.front, holder};
  EXPECT_THAT(arrows(contoso.organisation, draft(contoso.organisation, policy)),
              UnorderedElementsAre("ensure_folder HQCAS1 8.1.240.5 -> recycle HQCAS1",
                                   "recycle HQCAS1 -> upgrade BRCAS1 8.1.240.6"));
}

TEST(Draft, ATargetWhoseUpgradeBringsTheFolderWaitsDrainedForItsFrontsCopyAndRecycle) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {rtm, sp2});
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.front};
  EXPECT_THAT(
      arrows(contoso.organisation, draft(contoso.organisation, policy)),
      UnorderedElementsAre("drain BRCAS1 -> upgrade BRCAS1 8.1.240.6", "upgrade BRCAS1 8.1.240.6 -> return BRCAS1",
                           "upgrade BRCAS1 8.1.240.6 -> ensure_folder HQCAS1 8.1.240.5",
                           "ensure_folder HQCAS1 8.1.240.5 -> recycle HQCAS1", "recycle HQCAS1 -> return BRCAS1"));
}

TEST(Draft, ABeforePairIsKeptFromTheLastUpgradeOfTheOneToTheFirstOfTheOther) {
  TwoSites contoso;
  const auto second = contoso.cas("HQCAS2", contoso.hq, rtm);
  Policy policy = policy_to(sp1);
  policy.before = {{second, contoso.front}};
  EXPECT_THAT(arrows(contoso.organisation, draft(contoso.organisation, policy)),
              Contains("upgrade HQCAS2 8.1.240.6 -> upgrade HQCAS1 8.1.240.6"));
}

TEST(Draft, ABeforePairWithAServerThatDoesNotChangeAsksForNothing) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  Policy policy = policy_to(sp1);
  policy.before = {{contoso.front, contoso.target}, {contoso.target, contoso.front}};
  EXPECT_THAT(arrows(contoso.organisation, draft(contoso.organisation, policy)), IsEmpty());
}

/// The KB's case with servers of the other roles, whose folders nobody has listed, and a policy that asks for all.
struct AllRoles : TwoSites {
  ServerId hub = other("HQHUB1", Role::hub_transport);
  ServerId messaging = other("HQUM1", Role::unified_messaging);
  ServerId mailbox = other("HQMBX1", Role::mailbox);
  Policy policy = policy_to(sp1);

  AllRoles() { policy.roles = UpgradedRoles::all; }

  ServerId other(const std::string& name, Role role) {
    const ServerId server = cas(name, hq, rtm);
    (*this)[server].roles = {role};
    (*this)[server].folders.reset();
    return server;
  }
};

TEST(Draft, TheOtherRolesOfASiteComeAfterItsCasRoleByRole) {
  const AllRoles contoso;
  EXPECT_THAT(arrows(contoso.organisation, draft(contoso.organisation, contoso.policy)),
              IsSupersetOf({"upgrade HQCAS1 8.1.240.6 -> upgrade HQHUB1 8.1.240.6",
                            "upgrade HQHUB1 8.1.240.6 -> upgrade HQUM1 8.1.240.6",
                            "upgrade HQUM1 8.1.240.6 -> upgrade HQMBX1 8.1.240.6"}));
}

TEST(Draft, TheOrderOfRolesGoesFromTheLastUpgradeOfTheOneToTheFirstOfTheOther) {
  AllRoles contoso;
  contoso.policy.target = sp1_ru9;  // two hops
  EXPECT_THAT(arrows(contoso.organisation, draft(contoso.organisation, contoso.policy)),
              AllOf(Contains("upgrade HQCAS1 8.1.393.1 -> upgrade HQHUB1 8.1.240.6"),
                    Not(Contains("return HQCAS1 -> upgrade HQHUB1 8.1.240.6"))));
}

TEST(Draft, TheNextRoleThatChangesWaitsWhereOneIsMissing) {
  AllRoles contoso;
  contoso.policy.frozen = {contoso.hub, contoso.messaging};
  EXPECT_THAT(arrows(contoso.organisation, draft(contoso.organisation, contoso.policy)),
              Contains("upgrade HQCAS1 8.1.240.6 -> upgrade HQMBX1 8.1.240.6"));
}

TEST(Draft, ServersOfOtherSitesDoNotWaitForEachOther) {
  AllRoles contoso;
  contoso[contoso.mailbox].site = contoso.branch;
  const auto all = arrows(contoso.organisation, draft(contoso.organisation, contoso.policy));
  EXPECT_THAT(all, Contains("upgrade BRCAS1 8.1.240.6 -> upgrade HQMBX1 8.1.240.6"));
  EXPECT_THAT(all, Not(Contains("upgrade HQUM1 8.1.240.6 -> upgrade HQMBX1 8.1.240.6")));
}

TEST(Draft, TheOrderOfRolesIsThePolicysAndEveryPlanKeepsIt) {
  const AllRoles contoso;
  for (const DraftStep& step : draft(contoso.organisation, contoso.policy).steps) {
    if (step.step.server != contoso.hub) continue;
    ASSERT_EQ(step.after.size(), 1U);
    EXPECT_EQ(step.after.front().purpose, Purpose::policy);
    EXPECT_EQ(step.after.front().force, Force::necessary);
    EXPECT_THAT(step.after.front().reason, ::testing::StartsWith("HQCAS1 is upgraded before HQHUB1"));
  }
}

TEST(Draft, AServerThatIsNoCasIsNotDrained) {
  AllRoles contoso;
  contoso.other("HQMBX2", Role::mailbox);
  contoso.policy.target = sp1_ru9;  // two hops
  const auto steps = words(contoso.organisation, draft(contoso.organisation, contoso.policy));
  EXPECT_THAT(steps, Contains("upgrade HQMBX2 8.1.393.1"));
  EXPECT_THAT(steps, Contains("drain HQCAS1"));
  EXPECT_THAT(steps, Not(Contains("drain HQMBX1")));
}

TEST(Draft, EveryStepAndEveryArrowHasAReason) {
  TwoSites contoso;
  contoso.cas("HQCAS2", contoso.hq, rtm);
  Policy policy = policy_to(sp1_ru9);
  policy.targets[contoso.target] = sp1_ru5;
  for (const DraftStep& step : draft(contoso.organisation, policy).steps) {
    EXPECT_FALSE(step.why.empty());
    for (const DraftArrow& arrow : step.after) EXPECT_FALSE(arrow.reason.empty());
  }
}

}  // namespace
}  // namespace casplan::planner
