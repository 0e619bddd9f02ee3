#include "tools/casplan/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/casplan/program_fixture.h"

namespace casplan::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ReadFile : public modelled::ProgramTest {
 protected:
  /// The one fault of a file that cannot be read.
  [[nodiscard]] static Fault fault_of(const std::string& path) {
    const auto bytes = read_file(path);
    expects(!bytes && bytes.error().size() == 1, "the file has one fault");
    return bytes.error()[0];
  }
};

class WriteFile : public modelled::ProgramTest {};

TEST_F(ReadFile, GivesEveryByteAsItIs) {
  const std::string bytes("\xFF\xFE\0a\r\n\x1a\x80", 8);
  EXPECT_EQ(read_file(file("bytes", bytes)), bytes);
}

TEST_F(ReadFile, OfAnEmptyFileIsEmpty) {
  EXPECT_EQ(read_file(file("empty", "")), std::string());
}

TEST_F(ReadFile, ThatIsMissingIsAFault) {
  const Fault fault = fault_of(path("missing"));
  EXPECT_EQ(fault.found, "no such file");
  EXPECT_THAT(fault.expected, HasSubstr("read"));
  EXPECT_THAT(fault.place, IsEmpty()) << "the file as a whole";
}

TEST_F(ReadFile, BelowAnotherFileIsAFault) {
  const std::string below = file("file", "text") + "/below";
  EXPECT_EQ(fault_of(below).found, "no such file");
}

TEST_F(ReadFile, ThatIsAFolderIsAFault) {
  EXPECT_EQ(fault_of(path("")).found, "a folder");
}

TEST_F(ReadFile, OfMoreThan256MebibytesIsAFaultBeforeItIsRead) {
  const std::string large = file("large", "");
  std::filesystem::resize_file(large, (std::uintmax_t{256} << 20U) + 1);
  EXPECT_EQ(fault_of(large).found, "a file of 268435457 bytes");
}

TEST_F(WriteFile, LeavesTheBytesUnderTheNameAndNothingElse) {
  const std::string bytes("a\0b\r\n", 5);
  EXPECT_EQ(write_file(path("out"), bytes), std::nullopt);
  EXPECT_EQ(text_of("out"), bytes);
  EXPECT_THAT(entries(), ElementsAre("out"));
}

TEST_F(WriteFile, ReplacesALongerFileWhole) {
  const std::string out = file("out", "something longer");
  EXPECT_EQ(write_file(out, "short"), std::nullopt);
  EXPECT_EQ(text_of("out"), "short");
  EXPECT_THAT(entries(), ElementsAre("out"));
}

TEST_F(WriteFile, MakesTheFoldersThatAreMissing) {
  EXPECT_EQ(write_file(path("a/b/out"), "text"), std::nullopt);
  EXPECT_EQ(text_of("a/b/out"), "text");
}

TEST_F(WriteFile, BelowAnotherFileIsAFaultThatSaysWhatIsExpected) {
  const std::string other = file("file", "text");
  const auto fault = write_file(other + "/out", "text");
  ASSERT_TRUE(fault);
  EXPECT_THAT(fault->found, HasSubstr("written"));
  EXPECT_THAT(fault->expected, HasSubstr("permission"));
  EXPECT_THAT(entries(), ElementsAre("file"));
}

TEST_F(WriteFile, InPlaceOfAFolderIsAFaultAndLeavesTheFolder) {
  std::filesystem::create_directory(path("folder"));
  EXPECT_TRUE(write_file(path("folder"), "text"));
  EXPECT_THAT(entries(), ElementsAre("folder"));
}

TEST_F(WriteFile, InPlaceOfADeviceIsAFaultAndLeavesTheDevice) {
  EXPECT_TRUE(write_file("/dev/null", "text"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST_F(WriteFile, WithoutANameIsAFaultAndMakesNoFolder) {
  EXPECT_TRUE(write_file(path("new") + "/", "text"));
  EXPECT_THAT(entries(), IsEmpty());
}

TEST_F(ReadFile, ThatNeverEndsIsAFault) {
  EXPECT_THAT(fault_of("/dev/zero").found, HasSubstr("256 MiB"));
}

TEST_F(WriteFile, WhoseTemporaryFileCannotBeMadeLeavesTheOldFileWhole) {
  const std::string out = file("out", "old");
  std::filesystem::create_directory(path("out.partial"));
  EXPECT_TRUE(write_file(out, "new"));
  EXPECT_EQ(text_of("out"), "old");
}

}  // namespace
}  // namespace casplan::tools
