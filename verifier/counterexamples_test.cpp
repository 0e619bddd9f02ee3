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
