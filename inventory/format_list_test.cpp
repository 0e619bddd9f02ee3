#include "inventory/format_list.h"

#include <gmock/gmock.h>

namespace casplan::inventory {
namespace {

FileContents read(std::string_view text) {
  FileContents contents;
  contents.file = "f.txt";
  read_format_list(contents, text);
  return contents;
}

std::string value(const Record& record, std::string_view name) {
  const std::string* found = find_value(record, name);
  return found != nullptr ? *found : "";
}

TEST(FormatList, ValuesBrokenAnywhereAreJoinedWithoutABlank) {
  const auto contents = read(
      "Name       : HQCAS1\n"
      "Site       : contoso.com/Configurati\n"
      "             on/Sites/Head-Office\n"
      "ServerRole : Mailbox, ClientAccess, \n"
      "             HubTransport\n");
  ASSERT_EQ(contents.servers.size(), 1U);
  EXPECT_EQ(value(contents.servers[0], property::site), "contoso.com/Configuration/Sites/Head-Office");
  EXPECT_EQ(value(contents.servers[0], property::server_role), "Mailbox, ClientAccess, HubTransport");
}

TEST(FormatList, ValuesBrokenAtABlankGetItBack) {
  const auto contents = read(
      "Name       : HQCAS1\n"
      "DataPath   : C:\\Program Files\\Microsoft\n"
      "             Exchange Server\\Mailbox\n"
      "WhenMade   : never\n"
      "Path       : C:\\Program Files\\Something-long\n"
      "             more\n"
      "ServerRole : Mailbox\n");
  ASSERT_EQ(contents.servers.size(), 1U);
  EXPECT_EQ(value(contents.servers[0], property::data_path), "C:\\Program Files\\Microsoft Exchange Server\\Mailbox");
}

TEST(FormatList, BracesAroundListsFallAway) {
  const auto contents = read("Server : A\nOwaVersion : Exchange2007\nInternalAuthenticationMethods : {Basic, Fba}\n");
  ASSERT_EQ(contents.virtual_directories.size(), 1U);
  EXPECT_EQ(value(contents.virtual_directories[0], property::internal_authentication_methods), "Basic, Fba");
}

TEST(FormatList, ObjectsAreSeparatedByBlankLinesOrARepeatedKey) {
  EXPECT_EQ(read("Name : A\nSite : HQ\n\nName : B\nSite : HQ\n").servers.size(), 2U);
  EXPECT_EQ(read("Name : A\nSite : HQ\nName : B\nSite : HQ\n").servers.size(), 2U);
}

TEST(FormatList, PromptsAndCommentsAreNoPropertiesAndEndAnObject) {
  const auto contents = read(
      "[PS] C:\\>Get-ExchangeServer | fl Name,Site\n"
      "Name : A\nSite : HQ\n"
      "virtual directories:******\n"
      "Server : A\nName : owa (Default Web Site)\nInternalUrl : https://a/owa\nExternalUrl : \n"
      "[PS] C:\\>\n");
  EXPECT_EQ(contents.servers.size(), 1U);
  ASSERT_EQ(contents.virtual_directories.size(), 1U);
  const Property* url = find(contents.virtual_directories[0], property::external_url);
  ASSERT_NE(url, nullptr);
  EXPECT_EQ(url->value, "");
}

TEST(FormatList, KeysAreReadInAnyCaseAndKeepTheirLine) {
  const auto contents = read("\n\nname : A\nSERVERROLE : Mailbox\n");
  ASSERT_EQ(contents.servers.size(), 1U);
  EXPECT_EQ(contents.servers[0].line, 3U);
  EXPECT_EQ(value(contents.servers[0], property::server_role), "Mailbox");
}

TEST(FormatList, APathIsNoKey) {
  EXPECT_FALSE(parse_key_line("C:\\>dir"));
  EXPECT_FALSE(parse_key_line("two words : x"));
  EXPECT_FALSE(parse_key_line(" : x"));
}

}  // namespace
}  // namespace casplan::inventory
