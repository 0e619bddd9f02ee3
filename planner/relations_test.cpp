#include "planner/relations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

Relations relations(const Organisation& organisation, const Policy& policy) {
  std::vector<std::string> missing;
  const Changes changes = upgrade_changes(organisation, policy, missing);
  return relations_of(organisation, policy, version_paths(organisation),
                      PhaseTable(organisation, changes, policy.readings));
}

MATCHER_P2(Orders, out, in, "") {
  return arg.out == out && arg.in == in;
}
MATCHER_P2(Puts, folder, front, "") {
  return arg.front == front && arg.folder == folder_of(folder);
}
MATCHER_P(IsForced, force, "") {
  return arg.force == force;
}

TEST(VersionPaths, AreThoseThatAreProxiedByTheVersionRule) {
  TwoSites contoso;
  const auto empty = contoso.site("Empty", 0);
  contoso.cas("EMPTYCAS", empty, rtm);
  contoso.cas("HQCAS2", contoso.hq, rtm);
  const auto redirected = contoso.site("Redirected", 10);
  contoso[contoso.cas("RDCAS", redirected, rtm)].external_url = "https://rd.contoso.com/owa";
  const auto faulty = contoso.site("Faulty", 10);
  contoso[contoso.cas("HTTPCAS", faulty, rtm)].internal_url = "http://httpcas/owa";
  EXPECT_THAT(version_paths(contoso.organisation),
              ElementsAre(ProxyPath{contoso.front, contoso.target, contoso.branch}));
}

TEST(Relations, TheFrontIsOutBeforeItsTargetComesBack) {
  const TwoSites contoso;
  const Relations found = relations(contoso.organisation, policy_to(sp1));
  EXPECT_THAT(found.out_before_in,
              ElementsAre(AllOf(Orders(contoso.front, contoso.target), IsForced(Force::necessary))));
}

TEST(Relations, AFrontThatNeedsNoChangeWaitsForNobody) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  const Relations found = relations(contoso.organisation, policy_to(sp1));
  EXPECT_THAT(found.out_before_in, IsEmpty());
  EXPECT_THAT(found.with_front, IsEmpty());
}

TEST(Relations, TheOrderIsOnlyChosenWhereAnOlderFrontMayWorkWithTheFolder) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.readings.older_front = OlderFront::needs_folder;
  const Relations found = relations(contoso.organisation, policy);
  EXPECT_THAT(found.out_before_in, ElementsAre(IsForced(Force::chosen)));
}

TEST(Relations, ServersThatProxyToEachOtherAreOutTogetherAndNeedNoFolder) {
  TwoSites contoso;
  contoso.organisation.entry_points.front().share = 60;
  contoso.entry_point("branch.contoso.com", {contoso.target}, 40);
  const Relations found = relations(contoso.organisation, policy_to(sp1));
  EXPECT_THAT(found.out_before_in,
              UnorderedElementsAre(Orders(contoso.front, contoso.target), Orders(contoso.target, contoso.front)));
  EXPECT_THAT(found.with_front, IsEmpty());
}

/// Consequence 5 of the rules: one copy for each distinct version among the targets that the front lacks.
TEST(Relations, OneFolderIsCopiedForEachVersionAmongTheTargetsThatStayBehind) {
  TwoSites contoso;
  const auto second = contoso.cas("BRCAS2", contoso.branch, rtm);
  const auto other = contoso.site("Branch2", 20);
  const auto third = contoso.cas("BR2CAS1", other, rtm_ru5);
  contoso.runs(contoso.front, rtm_ru5, {rtm, rtm_ru5});
  const Relations found = relations(contoso.organisation, policy_to(sp1));
  ASSERT_THAT(found.with_front, UnorderedElementsAre(Puts(rtm, contoso.front), Puts(rtm_ru5, contoso.front)));
  EXPECT_THAT(found.with_front[0].targets, UnorderedElementsAre(contoso.target, second));
  EXPECT_THAT(found.with_front[1].targets, UnorderedElementsAre(third));
}

TEST(Relations, ASourceThatDoesNotChangeIsPreferred) {
  TwoSites contoso;
  const auto lasting = contoso.cas("HQCAS9", contoso.hq, rtm);
  Policy policy = policy_to(sp1);
  policy.frozen = {lasting};
  const Relations found = relations(contoso.organisation, policy);
  ASSERT_THAT(found.with_front, SizeIs(1));
  EXPECT_THAT(found.with_front.front().sources, ElementsAre(lasting, contoso.target));
}

TEST(Relations, WhereEverySourceMayLoseTheFolderOneIsChosen) {
  TwoSites contoso;
  contoso.cas("BRCAS2", contoso.branch, rtm);
  const Relations found = relations(contoso.organisation, policy_to(sp1));
  ASSERT_THAT(found.with_front, SizeIs(1));
  EXPECT_THAT(found.with_front.front().sources, ElementsAre(contoso.target));
  EXPECT_FALSE(found.with_front.front().stays_at_source);
}

TEST(Relations, AFolderForAPathThatFailsTodayMendsIt) {
  TwoSites contoso;
  contoso.runs(contoso.front, rtm_ru5, {rtm_ru5});
  const Relations found = relations(contoso.organisation, policy_to(sp1));
  ASSERT_THAT(found.with_front, SizeIs(1));
  EXPECT_THAT(found.with_front.front().broken_today, ElementsAre(contoso.target));
}

/// Consequence 9 of the rules, first half.
TEST(Relations, AFrozenFrontCapsItsTargetsAndIsNamed) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.front};
  EXPECT_THAT(relations(contoso.organisation, policy).because,
              ElementsAre(AllOf(HasSubstr("HQCAS1 is frozen at OWA version 8.0.685.24"), HasSubstr("BRCAS1"),
                                HasSubstr("8.1.240.5"))));
}

/// Consequence 9, second half: a frozen target keeps its folder needed on its fronts, to the end.
TEST(Relations, AFrozenTargetsFolderIsCopiedToItsFront) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.target};
  const Relations found = relations(contoso.organisation, policy);
  EXPECT_THAT(found.because, IsEmpty());
  EXPECT_THAT(found.with_front, ElementsAre(Puts(rtm, contoso.front)));
}

TEST(Relations, AFrozenTargetAndForbiddenCopiesExcludeEachOther) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.target};
  policy.copies = 0;
  EXPECT_THAT(relations(contoso.organisation, policy).because,
              ElementsAre(AllOf(HasSubstr("HQCAS1"), HasSubstr("BRCAS1"), HasSubstr("The policy allows no copies"))));
}

/// Once the target holds a higher folder, nobody needs that one any more.
TEST(Relations, AFolderThatIsButTheHighestOfATargetDoesNotProveThatCopiesAreTooFew) {
  TwoSites contoso;
  contoso.runs(contoso.target, rtm, {rtm, rtm_ru5});
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.target};
  policy.copies = 1;
  const Relations found = relations(contoso.organisation, policy);
  EXPECT_THAT(found.because, IsEmpty());
  EXPECT_THAT(found.not_found, Not(IsEmpty()));
}

TEST(Relations, ForbiddenCopiesTakeTheTargetOutBeforeItsFrontReturns) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.copies = 0;
  const Relations found = relations(contoso.organisation, policy);
  EXPECT_THAT(found.with_front, IsEmpty());
  EXPECT_THAT(found.because, IsEmpty());
  EXPECT_THAT(found.out_before_in,
              UnorderedElementsAre(AllOf(Orders(contoso.front, contoso.target), IsForced(Force::necessary)),
                                   AllOf(Orders(contoso.target, contoso.front), IsForced(Force::chosen))));
}

TEST(Relations, ANumberOfCopiesIsSpentOnTheFolderWithMoreUsersBehindIt) {
  TwoSites contoso;
  contoso.runs(contoso.front, rtm_ru5, {rtm, rtm_ru5});
  const auto small = contoso.site("Small", 7);
  const auto few = contoso.cas("SMALLCAS", small, rtm_ru5);
  Policy policy = policy_to(sp1);
  policy.copies = 1;
  const Relations found = relations(contoso.organisation, policy);
  EXPECT_THAT(found.with_front, ElementsAre(Puts(rtm, contoso.front)));
  EXPECT_THAT(found.out_before_in, UnorderedElementsAre(Orders(contoso.front, contoso.target),
                                                        Orders(contoso.front, few), Orders(few, contoso.front)));
}

/// The target ends on a rollup below its front's: only its own upgrade brings the folder that the front will need.
TEST(Relations, AFolderThatOnlyTheTargetsUpgradeBringsIsCopiedWithTheTarget) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso.runs(contoso.target, sp1, {sp1});
  Policy policy = policy_to(sp1_ru9);
  policy.targets[contoso.target] = sp1_ru5;
  const Relations found = relations(contoso.organisation, policy);
  EXPECT_THAT(found.with_front, ElementsAre(Puts(sp1, contoso.front)));
  ASSERT_THAT(found.with_target, ElementsAre(Puts(sp1_ru5, contoso.front)));
  EXPECT_THAT(found.with_target.front().sources, ElementsAre(contoso.target));
}

TEST(Relations, AFrontThatOnlyHasToLoadAFolderIsRecycled) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  contoso[contoso.front].loaded_folders = folders_of({sp1});
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.target};
  const Relations found = relations(contoso.organisation, policy);
  EXPECT_THAT(found.recycle_only, ElementsAre(::testing::Pair(contoso.front, ElementsAre(contoso.target))));
  EXPECT_THAT(found.with_front, IsEmpty());
}

TEST(Relations, AFactWithoutWhichItCannotBeToldIsNamed) {
  TwoSites contoso;
  contoso[contoso.target].folders.reset();
  EXPECT_THAT(relations(contoso.organisation, policy_to(sp1)).missing,
              ElementsAre(HasSubstr("The resource folders of BRCAS1 were not listed")));
  Policy running = policy_to(sp1);
  running.readings.folder_match = FolderMatch::running;
  EXPECT_THAT(relations(contoso.organisation, running).missing, IsEmpty());
}

}  // namespace
}  // namespace casplan::planner
