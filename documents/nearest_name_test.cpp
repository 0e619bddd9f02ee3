#include "documents/nearest_name.h"

#include <gmock/gmock.h>

#include <array>

namespace casplan::documents {
namespace {

using testing::Eq;
using testing::Optional;

constexpr std::array<std::string_view, 4> names{"HQCAS1", "BRCAS1", "BRCAS10", "mailboxes"};

std::optional<std::string> nearest(std::string_view name) {
  NearestBudget budget;
  return nearest_name(name, names, budget);
}

TEST(NearestName, CaseDoesNotCount) {
  EXPECT_THAT(nearest("hqcas1"), Optional(Eq("HQCAS1")));
}

TEST(NearestName, MissingAddedOtherAndSwappedLettersAreNear) {
  EXPECT_THAT(nearest("HQCS1"), Optional(Eq("HQCAS1")));
  EXPECT_THAT(nearest("HQCASS1"), Optional(Eq("HQCAS1")));
  EXPECT_THAT(nearest("HQCAS2"), Optional(Eq("HQCAS1")));
  EXPECT_THAT(nearest("HQACS1"), Optional(Eq("HQCAS1")));
}

TEST(NearestName, TheFewestEditsWin) {
  EXPECT_THAT(nearest("BRCAS100"), Optional(Eq("BRCAS10")));
}

TEST(NearestName, FarNamesAreNotSuggested) {
  EXPECT_EQ(nearest("Exchange"), std::nullopt);
  EXPECT_EQ(nearest(""), std::nullopt);
  EXPECT_EQ(nearest(std::string(100'000, 'H')), std::nullopt);
}

TEST(NearestName, WorkIsBounded) {
  NearestBudget budget{40};
  EXPECT_THAT(nearest_name("HQCAS2", names, budget), Optional(Eq("HQCAS1")));
  EXPECT_EQ(nearest_name("HQCAS2", names, budget), std::nullopt);
}

}  // namespace
}  // namespace casplan::documents
