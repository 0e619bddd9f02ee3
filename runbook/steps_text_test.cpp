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

}  // namespace
}  // namespace casplan::runbook
