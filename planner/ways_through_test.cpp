#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

/// Rollback plans, folder sources, backups, targets that the policy wants first, and fronts of Exchange 2010, as they
/// are constructed where not all plans can be searched. Every plan is judged by the verifier.
namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr BuildVersion rtm_ru1{{8, 0, 708, 3}};
constexpr BuildVersion sp3_ru9{{8, 3, 298, 3}};
constexpr BuildVersion ex2010_sp1{{14, 1, 218, 15}};
constexpr BuildVersion ex2010_sp2{{14, 2, 247, 5}};
constexpr BuildVersion ex2010_sp2_ru1{{14, 2, 283, 3}};
constexpr BuildVersion ex2010_sp2_ru2{{14, 2, 298, 4}};

using Words = std::vector<std::string>;

Planning constructed(const Organisation& organisation, const Policy& policy) {
  Effort nothing_is_searched;
  nothing_is_searched.most_situations = 0;
  return make_plan(organisation, policy, nothing_is_searched);
}

/// The plan that is constructed, which the verifier finds safe.
Plan constructed_plan(const Organisation& organisation, const Policy& policy) {
  const Planning planning = constructed(organisation, policy);
  const auto* plan = std::get_if<Plan>(&planning);
  EXPECT_NE(plan, nullptr);
  if (plan == nullptr) return {};
  EXPECT_EQ(verifier::verify(organisation, *plan, policy.readings).safety, verifier::Safety::safe);
  return *plan;
}

Words steps(const Organisation& organisation, const Policy& policy) {
  return words(organisation, constructed_plan(organisation, policy));
}

/// Front and target on one build, with these folders.
TwoSites both_on(const BuildVersion& build, std::initializer_list<BuildVersion> folders) {
  TwoSites contoso;
  contoso.runs(contoso.front, build, folders);
  contoso.runs(contoso.target, build, folders);
  return contoso;
}

TEST(Rollback, TakesTargetsBackBeforeTheirFront) {
  const TwoSites contoso = both_on(sp1_ru9, {sp1, sp1_ru9});
  const Plan plan = constructed_plan(contoso.organisation, policy_to(sp1));
  EXPECT_THAT(words(contoso.organisation, plan), ElementsAre("upgrade BRCAS1 8.1.240.6", "upgrade HQCAS1 8.1.240.6"));
  EXPECT_THAT(arrows(contoso.organisation, plan), ElementsAre("upgrade BRCAS1 8.1.240.6 -> upgrade HQCAS1 8.1.240.6"));
  EXPECT_THAT(plan.steps.front().why, AllOf(HasSubstr("the rollups after it are removed"),
                                            HasSubstr("Look at the list of installed updates first")));
}

TEST(Rollback, PutsTheFolderThatComesBackOnTheFrontBeforeTheTargetServesWithIt) {
  TwoSites contoso = both_on(sp1_ru9, {sp1, sp1_ru9});
  contoso.runs(contoso.front, sp1_ru9, {sp1_ru9});
  EXPECT_THAT(steps(contoso.organisation, policy_to(sp1)),
              ElementsAre("drain BRCAS1", "upgrade BRCAS1 8.1.240.6", "ensure_folder HQCAS1 8.1.240.5",
                          "recycle HQCAS1", "return BRCAS1", "upgrade HQCAS1 8.1.240.6"));
}

TEST(Rollback, TakesTheFolderFromAServerThatKeepsItWhereThereIsOne) {
  TwoSites contoso = both_on(sp1_ru9, {sp1, sp1_ru9});
  contoso.runs(contoso.front, sp1_ru9, {sp1_ru9});
  const ServerId lasting = contoso.cas("HQCAS9", contoso.hq, sp1);
  const Plan plan = constructed_plan(contoso.organisation, policy_to(sp1));
  EXPECT_THAT(step_of(contoso.organisation, plan, "ensure_folder HQCAS1 8.1.240.5").step.sources, Contains(lasting));
}

TEST(Rollback, WithoutCopiesTakesTheFrontBackWhileTheTargetIsOut) {
  TwoSites contoso = both_on(sp1_ru9, {sp1, sp1_ru9});
  contoso.runs(contoso.front, sp1_ru9, {sp1_ru9});
  Policy policy = policy_to(sp1);
  policy.copies = 0;
  EXPECT_THAT(steps(contoso.organisation, policy),
              ElementsAre("drain BRCAS1", "upgrade HQCAS1 8.1.240.6", "upgrade BRCAS1 8.1.240.6", "return BRCAS1"));
}

TEST(Rollback, OfServersThatProxyToEachOtherTakesThemBackTogether) {
  TwoSites contoso = both_on(sp1_ru9, {sp1, sp1_ru9});
  contoso.organisation.entry_points.front().share = 60;
  contoso.entry_point("branch.contoso.com", {contoso.target}, 40);
  EXPECT_THAT(steps(contoso.organisation, policy_to(sp1)), AllOf(Contains("drain HQCAS1"), Contains("drain BRCAS1")));
}

/// A frozen target keeps its front from going below it (rules, section 4).
TEST(Rollback, OfAFrontBelowAFrozenTargetIsInfeasible) {
  const TwoSites contoso = both_on(sp1_ru9, {sp1, sp1_ru9});
  Policy policy = policy_to(sp1);
  policy.frozen = {contoso.target};
  const Planning planning = constructed(contoso.organisation, policy);
  const auto* infeasible = std::get_if<Infeasible>(&planning);
  ASSERT_NE(infeasible, nullptr);
  EXPECT_THAT(infeasible->because, ElementsAre(AllOf(HasSubstr("HQCAS1 is to run OWA version 8.1.240.5"),
                                                     HasSubstr("BRCAS1, which is frozen"))));
}

TEST(Rollback, OfAnArrayGivesEachFrontTheFolderAndAllOfThemComeAfterTheTargets) {
  TwoSites contoso = both_on(sp1_ru9, {sp1, sp1_ru9});
  contoso.runs(contoso.front, sp1_ru9, {sp1_ru9});
  const ServerId second = contoso.cas("HQCAS2", contoso.hq, sp1_ru9);
  contoso.organisation.entry_points.front().fronts.push_back(second);
  contoso.cas("BR2CAS1", contoso.site("Branch2", 50), sp1_ru9);
  EXPECT_THAT(steps(contoso.organisation, policy_to(sp1)),
              AllOf(Contains("ensure_folder HQCAS1 8.1.240.5"), Contains("ensure_folder HQCAS2 8.1.240.5")));
}

/// HQCAS1 alone holds the folder of RTM RU5, which BRCAS1 runs and has lost; HQCAS9 stays as it is.
struct LostFolder : TwoSites {
  ServerId keeper = cas("HQCAS9", hq, rtm);
  Policy policy = policy_to(sp1);

  LostFolder() {
    runs(target, rtm_ru5, {rtm});
    runs(front, {{8, 0, 783, 2}}, {rtm, rtm_ru5});
    policy.frozen = {keeper, target};
  }
};

TEST(Backup, IsTakenWhereTheFrontAloneHoldsAFolderThatItsServicePackRemoves) {
  const LostFolder contoso;
  const Plan plan = constructed_plan(contoso.organisation, contoso.policy);
  const auto& backup = step_of(contoso.organisation, plan, "ensure_folder HQCAS9 8.0.752.0");
  EXPECT_THAT(backup.step.sources, ElementsAre(contoso.front));
  EXPECT_THAT(backup.why, HasSubstr("HQCAS9 keeps a copy"));
  EXPECT_THAT(step_of(contoso.organisation, plan, "ensure_folder HQCAS1 8.0.752.0").step.sources,
              ElementsAre(contoso.keeper));
  EXPECT_THAT(arrows(contoso.organisation, plan),
              Contains("ensure_folder HQCAS9 8.0.752.0 -> upgrade HQCAS1 8.1.240.6"));
}

TEST(Backup, IsKeptByTheNearestServer) {
  LostFolder contoso;
  const SiteId far = contoso.site("Far", 0);
  const SiteId near = contoso.site("Near", 0);
  contoso[contoso.keeper].site = far;
  contoso.policy.frozen.insert(contoso.cas("NEARCAS", near, rtm));
  contoso.organisation.site_links = {{{contoso.hq, far}, 300}, {{contoso.hq, near}, 100}};
  EXPECT_THAT(steps(contoso.organisation, contoso.policy), Contains("ensure_folder NEARCAS 8.0.752.0"));
}

TEST(Backup, IsNotTakenWhereItWouldBeTheHighestFolderOfATarget) {
  LostFolder contoso;
  contoso[contoso.keeper].site = contoso.branch;
  const Planning planning = constructed(contoso.organisation, contoso.policy);
  const auto* none = std::get_if<NotFound>(&planning);
  ASSERT_NE(none, nullptr);
  EXPECT_THAT(none->because, ElementsAre(HasSubstr("No server that was listed holds that folder")));
}

TEST(Backup, CountsAsACopy) {
  LostFolder contoso;
  contoso.policy.readings.folder_match = FolderMatch::running;
  contoso.policy.copies = 2;
  EXPECT_THAT(steps(contoso.organisation, contoso.policy), Contains(HasSubstr("ensure_folder")).Times(2));
  contoso.policy.copies = 1;
  EXPECT_TRUE(std::holds_alternative<NotFound>(constructed(contoso.organisation, contoso.policy)));
}

TEST(FolderSource, IsTheNearestThatKeepsTheFolder) {
  TwoSites contoso;
  const SiteId far = contoso.site("Far", 0);
  const SiteId near = contoso.site("Near", 0);
  const ServerId unreachable = contoso.cas("LOSTCAS", contoso.site("Lost", 0), rtm);
  const ServerId far_away = contoso.cas("FARCAS", far, rtm);
  const ServerId nearest = contoso.cas("NEARCAS", near, rtm);
  contoso.organisation.site_links = {{{contoso.hq, contoso.branch, near}, 50}, {{near, far}, 60}};
  Policy policy = policy_to(sp1);
  policy.frozen = {unreachable, far_away, nearest};
  const Plan plan = constructed_plan(contoso.organisation, policy);
  EXPECT_THAT(step_of(contoso.organisation, plan, "ensure_folder HQCAS1 8.0.685.24").step.sources,
              ElementsAre(nearest, far_away, unreachable, contoso.target));
}

/// The front needs the folder of SP1 RU9 before and after its own service pack, which removes the first copy.
TEST(TargetFirst, BecauseThePolicyWantsItGivesTheFrontTheFolderBeforeItsChangeAndAgainAfterIt) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {rtm, sp2});
  Policy policy = policy_to(sp3_ru9);
  policy.targets[contoso.target] = sp1_ru9;
  policy.before = {{contoso.target, contoso.front}};
  EXPECT_THAT(steps(contoso.organisation, policy),
              ElementsAre("drain BRCAS1", "upgrade BRCAS1 8.1.240.6", "upgrade BRCAS1 8.1.393.1",
                          "ensure_folder HQCAS1 8.1.393.1", "recycle HQCAS1", "return BRCAS1", "drain HQCAS1",
                          "upgrade HQCAS1 8.3.83.6", "upgrade HQCAS1 8.3.298.3", "ensure_folder HQCAS1 8.1.393.1",
                          "recycle HQCAS1", "return HQCAS1"));
}

TEST(TargetFirst, OfAFrontThatDoesNotChangeIsNothingSpecial) {
  TwoSites contoso;
  contoso.runs(contoso.front, ex2010_sp1, {rtm, ex2010_sp1});
  Policy policy = policy_to(rtm_ru1);
  policy.before = {{contoso.target, contoso.front}};
  EXPECT_THAT(steps(contoso.organisation, policy), Contains("ensure_folder HQCAS1 8.0.700.0"));
}

TwoSites with_front_on(const BuildVersion& build) {
  TwoSites contoso;
  contoso.runs(contoso.front, build, {rtm, build});
  return contoso;
}

TEST(FrontOf2010, GetsTheFolderOfATargetThatIsUpgradedInTwoHopsBeforeThatServes) {
  const TwoSites contoso = with_front_on(ex2010_sp1);
  EXPECT_THAT(steps(contoso.organisation, policy_to(sp3_ru9)),
              ElementsAre("drain BRCAS1", "upgrade BRCAS1 8.3.83.6", "upgrade BRCAS1 8.3.298.3",
                          "ensure_folder HQCAS1 8.3.298.3", "recycle HQCAS1", "return BRCAS1"));
}

/// From RTM to SP1 RU9, and in a second plan on to SP3 RU9.
TEST(FrontOf2010, GetsTheFolderOfEachStationOfItsTarget) {
  TwoSites contoso = with_front_on(ex2010_sp1);
  EXPECT_THAT(steps(contoso.organisation, policy_to(sp1_ru9)), Contains("ensure_folder HQCAS1 8.1.393.1"));
  contoso.runs(contoso.front, ex2010_sp1, {rtm, ex2010_sp1, sp1_ru9});
  contoso.runs(contoso.target, sp1_ru9, {sp1, sp1_ru9});
  EXPECT_THAT(steps(contoso.organisation, policy_to(sp3_ru9)),
              ElementsAre("drain BRCAS1", "upgrade BRCAS1 8.3.83.6", "upgrade BRCAS1 8.3.298.3",
                          "ensure_folder HQCAS1 8.3.298.3", "recycle HQCAS1", "return BRCAS1"));
}

TEST(FrontOf2010, IsUpgradedItselfAndGetsBackTheFolderThatItsServicePackRemoves) {
  const TwoSites contoso = with_front_on(ex2010_sp1);
  EXPECT_THAT(steps(contoso.organisation, policy_to(ex2010_sp2_ru2)),
              ElementsAre("drain HQCAS1", "upgrade HQCAS1 14.2.247.5", "upgrade HQCAS1 14.2.298.4",
                          "ensure_folder HQCAS1 8.0.685.24", "recycle HQCAS1", "return HQCAS1"));
}

/// With SP2 Update Rollup 1 it cannot proxy to BRCAS1 until that has SP3 Update Rollup 7: users would meet Event 4999.
TEST(FrontOf2010, ThatCannotProxyToAnUnchangedTargetComesBackOnlyWhenThatIsOut) {
  const TwoSites contoso = with_front_on(ex2010_sp1);
  Policy policy = policy_to(sp3_ru9);
  policy.targets[contoso.front] = ex2010_sp2_ru1;
  const Plan plan = constructed_plan(contoso.organisation, policy);
  EXPECT_THAT(arrows(contoso.organisation, plan), Contains("drain BRCAS1 -> return HQCAS1"));
  EXPECT_THAT(words(contoso.organisation, plan), Not(Contains("ensure_folder HQCAS1 8.0.685.24")));
}

TEST(FrontOf2010, ThatCannotProxyToItsTargetInTheEndIsInfeasibleAndBothWaysOutAreNamed) {
  const TwoSites contoso = with_front_on(ex2010_sp2_ru1);
  const Planning planning = constructed(contoso.organisation, policy_to(sp2));
  const auto* infeasible = std::get_if<Infeasible>(&planning);
  ASSERT_NE(infeasible, nullptr);
  EXPECT_THAT(infeasible->because, ElementsAre(AllOf(HasSubstr("Update Rollup 2 or later for HQCAS1"),
                                                     HasSubstr("SP3 Update Rollup 7 or later for BRCAS1"))));
}

TEST(FrontOf2010, GoesBackByRemovingItsRollup) {
  TwoSites contoso;
  contoso.runs(contoso.front, ex2010_sp2_ru2, {rtm, ex2010_sp2, ex2010_sp2_ru2});
  EXPECT_THAT(steps(contoso.organisation, policy_to(ex2010_sp2)), ElementsAre("upgrade HQCAS1 14.2.247.5"));
}

}  // namespace
}  // namespace casplan::planner
