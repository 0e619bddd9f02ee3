#include "inventory/detect.h"

#include <gtest/gtest.h>

#include "inventory/modelled_fixture.h"

namespace casplan::inventory {
namespace {

FileKind kind(std::string_view text) {
  return detect(text).kind;
}

TEST(Detect, ClixmlIsKnownByItsRoot) {
  EXPECT_EQ(kind(modelled::clixml("")), FileKind::clixml);
  EXPECT_EQ(kind("<?xml version=\"1.0\"?>\n<!DOCTYPE Objs>\n<Obj RefId=\"0\"></Obj>"), FileKind::clixml);
  EXPECT_EQ(kind("<html><Objs/></html>"), FileKind::unknown);
}

TEST(Detect, CsvIsKnownByTypeOrColumns) {
  EXPECT_EQ(kind("#TYPE Any.Type\na\n"), FileKind::csv);
  EXPECT_EQ(kind("\"Name\";\"Site\"\n"), FileKind::csv);
  EXPECT_EQ(kind("a,b\n1,2\n"), FileKind::unknown);
}

TEST(Detect, FormatListIsKnownByItsKeys) {
  EXPECT_EQ(kind("cls; get-exchangeserver | fl Name, Site, ServerRole\nName : A\n"), FileKind::format_list);
}

TEST(Detect, FolderListingsAreKnownByTheirNames) {
  EXPECT_EQ(kind("8.1.240.5\nauth\n"), FileKind::folder_listing);
  EXPECT_EQ(kind("[A]\n[B]\n"), FileKind::folder_listing);
  EXPECT_EQ(kind("C:\\>dir /b /ad owa\nFile Not Found\n"), FileKind::folder_listing);
}

TEST(Detect, FormatTableIsKnownByTheLineBelowItsHeader) {
  const auto table = detect(
      "\nName      Site             ServerRole\n----      ----             ----------\nHQCAS1    contoso...  ...\n");
  EXPECT_EQ(table.kind, FileKind::format_table);
  EXPECT_EQ(table.line, 3U);
  EXPECT_EQ(kind("Name : A\n--------\nName : B\n"), FileKind::format_list);
}

TEST(Detect, LogsAndDirectoryExportsAreKnown) {
  EXPECT_EQ(kind("# comment\ndn: CN=HQ,DC=contoso\n"), FileKind::ldif);
  EXPECT_EQ(kind("dn:: Q049SFE=\n"), FileKind::ldif);
  EXPECT_EQ(kind("DN,objectClass,cn\n\"CN=HQ\",site,HQ\n"), FileKind::csvde);
  EXPECT_EQ(kind("<Event xmlns='x'><System/></Event>"), FileKind::event_log);
  EXPECT_EQ(kind("#TYPE System.Diagnostics.EventLogEntry#Application\n\"EventID\"\n"), FileKind::event_log);
  EXPECT_EQ(kind("\"EventID\",\"MachineName\",\"Site\"\n"), FileKind::event_log);
  EXPECT_EQ(kind("Event Type:\tError\nEvent Source:\tMSExchange OWA\n"), FileKind::event_log);
  EXPECT_EQ(kind("#Software: IIS\n#Fields: date time\n"), FileKind::iis_log);
  EXPECT_EQ(kind(" Directory of C:\\owa\n10/05/2009  08:00 AM    <DIR>   8.1.240.5\n"),
            FileKind::full_directory_listing);
}

TEST(Detect, BlankTextIsEmpty) {
  EXPECT_EQ(kind(" \n\t\n"), FileKind::empty);
}

}  // namespace
}  // namespace casplan::inventory
