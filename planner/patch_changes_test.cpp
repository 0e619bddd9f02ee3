#include "planner/patch_changes.h"

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

/// The organisation of the KB, broken: the front is on SP1, both branches are on RTM.
struct Broken : TwoSites {
  SiteId zurich = site("Zurich", 80);
  ServerId zurich_cas = cas("ZHEX1", zurich, rtm);

  Broken() { runs(front, sp1, {sp1}); }
};

TEST(HealByPatch, BringsTheTargetsToTheirFrontsBuild) {
  const Broken contoso;
  EXPECT_THAT(
      words(contoso.organisation, planned(contoso.organisation, policy_of(Goal::heal_by_patch))),
      UnorderedElementsAre("upgrade BRCAS1 8.1.240.6", "drain ZHEX1", "upgrade ZHEX1 8.1.240.6", "return ZHEX1"))
      << "nobody at Zurich meets Event 46 once its CAS is drained";
}

TEST(HealByPatch, LeavesATargetAloneWhoseFolderTheFrontHas) {
  Broken contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  contoso.runs(contoso.zurich_cas, rtm_ru5, {rtm, rtm_ru5});
  EXPECT_THAT(words(contoso.organisation, planned(contoso.organisation, policy_of(Goal::heal_by_patch))),
              ElementsAre("upgrade ZHEX1 8.1.240.6"));
}

TEST(HealByPatch, RaisesTheFrontWhereItIsTheOlderOne) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1_ru5, {sp1, sp1_ru5});
  EXPECT_THAT(
      patch_changes(contoso.organisation, policy_of(Goal::heal_by_patch), version_paths(contoso.organisation)).changes,
      ElementsAre(Pair(contoso.front, ElementsAre(sp1, sp1_ru5))));
  EXPECT_THAT(words(contoso.organisation, planned(contoso.organisation, policy_of(Goal::heal_by_patch))),
              ElementsAre("upgrade HQCAS1 8.1.240.6", "upgrade HQCAS1 8.1.336.1"));
}

TEST(HealByPatch, AFrontThatIsRaisedTakesItsOtherTargetsAlong) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1, {sp1});
  const auto zurich = contoso.site("Zurich", 80);
  const auto along = contoso.cas("ZHEX1", zurich, rtm);
  const auto found =
      patch_changes(contoso.organisation, policy_of(Goal::heal_by_patch), version_paths(contoso.organisation));
  EXPECT_THAT(found.changes,
              UnorderedElementsAre(Pair(contoso.front, ElementsAre(sp1)), Pair(along, ElementsAre(sp1))));
  EXPECT_THAT(found.impossible, IsEmpty());
}

TEST(HealByPatch, AFrozenServerIsNamed) {
  const Broken contoso;
  Policy policy = policy_of(Goal::heal_by_patch);
  policy.frozen = {contoso.target};
  EXPECT_THAT(why_infeasible(contoso.organisation, policy),
              ElementsAre("BRCAS1 would have to be brought to the build of HQCAS1 (8.1.240.6), but it is frozen. "
                          "Unfreeze it, or heal by copy."));
}

TEST(HealByPatch, NoServerIsPatchedToAnotherProduct) {
  TwoSites contoso;
  contoso.runs(contoso.front, exchange2010, {exchange2010});
  EXPECT_THAT(why_infeasible(contoso.organisation, policy_of(Goal::heal_by_patch)),
              ElementsAre(HasSubstr("that is another product")));
}

TEST(HealByPatch, NoServerIsPatchedToAWithdrawnRollup) {
  TwoSites contoso;
  constexpr BuildVersion withdrawn{{8, 3, 159, 0}};
  contoso.runs(contoso.front, withdrawn, {withdrawn});
  EXPECT_THAT(why_infeasible(contoso.organisation, policy_of(Goal::heal_by_patch)),
              ElementsAre(HasSubstr("that rollup was withdrawn")));
}

TEST(HealByPatch, WhereNoPathFailsThereIsNothingToDo) {
  const TwoSites contoso;
  EXPECT_THAT(planned(contoso.organisation, policy_of(Goal::heal_by_patch)).steps, IsEmpty());
}

TEST(HealByPatch, AFactThatDecidesAPathIsAskedFor) {
  Broken contoso;
  contoso[contoso.target].build.reset();
  contoso[contoso.target].owa_version = folder_of(rtm);
  EXPECT_THAT(missing_facts(contoso.organisation, policy_of(Goal::heal_by_patch)), ElementsAre(HasSubstr("BRCAS1")));
}

}  // namespace
}  // namespace casplan::planner
