#include "documents/json_text.h"

#include <gtest/gtest.h>

#include <string>

#include "documents/documents_fixture.h"
#include "documents/organisation_document.h"
#include "documents/text_bytes.h"

namespace casplan::documents {
namespace {

using testing::ElementsAre;

TEST(JsonText, AnEmptyFileIsAFault) {
  EXPECT_THAT(faults_of(read_organisation("")), ElementsAre(FaultAt("", "an empty file", "a JSON document")));
  EXPECT_THAT(faults_of(read_organisation(" \n\t\r\n")), ElementsAre(FaultAt("", "an empty file")));
  EXPECT_THAT(faults_of(read_organisation("\xEF\xBB\xBF")), ElementsAre(FaultAt("", "an empty file")));
}

TEST(JsonText, TextThatIsNotJsonIsAFaultWithLineAndColumn) {
  EXPECT_THAT(faults_of(parse_json("{\n  \"name\": nobody\n}")),
              ElementsAre(FaultAt("line 2, column 12", "\"o\", which JSON does not allow here", "valid JSON")));
  EXPECT_THAT(faults_of(parse_json("{\"a\": 1,}")), ElementsAre(FaultAt("line 1, column 9", "\"}\"")));
  EXPECT_THAT(faults_of(parse_json("{} {}")), ElementsAre(FaultAt("line 1, column 4", "\"{\"")));
}

TEST(JsonText, ColumnsCountCharactersAndNotBytes) {
  EXPECT_THAT(faults_of(parse_json("[\"Zürich\" 1]")), ElementsAre(FaultAt("line 1, column 11", "\"1\"")));
}

TEST(JsonText, ATruncatedFileIsAFaultAtItsEnd) {
  EXPECT_THAT(faults_of(parse_json("{\"a\": [1, 2")), ElementsAre(FaultAt("line 1, column 12", "the end of the file")));
}

TEST(JsonText, BytesThatAreNotUtf8AreAFaultWithTheirPlace) {
  EXPECT_THAT(faults_of(parse_json("[\n\"Z\xFCrich\"]")),
              ElementsAre(FaultAt("line 2, column 3", "not UTF-8", "UTF-8")));
  EXPECT_THAT(faults_of(parse_json("\"\xC0\xAF\"")), ElementsAre(FaultAt("line 1, column 2", "not UTF-8")));
  EXPECT_THAT(faults_of(parse_json("\"\xED\xA0\x80\"")), ElementsAre(FaultAt("line 1, column 2", "not UTF-8")));
  EXPECT_THAT(faults_of(parse_json(std::string_view("\xFF\xFE{\0}\0", 6))), ElementsAre(FaultAt("", "UTF-16 text")));
}

TEST(JsonText, ANulByteDoesNotEndTheText) {
  EXPECT_THAT(faults_of(parse_json(std::string_view("{}\0garbage {", 12))),
              testing::ElementsAre(FaultAt("line 1, column 3", "a NUL byte")));
}

TEST(JsonText, AByteOrderMarkIsAccepted) {
  const auto read = read_organisation("\xEF\xBB\xBF" + organisation_text());
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*read, organisation());
}

TEST(JsonText, NestingDeeperThanTheBoundIsAFault) {
  EXPECT_TRUE(parse_json(std::string(64, '[') + std::string(64, ']')).has_value());
  EXPECT_THAT(faults_of(parse_json(std::string(65, '[') + std::string(65, ']'))),
              ElementsAre(FaultAt("", "deeper than 64 levels", "at most 64 levels")));
}

TEST(JsonText, HostileNestingDoesNotOverflowTheStack) {
  std::string objects;
  for (int i = 0; i < 1'000'000; ++i) objects += "{\"a\":";
  EXPECT_THAT(faults_of(parse_json(std::string(10'000'000, '['))), ElementsAre(FaultAt("", "deeper than 64 levels")));
  EXPECT_THAT(faults_of(parse_json(objects)), ElementsAre(FaultAt("", "deeper than 64 levels")));
}

TEST(JsonText, AFileLargerThanTheBoundIsAFault) {
  EXPECT_THAT(faults_of(parse_json(std::string(largest_text + 1, ' '))),
              ElementsAre(FaultAt("", "268435457 bytes", "at most 268435456 bytes")));
}

TEST(JsonText, NumbersBeyondEveryTypeAreFaults) {
  EXPECT_THAT(faults_of(parse_json("[1e999999]")), ElementsAre(FaultAt("line 1, column 9", "1e999999")));
  const auto huge = replaced(organisation_text(), "1200", "99999999999999999999");
  EXPECT_THAT(faults_of(read_organisation(huge)),
              ElementsAre(FaultAt("/sites/0/mailboxes", "99999999999999999999", "a whole number from 0 to 10000000")));
}

TEST(JsonText, StringsAreWrittenWithTheirEscapes) {
  EXPECT_EQ(json_string("a\"b\\c\n\x1b Zürich"), R"("a\"b\\c\n\u001b Zürich")");
  EXPECT_EQ(json_string("\xFF"), "\"\xEF\xBF\xBD\"");
}

}  // namespace
}  // namespace casplan::documents
