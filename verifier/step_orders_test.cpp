#include "verifier/step_orders.h"

#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

namespace casplan::verifier {
namespace {

using namespace modelled;

Plan in_no_order(const std::vector<Step>& steps) {
  Plan plan = sequence(steps);
  for (PlannedStep& step : plan.steps) step.after.clear();
  return plan;
}

Safety safety(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed = {}) {
  return verify(organisation, plan, fixed).safety;
}

/// Why a step is refused in some order; empty where none is.
std::optional<simulator::Refusal> refusal(const Organisation& organisation, const Plan& plan) {
  const Report report = verify(organisation, plan, {});
  if (!report.counterexample) return std::nullopt;
  EXPECT_EQ(report.counterexample->kind, ViolationKind::step_refused);
  return report.counterexample->refusal;
}

/// Contoso with a front that holds every folder of the branch, and servers that users do not reach.
struct WithHelpers : TwoSites {
  ServerId helper = cas("HQCAS2", hq, rtm);
  ServerId other = cas("HQCAS3", hq, sp1);

  WithHelpers() { runs(front, sp1, {rtm, rtm_ru5, sp1}); }
};

TEST(Steps, MustFitEveryServer) {
  const TwoSites contoso;
  const auto refused =
      refusal(contoso.organisation, in_no_order({recycle(contoso.front), return_to_service(contoso.target)}));
  EXPECT_EQ(refused, (simulator::Refusal{simulator::RefusalReason::already_in_service, contoso.target}));
}

TEST(ACopy, ToAServerThatIsNoFrontNeedsASourceToo) {
  const WithHelpers contoso;
  const auto refused = refusal(contoso.organisation, sequence({ensure_folder(contoso.helper, folder_of(sp2))}));
  EXPECT_EQ(refused, (simulator::Refusal{simulator::RefusalReason::no_source, contoso.helper}));
}

TEST(ACopy, IsTakenFromTheServersThatItNamesAndNoOthers) {
  const WithHelpers contoso;
  const auto refused =
      refusal(contoso.organisation, sequence({ensure_folder(contoso.helper, folder_of(sp1), {contoso.target})}));
  EXPECT_EQ(refused, (simulator::Refusal{simulator::RefusalReason::no_source, contoso.helper}));
}

TEST(ACopy, FromAServerThatWasNotListedMayFindNothing) {
  WithHelpers contoso;
  contoso[contoso.other].folders.reset();
  const auto refused =
      refusal(contoso.organisation, sequence({ensure_folder(contoso.helper, folder_of(sp2), {contoso.other})}));
  EXPECT_EQ(refused, (simulator::Refusal{simulator::RefusalReason::source_not_known, contoso.helper}));
}

TEST(ACopy, FromAServerThatWasNotListedMayFindNothingBeforeItsUpgrade) {
  WithHelpers contoso;
  contoso[contoso.other].folders.reset();
  const auto refused = refusal(
      contoso.organisation,
      in_no_order({upgrade(contoso.other, sp2), ensure_folder(contoso.helper, folder_of(sp2), {contoso.other})}));
  EXPECT_EQ(refused, (simulator::Refusal{simulator::RefusalReason::source_not_known, contoso.helper}));
}

TEST(ACopy, MayBeTakenFromAServerThatGetsTheFolderByAnUpgrade) {
  const WithHelpers contoso;
  EXPECT_EQ(
      safety(contoso.organisation, sequence({upgrade(contoso.other, sp1_ru9),
                                             ensure_folder(contoso.helper, folder_of(sp1_ru9), {contoso.other})})),
      Safety::safe);
}

TEST(ACopy, MayBeTakenFromAServerThatGotTheFolderByACopy) {
  const WithHelpers contoso;
  EXPECT_EQ(safety(contoso.organisation, sequence({ensure_folder(contoso.helper, folder_of(sp1), {contoso.other}),
                                                   ensure_folder(contoso.target, folder_of(sp1), {contoso.helper})})),
            Safety::safe);
}

TEST(ACopy, MustFindItsSourceUnderEveryReading) {
  const WithHelpers contoso;
  const Plan plan =
      in_no_order({upgrade(contoso.target, rtm_ru5), ensure_folder(contoso.other, folder_of(rtm), {contoso.target})});
  FixedReadings fixed;
  fixed.rollup_keeps = RollupKeeps::keeps;
  EXPECT_EQ(safety(contoso.organisation, plan, fixed), Safety::safe);
  EXPECT_EQ(safety(contoso.organisation, plan), Safety::unsafe) << "the rollup may remove the folder first";
}

}  // namespace
}  // namespace casplan::verifier
