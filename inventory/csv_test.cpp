#include "inventory/csv.h"

#include <gmock/gmock.h>

namespace casplan::inventory {
namespace {

using testing::ElementsAre;

FileContents read(std::string_view text) {
  FileContents contents;
  contents.file = "f.csv";
  read_csv(contents, text);
  return contents;
}

std::vector<std::string> row_after_header(std::string_view text) {
  CsvReader reader(text);
  CsvRow row;
  EXPECT_TRUE(reader.next(row));
  EXPECT_TRUE(reader.next(row));
  return row.fields;
}

TEST(Csv, QuotesAreDoubledWithinQuotes) {
  EXPECT_THAT(row_after_header("a,b\n\"x \"\"y\"\"\",z\n"), ElementsAre("x \"y\"", "z"));
}

TEST(Csv, QuotedValuesHoldDelimitersAndLineEnds) {
  EXPECT_THAT(row_after_header("a,b\n\"x,\ny\",z\n"), ElementsAre("x,\ny", "z"));
}

TEST(Csv, EmptyValuesCount) {
  EXPECT_THAT(row_after_header("a,b,c\n,,\n"), ElementsAre("", "", ""));
}

TEST(Csv, SemicolonAndTabAreDelimitersToo) {
  EXPECT_THAT(row_after_header("a;b\n1,5;2\n"), ElementsAre("1,5", "2"));
  EXPECT_THAT(row_after_header("#TYPE x,y,z\na\tb\n1\t2\n").size(), 2U);
}

TEST(Csv, ServersAreReadWithAndWithoutTheTypeLine) {
  const std::string rows = "\"Name\",\"ServerRole\"\n\"A\",\"Mailbox, ClientAccess\"\n";
  EXPECT_EQ(read(rows).servers.size(), 1U);
  EXPECT_EQ(read("#TYPE Microsoft.Exchange.Data.Directory.Management.ExchangeServer\n" + rows).servers.size(), 1U);
}

TEST(Csv, AListIsShownAsItsTypeAndNotKnown) {
  const auto contents = read(
      "Server,Name,OwaVersion,InternalAuthenticationMethods\n"
      "A,owa (Default Web Site),Exchange2007,Microsoft.Exchange.Data.MultiValuedProperty`1[X.Y]\n");
  ASSERT_EQ(contents.virtual_directories.size(), 1U);
  const Property* methods = find(contents.virtual_directories[0], property::internal_authentication_methods);
  ASSERT_NE(methods, nullptr);
  EXPECT_FALSE(methods->value);
}

TEST(Csv, AppendedExportsEachHaveTheirHeader) {
  const auto contents = read(
      "#TYPE Microsoft.Exchange.Data.Directory.Management.ExchangeServer\nName,Site\nA,HQ\n"
      "#TYPE Microsoft.Exchange.Data.Directory.Management.Mailbox\nName,Database,Alias\nx,y,z\n");
  EXPECT_EQ(contents.servers.size(), 1U);
  EXPECT_EQ(contents.others.at("Mailbox").count, 1U);
}

TEST(Csv, ARowWithTooFewValuesIsAFaultWithItsLine) {
  const auto contents = read("Name,Site,ServerRole\nA,HQ,Mailbox\n\"B\",\"H\nQ\"\nC\n");
  ASSERT_EQ(contents.faults.size(), 2U);
  EXPECT_EQ(contents.faults[0].place, "f.csv:3");
  EXPECT_EQ(contents.faults[1].place, "f.csv:5");
}

TEST(Csv, AQuoteThatDoesNotEndIsAFault) {
  EXPECT_THAT(read("Name,Site\nA,\"HQ\n").faults, testing::SizeIs(1));
}

TEST(Csv, EndlessColumnsAndFaultsAreBounded) {
  EXPECT_EQ(row_after_header("a,b\n" + std::string(100'000, ',')).size(), 10'000U);
  std::string rows = "Name,Site\n";
  for (int i = 0; i < 1'000; ++i) rows += "x\n";
  EXPECT_EQ(read(rows).faults.size(), 100U);
}

}  // namespace
}  // namespace casplan::inventory
