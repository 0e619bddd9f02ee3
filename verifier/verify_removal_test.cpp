#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

namespace casplan::verifier {
namespace {

using namespace modelled;
using ::testing::IsEmpty;

/// Every reading as the KB has it.
FixedReadings as_the_kb() {
  return {FolderMatch::running, FolderLoad::at_start,        ServicePackRemoves::all_earlier,
          RollupKeeps::keeps,   RollupRemoval::folder_stays, OlderFront::fails};
}

Report verified(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed = {}) {
  return verify(organisation, plan, fixed);
}

/// A Mailbox server of the branch, of which no folders were listed.
ServerId mailbox_server(TwoSites& contoso) {
  const ServerId server = contoso.cas("BRMBX1", contoso.branch, rtm);
  contoso[server].roles = {Role::mailbox};
  contoso[server].folders.reset();
  return server;
}

TEST(VerifyOtherServers, AServerThatIsNoCasIsUpgradedWithoutHarmToAnyPath) {
  TwoSites contoso;
  const ServerId mailbox = mailbox_server(contoso);
  const Report report = verified(contoso.organisation, sequence({upgrade(mailbox, sp1), upgrade(mailbox, sp2)}));
  EXPECT_EQ(report.safety, Safety::safe);
  EXPECT_THAT(report.undecided, IsEmpty());
}

TEST(VerifyOtherServers, AServerThatIsNoCasIsNoSourceOfTheFolderOfItsBuild) {
  TwoSites contoso;
  const ServerId mailbox = mailbox_server(contoso);
  const Plan plan = sequence({upgrade(mailbox, sp1), ensure_folder(contoso.front, folder_of(sp1), {mailbox})});
  EXPECT_EQ(verified(contoso.organisation, plan).safety, Safety::unsafe);
}

/// The target holds a folder above its version, which the front has only with the rollup that is removed.
TEST(VerifyRemoval, ARollupThatIsRemovedIsJudgedUnderBothReadingsOfWhatBecomesOfItsFolder) {
  TwoSites contoso;
  contoso.runs(contoso.front, rtm_ru5, {rtm_ru5});
  contoso.runs(contoso.target, rtm, {rtm, rtm_ru5});
  const Plan back = sequence({upgrade(contoso.front, {{8, 0, 708, 3}})});
  FixedReadings fixed = as_the_kb();
  fixed.folder_match = FolderMatch::highest;
  EXPECT_EQ(verified(contoso.organisation, back, fixed).safety, Safety::safe);
  fixed.rollup_removal.reset();
  const Report report = verified(contoso.organisation, back, fixed);
  EXPECT_EQ(report.safety, Safety::unsafe);
  ASSERT_TRUE(report.counterexample);
  EXPECT_EQ(report.counterexample->readings.rollup_removal, RollupRemoval::folder_goes);
}

TEST(VerifyRemoval, ACopyFromAServerWhoseRollupWasRemovedMayNotFindTheFolder) {
  TwoSites contoso;
  const ServerId other = contoso.cas("HQCAS9", contoso.hq, rtm_ru5);
  const Plan plan = sequence({upgrade(other, rtm), ensure_folder(contoso.front, folder_of(rtm_ru5), {other})});
  const Report report = verified(contoso.organisation, plan);
  EXPECT_EQ(report.safety, Safety::unsafe);
  ASSERT_TRUE(report.counterexample);
  EXPECT_EQ(report.counterexample->kind, ViolationKind::step_refused);
  FixedReadings folder_stays;
  folder_stays.rollup_removal = RollupRemoval::folder_stays;
  EXPECT_EQ(verified(contoso.organisation, plan, folder_stays).safety, Safety::safe);
}

}  // namespace
}  // namespace casplan::verifier
