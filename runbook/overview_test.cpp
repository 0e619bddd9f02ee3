#include <gmock/gmock.h>

#include "model/catalogue.h"
#include "runbook/runbook_fixture.h"

/// What has to be there before the first step.
namespace casplan::runbook {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// The runbook of HQCAS1's upgrade from one build to another.
std::string upgrade_runbook(const BuildVersion& from, const BuildVersion& to) {
  Organisation organisation = modelled::two_sites();
  Server& server = at(organisation.servers, ServerId{0});
  server.build = from;
  server.owa_version = find_build(from)->owa_version;
  return modelled::runbook_of(organisation, modelled::only({StepKind::upgrade, ServerId{0}, to, {}, {}}));
}

TEST(Preparations, AskForWindowsInstallerWhereAServicePackNeedsIt) {
  constexpr BuildVersion rtm{{8, 0, 685, 25}};
  EXPECT_THAT(upgrade_runbook(rtm, BuildVersion{{8, 2, 176, 2}}),
              HasSubstr("- SP2 and SP3 of Exchange 2007 ask for Windows Installer 4.5"));
  const auto asks_for_notes_alone =
      AllOf(HasSubstr("Read the service pack's release notes"), Not(HasSubstr("Windows Installer 4.5")));
  EXPECT_THAT(upgrade_runbook(rtm, BuildVersion{{8, 1, 240, 6}}), asks_for_notes_alone);
  constexpr BuildVersion exchange2010{{14, 0, 639, 21}};
  EXPECT_THAT(upgrade_runbook(exchange2010, BuildVersion{{14, 1, 218, 15}}), asks_for_notes_alone);
}

}  // namespace
}  // namespace casplan::runbook
