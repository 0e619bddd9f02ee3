#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

namespace casplan::verifier {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Report verified(const Organisation& organisation, const Plan& plan) {
  return verify(organisation, plan, {});
}

std::vector<std::string> ids(const Plan& plan, const std::vector<StepIndex>& steps) {
  std::vector<std::string> found;
  for (const StepIndex step : steps) found.push_back(at(plan.steps, step).id);
  return found;
}

TEST(AllOrders, APlanWhoseScheduleIsSafeByLuckIsUnsafe) {
  const TwoSites contoso;
  const Plan plan = timed({{upgrade(contoso.front, sp1), 0, 90}, {upgrade(contoso.target, sp1), 0, 90}});
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::unsafe) << "nothing keeps one from being finished long before the other";
  EXPECT_EQ(report.counterexample->kind, ViolationKind::event46_on_the_way);
}

TEST(AllOrders, ACopyNeedsItsSourceUntilItIsTaken) {
  const TwoSites contoso;
  Plan plan = timed({{drain(contoso.front), 0, 5},
                     {upgrade(contoso.front, sp1), 5, 95},
                     {ensure_folder(contoso.front, folder_of(rtm), {contoso.target}), 95, 105},
                     {recycle(contoso.front), 105, 107},
                     {return_to_service(contoso.front), 107, 108},
                     {upgrade(contoso.target, sp1), 108, 198}});
  for (std::size_t i = 1; i < 5; ++i) plan.steps[i].after = {{id_at<StepIndex>(i - 1), "one after the other"}};
  const Report loose = verified(contoso.organisation, plan);
  EXPECT_EQ(loose.safety, Safety::unsafe) << "the target may be upgraded first";
  plan.steps[5].after = {{StepIndex{2}, "the target is the source"}};
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::safe);
}

TEST(AllOrders, ASourceThatIsNamedTwiceIsOneSource) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {sp2});
  contoso.runs(contoso.target, sp1, {sp1});
  const Plan plan = timed({{ensure_folder(contoso.front, folder_of(sp1), {contoso.target, contoso.target}), 0, 10},
                           {upgrade(contoso.target, sp2), 10, 100}});
  const Report report = verified(contoso.organisation, plan);
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::step_refused);
}

TEST(AllOrders, ThatAreTooManyToFollowAreSaidNotToBeJudged) {
  const TwoSites contoso;
  const Report report = verified(contoso.organisation, sequence(std::vector<Step>(1000, recycle(contoso.front))));
  EXPECT_EQ(report.safety, Safety::cannot_tell) << "crews need not keep to the schedule";
  EXPECT_EQ(report.orders, Orders::schedule);
  EXPECT_EQ(report.failures, 0U);
}

TEST(AllOrders, AStepThatDoesNotFitInSomeOrderIsRefused) {
  const TwoSites contoso;
  const Plan plan = timed({{drain(contoso.front), 0, 5}, {return_to_service(contoso.front), 5, 6}});
  const Report report = verified(contoso.organisation, plan);
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::step_refused);
  EXPECT_EQ(report.counterexample->step, StepIndex{1});
  EXPECT_THAT(report.counterexample->order, IsEmpty());
}

TEST(AllOrders, ACounterexampleNamesEveryStepThatMustHaveEndedBefore) {
  TwoSites contoso;
  const ServerId other = contoso.cas("HQCAS2", contoso.hq, rtm);
  Plan plan = timed({{upgrade(contoso.target, sp1), 200, 290},
                     {upgrade(other, sp1), 0, 90},
                     {upgrade(contoso.front, sp1), 300, 390}});
  plan.steps[0].after = {{StepIndex{1}, "the policy wants it"}};
  plan.steps[2].after = {{StepIndex{0}, "the wrong way round"}};
  const Report report = verified(contoso.organisation, plan);
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_THAT(ids(plan, report.counterexample->order), ElementsAre("s2", "s1"));
}

TEST(AllOrders, ACopyThatOnlyItsOwnServerCouldServeNeedsTheFolderThereToTheEnd) {
  TwoSites contoso;
  contoso.runs(contoso.front, rtm, {rtm, rtm_ru5});
  const Plan copy = sequence({drain(contoso.front), upgrade(contoso.front, sp1),
                              ensure_folder(contoso.front, folder_of(rtm_ru5), {contoso.target})});
  const Report report = verified(contoso.organisation, copy);
  ASSERT_EQ(report.safety, Safety::unsafe) << "the service pack removes it, and the target never holds it";
  EXPECT_EQ(report.counterexample->step, StepIndex{2});
}

TEST(AMissingArrow, IsFromTheFrontToTheTargetWhereNothingKeepsThemInOrder) {
  const TwoSites contoso;
  Plan plan = timed({{drain(contoso.front), 0, 5},
                     {upgrade(contoso.front, sp1), 5, 95},
                     {return_to_service(contoso.front), 95, 96},
                     {upgrade(contoso.target, sp1), 5, 95}});
  plan.steps[1].after = {{StepIndex{0}, "drained first"}};
  plan.steps[2].after = {{StepIndex{1}, "upgraded first"}, {StepIndex{3}, "the target must not be the older one"}};
  const Report report = verified(contoso.organisation, plan);
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_THAT(ids(plan, report.counterexample->order), ElementsAre("s4"));
  EXPECT_EQ(report.counterexample->missing_arrow, (MissingArrow{StepIndex{0}, StepIndex{3}}));
  plan.steps[3].after = {{StepIndex{0}, "the missing one"}};
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::safe);
}

TEST(AMissingArrow, IsFromACopyToTheUpgradeThatTakesItsSourceAway) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {sp2});
  contoso.runs(contoso.target, sp1, {sp1});
  const Plan copy = timed({{ensure_folder(contoso.front, folder_of(sp1), {contoso.target}), 0, 10},
                           {upgrade(contoso.target, sp2), 10, 100}});
  const Report report = verified(contoso.organisation, copy);
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->missing_arrow, (MissingArrow{StepIndex{0}, StepIndex{1}}));
}

TEST(AMissingArrow, IsNotFromACopyThatIsRefusedItself) {
  TwoSites contoso;
  const Plan plan = timed(
      {{ensure_folder(contoso.front, folder_of(sp1)), 0, 10}, {ensure_folder(contoso.target, folder_of(sp1)), 0, 10}});
  const Report report = verified(contoso.organisation, plan);
  ASSERT_EQ(report.counterexample->kind, ViolationKind::step_refused);
  EXPECT_FALSE(report.counterexample->missing_arrow) << "nobody holds the folder";
}

TEST(ACounterexample, IsNotTheEndOfAPlanThatCannotEnd) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1, {sp1});
  const Report report = verified(contoso.organisation, sequence({return_to_service(contoso.front)}));
  EXPECT_EQ(report.counterexample->kind, ViolationKind::step_refused);
}

TEST(AMissingArrow, IsFromTheCopyToTheRestartThatCameTooSoon) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso.runs(contoso.target, rtm, {rtm});
  contoso[contoso.front].in_service = false;
  Plan plan = timed({{ensure_folder(contoso.front, folder_of(rtm), {contoso.target}), 0, 10},
                     {recycle(contoso.front), 10, 12},
                     {return_to_service(contoso.front), 12, 13}});
  plan.steps[2].after = {{StepIndex{0}, "the folder comes first"}, {StepIndex{1}, "loaded first"}};
  const Report report = verified(contoso.organisation, plan);
  ASSERT_EQ(report.safety, Safety::unsafe) << "the restart may come before the copy";
  EXPECT_EQ(report.counterexample->missing_arrow, (MissingArrow{StepIndex{0}, StepIndex{1}}));
  plan.steps[1].after = {{StepIndex{0}, "the missing one"}};
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::safe);
}

TEST(AMissingArrow, IsFromACopyToACopyThatTakesItFromThere) {
  TwoSites contoso;
  const ServerId third = contoso.cas("ZHEX1", contoso.site("Zurich", 0), sp1);
  contoso.runs(contoso.front, sp2, {sp2});
  Plan plan = timed({{ensure_folder(contoso.target, folder_of(sp1), {third}), 0, 10},
                     {ensure_folder(contoso.front, folder_of(sp1), {contoso.target}), 10, 20}});
  const Report report = verified(contoso.organisation, plan);
  ASSERT_EQ(report.counterexample->kind, ViolationKind::step_refused);
  EXPECT_EQ(report.counterexample->step, StepIndex{1});
  EXPECT_EQ(report.counterexample->missing_arrow, (MissingArrow{StepIndex{0}, StepIndex{1}}));
}

TEST(AllOrders, AStepThatIsRefusedForWantOfAFactLeavesTheVerdictOpen) {
  TwoSites contoso;
  contoso[contoso.target].folders.reset();
  const Plan copy = sequence({ensure_folder(contoso.front, folder_of(rtm_ru5), {contoso.target})});
  EXPECT_EQ(verified(contoso.organisation, copy).safety, Safety::cannot_tell);
  contoso[contoso.target].build.reset();
  const Plan patch = sequence({upgrade(contoso.front, sp1), upgrade(contoso.target, sp1)});
  contoso[contoso.front].in_service = false;
  EXPECT_EQ(verified(contoso.organisation, patch).safety, Safety::cannot_tell);
}

TEST(AMissingArrow, IsNotNamedWhereTheEndItselfIsWrong) {
  TwoSites contoso;
  contoso.runs(contoso.front, rtm, {rtm});
  contoso.runs(contoso.target, sp1, {sp1});
  const Report report = verified(contoso.organisation, sequence({upgrade(contoso.target, sp2)}));
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::event46_at_the_end);
  EXPECT_FALSE(report.counterexample->missing_arrow);
}

TEST(ACounterexample, IsTheOneToWhichTheFewestStepsLead) {
  TwoSites contoso;
  const ServerId second = contoso.cas("ZHEX1", contoso.site("Zurich", 100), rtm);
  Plan plan =
      timed({{recycle(contoso.target), 0, 2}, {upgrade(contoso.target, sp1), 2, 92}, {upgrade(second, sp1), 0, 90}});
  plan.steps[1].after = {{StepIndex{0}, "drawn"}};
  const Report report = verified(contoso.organisation, plan);
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->path->target, second) << "one step leads there, and two lead to BRCAS1";
  EXPECT_THAT(ids(plan, report.counterexample->order), ElementsAre("s3"));
}

TEST(AllOrders, AreFollowedWhereAnotherServerHasTooManySteps) {
  const TwoSites contoso;
  std::vector<Step> steps(300, recycle(contoso.target));
  steps.push_back(upgrade(contoso.target, sp1));
  const Report report = verified(contoso.organisation, sequence(steps));
  ASSERT_EQ(report.safety, Safety::unsafe) << "the schedule shows it";
  EXPECT_EQ(report.orders, Orders::schedule);
  EXPECT_EQ(report.counterexample->order.size(), 301U);
}

TEST(AllOrders, OfAHundredThousandStepsAreNoBurden) {
  const TwoSites contoso;
  FixedReadings one;
  for (std::size_t reading = 0; reading < reading_names().size(); ++reading) fix(one, reading, 0);
  const Plan plan = sequence(std::vector<Step>(100'000, recycle(contoso.front)));
  const Report report = verify(contoso.organisation, plan, one);
  EXPECT_EQ(report.safety, Safety::cannot_tell);
  EXPECT_EQ(report.orders, Orders::schedule);
}

}  // namespace
}  // namespace casplan::verifier
