#include "verifier/path_orders.h"

#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

namespace casplan::verifier {
namespace {

using namespace modelled;

/// Every reading as the KB has it.
FixedReadings as_the_kb() {
  FixedReadings fixed;
  for (std::size_t reading = 0; reading < reading_names().size(); ++reading) fix(fixed, reading, 0);
  return fixed;
}

Safety safety(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed = {}) {
  return verify(organisation, plan, fixed).safety;
}

/// A reading under which more works can break what it has mended, and so be the one that is unsafe.
TEST(AGenerousReading, OfServicePacksMendsAPathThatThenBreaksAgain) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm_ru5, sp1});
  const Plan plan =
      sequence({upgrade(contoso.front, sp2), upgrade(contoso.target, rtm_ru5), upgrade(contoso.target, sp1),
                ensure_folder(contoso.front, folder_of(sp1), {contoso.target}), recycle(contoso.front)});
  FixedReadings fixed = as_the_kb();
  EXPECT_EQ(safety(contoso.organisation, plan, fixed), Safety::safe) << "it fails until the copy is loaded";
  fixed.service_pack_removes.reset();
  EXPECT_EQ(safety(contoso.organisation, plan, fixed), Safety::unsafe) << "the hand copy of RU5 may survive";
}

TEST(AGenerousReading, OfOlderFrontsMendsAPathThatThenBreaksAgain) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1, {sp1});
  const Plan plan = sequence({ensure_folder(contoso.front, folder_of(sp1), {contoso.target}), recycle(contoso.front),
                              upgrade(contoso.target, sp2), upgrade(contoso.front, sp2)});
  FixedReadings fixed = as_the_kb();
  EXPECT_EQ(safety(contoso.organisation, plan, fixed), Safety::safe) << "the front is older until the last upgrade";
  fixed.older_front.reset();
  EXPECT_EQ(safety(contoso.organisation, plan, fixed), Safety::unsafe) << "with the folder it may work in between";
}

TEST(AGenerousReading, OfRestartsMendsAPathThatThenBreaksAgain) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Plan plan =
      sequence({ensure_folder(contoso.front, folder_of(rtm), {contoso.target}), upgrade(contoso.target, rtm_ru5),
                ensure_folder(contoso.front, folder_of(rtm_ru5), {contoso.target}), recycle(contoso.front)});
  FixedReadings fixed = as_the_kb();
  EXPECT_EQ(safety(contoso.organisation, plan, fixed), Safety::safe) << "nothing counts before the restart";
  fixed.folder_load.reset();
  EXPECT_EQ(safety(contoso.organisation, plan, fixed), Safety::unsafe) << "the first copy may count at once";
}

TEST(StepsThatMatter, IncludeACopyOfTheFolderThatTheTargetWillHave) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {rtm, sp2});
  const ServerId source = contoso.cas("HQCAS2", contoso.hq, sp1);
  const Plan plan = sequence(
      {ensure_folder(contoso.front, folder_of(sp1), {source}), recycle(contoso.front), upgrade(contoso.target, sp1)});
  EXPECT_EQ(safety(contoso.organisation, plan), Safety::safe);
}

TEST(StepsThatMatter, IncludeACopyOfAFolderAboveTheTargetsVersion) {
  TwoSites contoso;
  contoso.runs(contoso.target, rtm, {rtm, sp1});
  const Plan plan = sequence({drain(contoso.front), upgrade(contoso.front, sp2),
                              ensure_folder(contoso.front, folder_of(rtm), {contoso.target}),
                              ensure_folder(contoso.front, folder_of(sp1), {contoso.target}), recycle(contoso.front),
                              return_to_service(contoso.front)});
  EXPECT_EQ(safety(contoso.organisation, plan), Safety::safe);
}

TEST(OrdersOfAPath, ThatAreTooManyToFollowAreSaidNotToBeJudged) {
  const TwoSites contoso;
  std::vector<Timed> steps;
  for (int i = 0; i < 9; ++i) steps.push_back({recycle(contoso.front), i, i + 1});
  for (int i = 0; i < 9; ++i) steps.push_back({ensure_folder(contoso.target, folder_of(rtm)), i, i + 1});
  const Report report = verify(contoso.organisation, timed(steps), as_the_kb());
  EXPECT_EQ(report.safety, Safety::cannot_tell);
  EXPECT_EQ(report.orders, Orders::schedule) << "2^18 sets of steps may have ended";
}

/// A plan of these steps with arrows from one place to another.
Plan with_arrows(const std::vector<Step>& steps, const std::vector<std::pair<std::size_t, std::size_t>>& arrows) {
  Plan plan = sequence(steps);
  for (PlannedStep& step : plan.steps) step.after.clear();
  for (const auto& [from, to] : arrows) plan.steps[to].after.push_back({id_at<StepIndex>(from), "drawn"});
  return plan;
}

TEST(OrdersOfAPath, MayLeadFromTheSameStepsToOtherStates) {
  const TwoSites contoso;
  const std::vector<Step> steps{
      drain(contoso.front),   upgrade(contoso.front, sp1),      ensure_folder(contoso.front, folder_of(rtm)),
      recycle(contoso.front), return_to_service(contoso.front), upgrade(contoso.target, sp1)};
  const Plan loose = with_arrows(steps, {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 4}, {4, 5}});
  EXPECT_EQ(safety(contoso.organisation, loose, as_the_kb()), Safety::unsafe) << "the upgrade may remove the copy";
  const Plan in_line = with_arrows(steps, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}});
  EXPECT_EQ(safety(contoso.organisation, in_line, as_the_kb()), Safety::safe);
}

TEST(OrdersOfAPath, MayLeadToTheSameStateWithOtherMemories) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const std::vector<Step> steps{ensure_folder(contoso.front, folder_of(rtm)), upgrade(contoso.front, sp2),
                                recycle(contoso.front), ensure_folder(contoso.front, folder_of(rtm)),
                                recycle(contoso.front)};
  const Plan loose = with_arrows(steps, {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 4}});
  EXPECT_EQ(safety(contoso.organisation, loose, as_the_kb()), Safety::unsafe) << "it may work before the upgrade";
  const Plan in_line = with_arrows(steps, {{0, 1}, {1, 2}, {2, 3}, {3, 4}});
  EXPECT_EQ(safety(contoso.organisation, in_line, as_the_kb()), Safety::safe) << "it fails until the copy is loaded";
}

TEST(OrdersOfAPath, EndAtAStepThatCannotBeCarriedOut) {
  const TwoSites contoso;
  const Report report = verify(contoso.organisation, sequence({upgrade(contoso.front, {{8, 1, 1, 1}})}), as_the_kb());
  ASSERT_EQ(report.safety, Safety::unsafe);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::step_refused);
  EXPECT_EQ(report.counterexample->refusal->reason, simulator::RefusalReason::build_not_catalogued);
}

}  // namespace
}  // namespace casplan::verifier
