#include "verifier/counterexamples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

namespace casplan::verifier {
namespace {

using namespace modelled;
using ::testing::ElementsAre;

TEST(AMissingArrow, IsOneThatHelps) {
  const TwoSites contoso;
  Plan plan = timed({{recycle(contoso.front), 0, 2},
                     {drain(contoso.front), 2, 7},
                     {upgrade(contoso.front, sp1), 7, 97},
                     {return_to_service(contoso.front), 97, 98},
                     {upgrade(contoso.target, sp1), 7, 97}});
  plan.steps[2].after = {{StepIndex{1}, "drained first"}};
  plan.steps[3].after = {{StepIndex{2}, "upgraded first"}, {StepIndex{4}, "the front returns to an equal"}};
  const Report report = verify(contoso.organisation, plan, {});
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_THAT(report.counterexample->order, ElementsAre(StepIndex{4}));
  EXPECT_EQ(report.counterexample->missing_arrow, (MissingArrow{StepIndex{1}, StepIndex{4}}))
      << "that the target waits for the recycle does not help";
}

TEST(ACounterexample, CountsTheStepsOfOtherServersThatMustComeBefore) {
  TwoSites contoso;
  const ServerId helper = contoso.cas("HQCAS2", contoso.hq, rtm);
  Plan plan = sequence({recycle(helper), recycle(helper), recycle(helper), upgrade(contoso.target, sp1),
                        recycle(contoso.front), upgrade(contoso.front, sp1)});
  plan.steps[4].after.clear();
  const Report report = verify(contoso.organisation, plan, {});
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_THAT(report.counterexample->order, ElementsAre(StepIndex{4}, StepIndex{5}))
      << "the upgrade of the target, which also breaks the path, waits for three steps";
}

TEST(ACounterexample, OfTheEndHasTheStepsInTheOrderThatLeadsThere) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  FixedReadings fixed;
  fixed.folder_load = FolderLoad::at_start;
  const Plan plan = timed({{ensure_folder(contoso.front, folder_of(rtm)), 0, 10}, {recycle(contoso.front), 10, 12}});
  const Report report = verify(contoso.organisation, plan, fixed);
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::event46_at_the_end);
  EXPECT_THAT(report.counterexample->order, ElementsAre(StepIndex{1}, StepIndex{0})) << "the restart came too early";
}

TEST(ACounterexample, IsNotTheEndOfAPlanThatCannotBeCarriedOut) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1, {sp1});
  const ServerId helper = contoso.cas("HQCAS2", contoso.hq, rtm);
  const Report report = verify(contoso.organisation, sequence({drain(helper), drain(helper)}), {});
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::step_refused) << "though fewer steps lead to the end of a path";
}

}  // namespace
}  // namespace casplan::verifier
