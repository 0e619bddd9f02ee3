#include "planner/heal_by_copy.h"

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

/// The organisation of the KB, broken: the front is on SP1, both branches are on RTM.
struct Broken : TwoSites {
  SiteId zurich = site("Zurich", 80);
  ServerId zurich_cas = cas("ZHEX1", zurich, rtm);

  Broken() { runs(front, sp1, {sp1}); }
};

TEST(HealByCopy, PutsEachMissingFolderOnTheFrontOnceAndLoadsIt) {
  Broken contoso;
  contoso.runs(contoso.zurich_cas, rtm_ru5, {rtm, rtm_ru5});
  contoso.cas("BRCAS2", contoso.branch, rtm);
  const Plan plan = planned(contoso.organisation, policy_of(Goal::heal_by_copy));
  EXPECT_THAT(words(contoso.organisation, plan),
              ElementsAre("ensure_folder HQCAS1 8.0.685.24", "ensure_folder HQCAS1 8.0.752.0", "recycle HQCAS1"));
  EXPECT_THAT(plan.outcome->because, IsEmpty());
}

TEST(HealByCopy, TakesAFolderFromTheTargetsThatNeedItBeforeOthersThatAreAsFar) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const ServerId redirected = contoso.cas("LABCAS1", contoso.site("Lab", 10), rtm);
  contoso[redirected].external_url = "https://lab.contoso.com/owa";
  const ServerId other = contoso.cas("ZHEX1", contoso.site("Zurich", 80), rtm);
  const Plan plan = planned(contoso.organisation, policy_of(Goal::heal_by_copy));
  EXPECT_THAT(step_of(contoso.organisation, plan, "ensure_folder HQCAS1 8.0.685.24").step.sources,
              ElementsAre(contoso.target, other, redirected));
}

TEST(HealByCopy, AFolderThatIsThereButNotLoadedAsksForARecycleOnly) {
  Broken contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  contoso[contoso.front].loaded_folders = folders_of({sp1});
  EXPECT_THAT(words(contoso.organisation, planned(contoso.organisation, policy_of(Goal::heal_by_copy))),
              ElementsAre("recycle HQCAS1"));
}

TEST(HealByCopy, WhereNoPathFailsThereIsNothingToMend) {
  const TwoSites contoso;
  const Plan plan = planned(contoso.organisation, policy_of(Goal::heal_by_copy));
  EXPECT_THAT(plan.steps, IsEmpty());
  EXPECT_THAT(plan.outcome->because, ElementsAre("No path fails today, so there is nothing to mend."));
}

TEST(HealByCopy, AnOlderFrontIsNamedWithWhatWouldMendIt) {
  Broken contoso;
  contoso.runs(contoso.zurich_cas, sp2, {sp2});
  const Plan plan = planned(contoso.organisation, policy_of(Goal::heal_by_copy));
  EXPECT_THAT(words(contoso.organisation, plan), ElementsAre("ensure_folder HQCAS1 8.0.685.24", "recycle HQCAS1"));
  EXPECT_THAT(plan.outcome->because,
              ElementsAre(AllOf(HasSubstr("HQCAS1"), HasSubstr("ZHEX1"), HasSubstr("Upgrade HQCAS1"))));
}

TEST(HealByCopy, WhatNoFolderMendsIsNamedThoughAServerReturnsFirst) {
  Broken contoso;
  contoso.runs(contoso.zurich_cas, sp2, {sp2});
  const ServerId spare = contoso.cas("HQCAS2", contoso.hq, sp1);
  contoso[spare].in_service = false;
  Policy policy = policy_of(Goal::heal_by_copy);
  policy.to_return = {spare};
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_THAT(words(contoso.organisation, plan),
              ElementsAre("return HQCAS2", "ensure_folder HQCAS1 8.0.685.24", "recycle HQCAS1"));
  EXPECT_THAT(plan.outcome->because, ElementsAre(HasSubstr("Upgrade HQCAS1")));
}

TEST(HealByCopy, OnlyOlderFrontsAreProvedToBeBeyondCopying) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1, {sp1});
  EXPECT_THAT(why_infeasible(contoso.organisation, policy_of(Goal::heal_by_copy)),
              ElementsAre(HasSubstr("Upgrade HQCAS1 at least as far")));
}

TEST(HealByCopy, MoreFoldersThanThePolicyAllowsAreProvedInfeasible) {
  const Broken contoso;
  Policy policy = policy_of(Goal::heal_by_copy);
  policy.copies = 0;
  EXPECT_THAT(why_infeasible(contoso.organisation, policy),
              ElementsAre(AllOf(HasSubstr("takes 1 copy"), HasSubstr("the policy allows 0"))));
}

TEST(HealByCopy, AFolderThatNobodyHoldsIsNamed) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso[contoso.target].folders = FolderList{};
  EXPECT_THAT(why_infeasible(contoso.organisation, policy_of(Goal::heal_by_copy)),
              ElementsAre(HasSubstr("Folder 8.0.685.24, which HQCAS1 lacks, is on no server")));
}

TEST(HealByCopy, AFolderThatWouldSpoilAMutualFrontIsNotCopied) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {sp2});
  contoso.runs(contoso.target, rtm, {rtm, sp3_ru1});
  contoso.entry_point("branch.contoso.com", {contoso.target}, 0);
  EXPECT_THAT(why_not_found(contoso.organisation, policy_of(Goal::heal_by_copy)),
              ElementsAre(AllOf(HasSubstr("would be the highest on HQCAS1"), HasSubstr("folder_match=highest"))));
}

TEST(HealByCopy, AFactThatDecidesAPathIsAskedFor) {
  Broken contoso;
  contoso[contoso.target].build.reset();
  EXPECT_THAT(missing_facts(contoso.organisation, policy_of(Goal::heal_by_copy)),
              ElementsAre(HasSubstr("The OWA version of BRCAS1 is not known")));
}

}  // namespace
}  // namespace casplan::planner
