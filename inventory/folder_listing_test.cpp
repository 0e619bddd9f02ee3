#include "inventory/folder_listing.h"

#include <gmock/gmock.h>

namespace casplan::inventory {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Optional;
using testing::SizeIs;

FileContents read(std::string_view text) {
  FileContents contents;
  contents.file = "f.txt";
  read_folder_listing(contents, text);
  return contents;
}

TEST(FolderListing, HeadersNameTheServers) {
  const auto contents = read("[A] \n8.1.240.5\nauth\n[B]\n8.0.685.24\n");
  ASSERT_THAT(contents.listings, SizeIs(2));
  EXPECT_EQ(contents.listings[0].server, "A");
  EXPECT_THAT(contents.listings[0].folders, Optional(ElementsAre("8.1.240.5")));
  EXPECT_EQ(contents.listings[1].server, "B");
  EXPECT_EQ(contents.listings[1].line, 4U);
}

TEST(FolderListing, ThePathInThePromptNamesTheServer) {
  const auto contents =
      read("C:\\>dir /b /ad \"\\\\A\\c$\\Program Files\\Exchange\\ClientAccess\\owa\"\n8.1.240.5\n\nC:\\>\n");
  ASSERT_THAT(contents.listings, SizeIs(1));
  EXPECT_EQ(contents.listings[0].server, "A");
}

TEST(FolderListing, TheListingOfAnotherFolderIsNotRead) {
  const auto contents = read("C:\\>dir /b /ad \\\\A\\c$\\Exchange\\ClientAccess\nowa\nSync\n");
  EXPECT_THAT(contents.listings, IsEmpty());
  EXPECT_THAT(contents.notes, SizeIs(1));
}

TEST(FolderListing, NamesAloneLeaveTheServerOpen) {
  const auto contents = read("8.1.240.5\nauth\n");
  ASSERT_THAT(contents.listings, SizeIs(1));
  EXPECT_EQ(contents.listings[0].server, "");
}

TEST(FolderListing, OfAServerWithoutALineTellsNothingAndSaysSo) {
  const auto contents = read("[A]\n[B]\nauth\n");
  ASSERT_THAT(contents.listings, SizeIs(2));
  EXPECT_EQ(contents.listings[0].folders, std::nullopt);
  EXPECT_THAT(contents.listings[1].folders, Optional(IsEmpty()));
  ASSERT_THAT(contents.notes, SizeIs(1));
  EXPECT_THAT(contents.notes[0].text, HasSubstr("No folder is listed of A"));
}

TEST(FolderListing, AFailureLeavesTheFoldersUnknown) {
  const auto contents = read("[A]\nFile Not Found\n[B]\nZugriff verweigert\n");
  ASSERT_THAT(contents.listings, SizeIs(2));
  EXPECT_FALSE(contents.listings[0].folders);
  EXPECT_FALSE(contents.listings[1].folders);
  EXPECT_THAT(contents.notes, SizeIs(2));
}

TEST(FolderListing, ACopyOfAVersionIsNoVersion) {
  const auto contents = read("[A]\n8.1.240.5\n8.1.240.5 - Copy\nCurrent\n");
  ASSERT_THAT(contents.listings, SizeIs(1));
  EXPECT_THAT(contents.listings[0].folders, Optional(ElementsAre("8.1.240.5")));
  ASSERT_THAT(contents.notes, SizeIs(1));
  EXPECT_EQ(contents.notes[0].origin, (Origin{"f.txt", 3}));
}

TEST(FolderListing, TwoNamesOfOneVersionAreBothKeptAndNoted) {
  const auto contents = read("[A]\n8.1.240.5\n08.01.0240.005\n");
  EXPECT_THAT(contents.listings[0].folders, Optional(ElementsAre("8.1.240.5", "08.01.0240.005")));
  ASSERT_THAT(contents.notes, SizeIs(1));
  EXPECT_THAT(contents.notes[0].text, HasSubstr("OWA may not start"));
}

}  // namespace
}  // namespace casplan::inventory
