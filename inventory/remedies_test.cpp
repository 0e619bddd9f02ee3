#include "inventory/remedies.h"

#include <gmock/gmock.h>

namespace casplan::inventory {
namespace {

using testing::HasSubstr;

TEST(Remedies, PlainNamesAreNotQuoted) {
  EXPECT_EQ(remedy::export_virtual_directories_of("ZHEX1"),
            "Get-OwaVirtualDirectory -Server ZHEX1 | Export-Clixml ZHEX1-owa.xml");
}

TEST(Remedies, NoNameBecomesACommand) {
  EXPECT_EQ(remedy::export_server("a'; rm x"),
            "Get-ExchangeServer -Identity 'a''; rm x' | Export-Clixml 'a''; rm x-server.xml'");
  EXPECT_THAT(remedy::export_server("$(x)"), HasSubstr("'$(x)'"));
  EXPECT_THAT(remedy::count_mailboxes("L\u2019Aquila"), HasSubstr("'L\u2019\u2019Aquila'"));
  EXPECT_THAT(remedy::export_server("-Verbose"), HasSubstr("'-Verbose'"));
}

TEST(Remedies, FileNamesHoldNoPath) {
  EXPECT_THAT(remedy::export_server("..\\x"), HasSubstr("Export-Clixml .._x-server.xml"));
}

TEST(Remedies, FoldersAreListedInTheKnownInstallFolder) {
  EXPECT_THAT(remedy::list_folders("A", "D:\\Exchange"), HasSubstr("'\\\\A\\D$\\Exchange\\ClientAccess\\owa'"));
  EXPECT_THAT(remedy::list_folders("A", std::nullopt), HasSubstr("\\C$\\Program Files\\Microsoft\\Exchange Server\\"));
}

}  // namespace
}  // namespace casplan::inventory
