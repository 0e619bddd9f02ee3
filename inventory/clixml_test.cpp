#include "inventory/clixml.h"

#include <gmock/gmock.h>

#include "inventory/modelled_fixture.h"

namespace casplan::inventory {
namespace {

FileContents read(std::string text) {
  FileContents contents;
  contents.file = "f.xml";
  read_clixml(contents, std::move(text));
  return contents;
}

std::string value(const Record& record, std::string_view name) {
  const Property* property = find(record, name);
  return property != nullptr ? property->value.value_or("not shown") : "absent";
}

// The first server of a file that has one server with these properties.
Record server_with(std::string_view members) {
  const auto contents = read(modelled::clixml(
      "<Obj RefId=\"0\"><TN RefId=\"0\"><T>Deserialized.Microsoft.Exchange.Data.Directory.Management.ExchangeServer</T>"
      "</TN><Props>" +
      std::string(members) + "</Props></Obj>"));
  EXPECT_TRUE(contents.faults.empty());
  return contents.servers.empty() ? Record{} : contents.servers.front();
}

TEST(Clixml, APrimitiveIsItsText) {
  EXPECT_EQ(value(server_with("<S N=\"Name\">HQCAS1</S>"), property::name), "HQCAS1");
}

TEST(Clixml, NilIsStatedToBeEmpty) {
  EXPECT_EQ(value(server_with("<Nil N=\"Site\"/>"), property::site), "");
}

TEST(Clixml, AnObjectIsItsToString) {
  const auto record =
      server_with("<Obj N=\"Site\"><ToString>c/Sites/HQ</ToString><Props><S N=\"Name\">HQ</S></Props></Obj>");
  EXPECT_EQ(value(record, property::site), "c/Sites/HQ");
}

TEST(Clixml, AnEnumerationWithoutTextIsItsNumber) {
  EXPECT_EQ(value(server_with("<Obj N=\"ServerRole\"><I32>36</I32></Obj>"), property::server_role), "36");
}

TEST(Clixml, AListIsItsElements) {
  const auto record = server_with(
      "<Obj N=\"InternalAuthenticationMethods\"><LST><S>Basic</S><Obj><ToString>Fba</ToString></Obj></LST></Obj>");
  EXPECT_EQ(value(record, property::internal_authentication_methods), "Basic, Fba");
}

TEST(Clixml, AReferenceIsTheObjectItNames) {
  const auto record =
      server_with("<Obj N=\"Domain\" RefId=\"9\"><ToString>HQ</ToString></Obj><Ref N=\"Site\" RefId=\"9\"/>");
  EXPECT_EQ(value(record, property::site), "HQ");
}

TEST(Clixml, AReferenceToTheEnclosingObjectEnds) {
  EXPECT_EQ(value(server_with("<S N=\"Name\">A</S><Ref N=\"Identity\" RefId=\"0\"/>"), property::identity), "");
}

TEST(Clixml, TypeNamesAreFoundByReference) {
  const auto contents =
      read(modelled::clixml(modelled::server("A", "Version 8.1", "HQ", "Mailbox") +
                            "<Obj RefId=\"1\"><TNRef RefId=\"T\"/><MS><S N=\"Name\">B</S></MS></Obj>"));
  ASSERT_EQ(contents.servers.size(), 2U);
  EXPECT_EQ(value(contents.servers[1], property::name), "B");
}

TEST(Clixml, SelectedPropertiesWithoutTypeAreJudgedByTheirNames) {
  const auto contents =
      read(modelled::clixml("<Obj RefId=\"0\"><TN RefId=\"0\"><T>System.Management.Automation.PSCustomObject</T></TN>"
                            "<MS><S N=\"Name\">A</S><S N=\"ServerRole\">Mailbox</S></MS></Obj>"));
  EXPECT_EQ(contents.servers.size(), 1U);
}

TEST(Clixml, ObjectsInOneListAreReadInOrder) {
  const auto contents =
      read(modelled::clixml("<Obj RefId=\"9\"><LST>" + modelled::server("A", "Version 8.1", "HQ", "Mailbox") +
                            modelled::server("B", "Version 8.1", "HQ", "Mailbox") + "</LST></Obj>"));
  ASSERT_EQ(contents.servers.size(), 2U);
  EXPECT_EQ(value(contents.servers[0], property::name), "A");
}

TEST(Clixml, ABareObjectIsRead) {
  EXPECT_EQ(read(modelled::server("A", "Version 8.1", "HQ", "Mailbox")).servers.size(), 1U);
}

TEST(Clixml, LinesAreThoseOfTheFile) {
  const auto contents = read(modelled::clixml(modelled::server("A", "Version 8.1", "HQ", "Mailbox")));
  ASSERT_EQ(contents.servers.size(), 1U);
  EXPECT_EQ(contents.servers[0].line, 2U);
  EXPECT_EQ(find(contents.servers[0], property::fqdn)->line, 4U);
}

TEST(Clixml, OtherObjectsAreCountedByKind) {
  const auto contents = read(modelled::clixml(
      "<Obj RefId=\"0\"><TN RefId=\"0\"><T>Microsoft.Exchange.Data.Directory.Management.Mailbox</T></TN>"
      "<Props><S N=\"Name\">one</S></Props></Obj>"));
  ASSERT_TRUE(contents.others.contains("Mailbox"));
  EXPECT_EQ(contents.others.at("Mailbox").count, 1U);
}

TEST(Clixml, EscapesAreUtf16CodeUnits) {
  EXPECT_EQ(unescaped_clixml("Z_x00FC_rich_x005F_1"), "Zürich_1");
  EXPECT_EQ(unescaped_clixml("_xD834__xDD1E_"), "𝄞");
  EXPECT_EQ(unescaped_clixml("_xD834_ _x12_ _xZZZZ_"), "\uFFFD _x12_ _xZZZZ_");
}

TEST(Clixml, ControlCharactersInNamesAreReplacedAndNoted) {
  const auto contents = read(modelled::clixml(modelled::server("A_x000A_B", "Version 8.1", "HQ", "Mailbox")));
  ASSERT_EQ(contents.servers.size(), 1U);
  EXPECT_EQ(value(contents.servers[0], property::name), "A\uFFFDB");
  EXPECT_FALSE(contents.notes.empty());
}

TEST(Clixml, ADocumentTypeIsRefused) {
  const auto contents = read("<!DOCTYPE Objs [<!ELEMENT Objs ANY>]>\n" + modelled::clixml(""));
  ASSERT_EQ(contents.faults.size(), 1U);
  EXPECT_THAT(contents.faults[0].found, testing::HasSubstr("document type"));
}

TEST(Clixml, EntitiesAreRefused) {
  for (const char* entity : {"&boom;", "&#0;", "&#x000;", "& "}) {
    const auto contents = read("<Objs>\n<Obj>" + std::string(entity) + "</Obj></Objs>");
    ASSERT_EQ(contents.faults.size(), 1U) << entity;
    EXPECT_EQ(contents.faults[0].place, "f.xml:2");
  }
  EXPECT_TRUE(read("<Objs><S>&amp;&#252;</S></Objs>").faults.empty());
}

TEST(Clixml, ACutOffFileIsAFault) {
  const std::string whole = modelled::clixml(modelled::server("A", "Version 8.1", "HQ", "Mailbox"));
  const auto contents = read(whole.substr(0, whole.size() / 2));
  ASSERT_EQ(contents.faults.size(), 1U);
  EXPECT_THAT(contents.faults[0].found, testing::HasSubstr("damaged or cut off"));
}

TEST(Clixml, DeepNestingIsHarmless) {
  constexpr int depth = 100'000;
  std::string text = "<Objs>";
  for (int i = 0; i < depth; ++i) text += "<Obj><LST>";
  for (int i = 0; i < depth; ++i) text += "</LST></Obj>";
  EXPECT_EQ(read(text + "</Objs>").faults.size(), 1U);
}

}  // namespace
}  // namespace casplan::inventory
