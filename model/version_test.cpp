#include "model/version.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace casplan {
namespace {

TEST(FolderName, IsAVersionInThreeOrFourGroupsOfDigits) {
  EXPECT_EQ(parse_folder_name("8.1.240.5"), (OwaVersion{{8, 1, 240, 5}}));
  EXPECT_EQ(parse_folder_name("99.99.9999.9999"), (OwaVersion{{99, 99, 9999, 9999}}));
}

TEST(FolderName, InThreeGroupsHasALastPartOfZero) {
  EXPECT_EQ(parse_folder_name("8.0.700"), (OwaVersion{{8, 0, 700, 0}}));
}

TEST(FolderName, MayHaveLeadingZerosThatDoNotCount) {
  EXPECT_EQ(parse_folder_name("8.01.0240.005"), (OwaVersion{{8, 1, 240, 5}}));
}

TEST(FolderName, OfAnyOtherShapeIsNoVersion) {
  const std::vector<std::string> names{
      "",           "Current",     "auth",        "bin",         "8.1.240.5 - Copy", " 8.1.240.5",  "8.1.240.5 ",
      "8.1",        "8.1.240.5.1", "8..240.5",    "8.1.240.",    ".8.1.240",         "8.1.24O.5",   "+8.1.240.5",
      "-8.1.240.5", "100.1.240.5", "8.100.240.5", "8.1.10000.5", "8.1.240.10000",    "008.1.240.5", "8,1,240,5"};
  for (const std::string& name : names) EXPECT_FALSE(parse_folder_name(name)) << '"' << name << '"';
}

TEST(FolderName, OfHostileLengthIsNoVersion) {
  EXPECT_FALSE(parse_folder_name(std::string(1'000'000, '.')));
  EXPECT_FALSE(parse_folder_name(std::string(1'000'000, '8')));
}

TEST(BuildText, HasExactlyFourGroups) {
  EXPECT_EQ(parse_build("8.1.240.6"), (BuildVersion{{8, 1, 240, 6}}));
  EXPECT_FALSE(parse_build("8.1.240"));
  EXPECT_FALSE(parse_build("8.1.240.6.0"));
}

TEST(BuildText, AsExSetupShowsItHasLeadingZeros) {
  EXPECT_EQ(parse_build("08.02.0176.002"), (BuildVersion{{8, 2, 176, 2}}));
}

TEST(BuildText, HoldsNumbersUpTo65535) {
  EXPECT_EQ(parse_build("8.1.65535.0"), (BuildVersion{{8, 1, 65535, 0}}));
  EXPECT_FALSE(parse_build("8.1.65536.0"));
  EXPECT_FALSE(parse_build("8.1.99999999999999999999.0"));
}

TEST(Versions, AreComparedNumberByNumberAndNotAsText) {
  EXPECT_LT((OwaVersion{{8, 1, 240, 5}}), (OwaVersion{{8, 1, 1000, 0}}));
  EXPECT_LT((OwaVersion{{8, 3, 83, 4}}), (OwaVersion{{8, 3, 106, 2}}));
  EXPECT_LT((OwaVersion{{8, 3, 517, 0}}), (OwaVersion{{14, 0, 639, 21}}));
  EXPECT_LT((OwaVersion{{8, 3, 159, 0}}), (OwaVersion{{8, 3, 159, 2}}));
}

TEST(Versions, AreWrittenWithoutLeadingZeros) {
  EXPECT_EQ(to_string(BuildVersion{{8, 2, 176, 2}}), "8.2.176.2");
  EXPECT_EQ(to_string(OwaVersion{{8, 0, 700, 0}}), "8.0.700.0");
}

TEST(Versions, OfOneServicePackShareTheirLevel) {
  EXPECT_EQ((BuildVersion{{8, 1, 240, 6}}).level(), (OwaVersion{{8, 1, 340, 0}}).level());
  EXPECT_LT((BuildVersion{{8, 3, 517, 0}}).level(), (BuildVersion{{14, 0, 639, 21}}).level());
}

}  // namespace
}  // namespace casplan
