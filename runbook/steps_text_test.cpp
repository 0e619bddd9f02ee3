#include "runbook/steps_text.h"

#include <gtest/gtest.h>

#include "runbook/runbook_fixture.h"

namespace casplan::runbook {
namespace {

TEST(StepInWords, SaysWhatIsDoneWhereAndFromWhom) {
  const Organisation contoso = modelled::two_sites();
  const ServerId front{0};
  const ServerId target{2};
  const OwaVersion folder{{8, 0, 685, 24}};
  EXPECT_EQ(describe({StepKind::drain, front, {}, {}, {}}, contoso), "Take HQCAS1 out of service");
  EXPECT_EQ(describe({StepKind::upgrade, front, BuildVersion{{8, 2, 176, 2}}, {}, {}}, contoso),
            "Upgrade HQCAS1 to 8.2.176.2 (Exchange Server 2007 SP2)");
  EXPECT_EQ(describe({StepKind::ensure_folder, front, {}, folder, {target}}, contoso),
            "Put folder 8.0.685.24 on HQCAS1 (from BRCAS1)");
  EXPECT_EQ(describe({StepKind::ensure_folder, front, {}, folder, {target, ServerId{1}}}, contoso),
            "Put folder 8.0.685.24 on HQCAS1 (from BRCAS1 or HQCAS2)");
  EXPECT_EQ(describe({StepKind::ensure_folder, front, {}, folder, {}}, contoso),
            "Put folder 8.0.685.24 on HQCAS1 (from any server that holds it)");
  EXPECT_EQ(describe({StepKind::recycle, front, {}, {}, {}}, contoso), "Restart Outlook Web Access on HQCAS1");
  EXPECT_EQ(describe({StepKind::return_to_service, front, {}, {}, {}}, contoso), "Return HQCAS1 to service");
}

TEST(StepInWords, NamesABuildThatNobodyKnowsByItsVersionAlone) {
  EXPECT_EQ(name_of(BuildVersion{{8, 9, 1, 2}}), "8.9.1.2");
}

TEST(Describe, CallsTheWayBackToAnEarlierBuildARemoval) {
  const BuildVersion sp1{{8, 1, 240, 6}};
  const BuildVersion sp1_ru9{{8, 1, 393, 1}};
  Organisation contoso = modelled::two_sites();
  const Step back{StepKind::upgrade, ServerId{0}, sp1, {}, {}};
  EXPECT_EQ(describe(back, contoso), "Upgrade HQCAS1 to 8.1.240.6 (Exchange Server 2007 SP1)");
  const std::string removal = "Remove Update Rollup 9 from HQCAS1, back to 8.1.240.6 (Exchange Server 2007 SP1)";
  EXPECT_EQ(describe(back, contoso, sp1_ru9), removal);
  contoso.servers[0].build = sp1_ru9;
  EXPECT_EQ(describe(back, contoso), removal);
}

}  // namespace
}  // namespace casplan::runbook
