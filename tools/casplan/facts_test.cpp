#include "tools/casplan/facts.h"

#include <gmock/gmock.h>

#include "simulator/organisation_fixture.h"

namespace casplan::tools {
namespace {

using casplan::modelled::folders_of;
using casplan::modelled::rtm;
using casplan::modelled::sp1;
using casplan::modelled::TwoSites;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Facts, DeserveNoRemarkWhereAllIsListed) {
  EXPECT_THAT(remarks_on_facts(TwoSites().organisation), IsEmpty());
}

TEST(Facts, AListWithoutTheServersOwnFolderIsRemarkedOn) {
  TwoSites contoso;
  contoso[contoso.front].folders = folders_of({sp1});
  EXPECT_THAT(remarks_on_facts(contoso.organisation),
              ElementsAre(HasSubstr("OWA version of HQCAS1, 8.0.685.24, is not among those that were listed on it")));
}

TEST(Facts, TwoFoldersOfOneVersionAreRemarkedOn) {
  TwoSites contoso;
  contoso[contoso.target].folders->push_back({"8.00.0685.024", contoso[contoso.target].folders->front().version});
  EXPECT_THAT(remarks_on_facts(contoso.organisation),
              ElementsAre(HasSubstr("Folders 8.0.685.24 and 8.00.0685.024 on BRCAS1 are the same version.")));
}

TEST(Facts, FoldersThatWereNotListedAreNoRemark) {
  TwoSites contoso;
  contoso[contoso.front].folders = std::nullopt;
  EXPECT_THAT(remarks_on_facts(contoso.organisation), IsEmpty());
}

}  // namespace
}  // namespace casplan::tools
