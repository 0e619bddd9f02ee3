#include "planner/changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(Hops, AServicePackIsInstalledOverAnyEarlierLevel) {
  EXPECT_THAT(hops(rtm, sp2), ElementsAre(sp2));
  EXPECT_THAT(hops(sp1_ru9, sp2), ElementsAre(sp2));
}

TEST(Hops, ARollupOfTheServersOwnLevelIsOneHop) {
  EXPECT_THAT(hops(sp1, sp1_ru9), ElementsAre(sp1_ru9));
  EXPECT_THAT(hops(sp1_ru5, sp1_ru9), ElementsAre(sp1_ru9));
}

TEST(Hops, TheServicePackComesBeforeARollupOfALaterLevel) {
  EXPECT_THAT(hops(rtm, sp1_ru9), ElementsAre(sp1, sp1_ru9));
  EXPECT_THAT(hops(rtm_ru5, sp1_ru5), ElementsAre(sp1, sp1_ru5));
}

TEST(Hops, RollupsAreRemovedInOneHop) {
  EXPECT_THAT(hops(sp1_ru9, sp1), ElementsAre(sp1));
  EXPECT_THAT(hops(sp1_ru9, sp1_ru5), ElementsAre(sp1_ru5));
}

TEST(Hops, NeverGoBackOverAServicePackOrNowhere) {
  EXPECT_THROW((void)hops(sp1, rtm), ContractViolation);
  EXPECT_THROW((void)hops(sp1, sp1), ContractViolation);
  EXPECT_THROW((void)hops(sp1, BuildVersion{{8, 1, 241, 0}}), ContractViolation) << "not in the catalogue";
}

TEST(UpgradeChanges, NameEveryServerThatIsBelowItsTarget) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1, {sp1});
  std::vector<std::string> missing;
  EXPECT_THAT(upgrade_changes(contoso.organisation, policy_to(sp1), missing),
              UnorderedElementsAre(Pair(contoso.front, ElementsAre(sp1))));
  EXPECT_THAT(missing, IsEmpty());
}

TEST(UpgradeChanges, LeaveFrozenServersAndOtherProductsAndServersWithoutTheRoleAsTheyAre) {
  TwoSites contoso;
  const auto newer = contoso.cas("EX2010", contoso.hq, exchange2010);
  const auto hub = contoso.cas("HUB", contoso.hq, rtm);
  contoso[hub].roles = {Role::hub_transport};
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.target};
  std::vector<std::string> missing;
  const Changes changes = upgrade_changes(contoso.organisation, policy, missing);
  EXPECT_THAT(changes, UnorderedElementsAre(Pair(contoso.front, ElementsAre(sp1))));
  EXPECT_FALSE(changes.contains(newer));
}

TEST(UpgradeChanges, NameServersOfOtherRolesWhereThePolicyAsksForAll) {
  TwoSites contoso;
  const auto hub = contoso.cas("HUB", contoso.hq, rtm);
  const auto edge = contoso.cas("EDGE", contoso.hq, rtm);
  const auto mailbox = contoso.cas("MBX", contoso.branch, rtm);
  contoso[hub].roles = {Role::hub_transport};
  contoso[edge].roles = {Role::edge_transport};
  contoso[mailbox].roles = {Role::mailbox};
  Policy policy = policy_to(sp1);
  policy.roles = UpgradedRoles::all;
  policy.frozen = {mailbox};
  std::vector<std::string> missing;
  EXPECT_THAT(upgrade_changes(contoso.organisation, policy, missing),
              UnorderedElementsAre(Pair(contoso.front, ElementsAre(sp1)), Pair(contoso.target, ElementsAre(sp1)),
                                   Pair(hub, ElementsAre(sp1))));
  EXPECT_THAT(missing, IsEmpty());
}

TEST(UpgradeChanges, AskForTheSiteOfAServerOfAnotherRoleThatChanges) {
  TwoSites contoso;
  const auto hub = contoso.cas("HUB", contoso.hq, rtm);
  contoso[hub].roles = {Role::hub_transport};
  contoso[hub].site.reset();
  Policy policy = policy_to(sp1);
  policy.roles = UpgradedRoles::all;
  std::vector<std::string> missing;
  (void)upgrade_changes(contoso.organisation, policy, missing);
  EXPECT_THAT(missing, ElementsAre(HasSubstr("The AD site of HUB is not known")));
  missing.clear();
  policy.frozen = {hub};
  (void)upgrade_changes(contoso.organisation, policy, missing);
  EXPECT_THAT(missing, IsEmpty());
}

TEST(UpgradeChanges, TakeServersBackToAnEarlierBuildOfTheirLevelOnly) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1_ru9, {sp1_ru9});
  contoso.runs(contoso.target, sp2, {sp2});
  std::vector<std::string> missing;
  EXPECT_THAT(upgrade_changes(contoso.organisation, policy_to(sp1), missing),
              UnorderedElementsAre(Pair(contoso.front, ElementsAre(sp1))));
}

TEST(UpgradeChanges, PreferAServersOwnTarget) {
  const TwoSites contoso;
  Policy policy = policy_to(sp2);
  policy.targets[contoso.target] = sp1_ru9;
  std::vector<std::string> missing;
  EXPECT_THAT(
      upgrade_changes(contoso.organisation, policy, missing),
      UnorderedElementsAre(Pair(contoso.front, ElementsAre(sp2)), Pair(contoso.target, ElementsAre(sp1, sp1_ru9))));
}

TEST(UpgradeChanges, AskForTheBuildOfAServerThatIsNotFrozen) {
  TwoSites contoso;
  contoso[contoso.front].build.reset();
  contoso[contoso.target].build.reset();
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.target};
  std::vector<std::string> missing;
  EXPECT_THAT(upgrade_changes(contoso.organisation, policy, missing), IsEmpty());
  EXPECT_THAT(missing, ElementsAre(HasSubstr("The build of HQCAS1 is not known")));
}

}  // namespace
}  // namespace casplan::planner
