#include "model/readings.h"

#include <gtest/gtest.h>

#include <set>

#include "model/contracts.h"

namespace casplan {
namespace {

constexpr Readings kb_conform{};

TEST(Readings, AgreeWithTheKbByDefault) {
  EXPECT_EQ(kb_conform.folder_match, FolderMatch::running);
  EXPECT_EQ(kb_conform.folder_load, FolderLoad::at_start);
  EXPECT_EQ(kb_conform.service_pack_removes, ServicePackRemoves::all_earlier);
  EXPECT_EQ(kb_conform.rollup_keeps, RollupKeeps::keeps);
  EXPECT_EQ(kb_conform.rollup_removal, RollupRemoval::folder_stays);
  EXPECT_EQ(kb_conform.older_front, OlderFront::fails);
}

TEST(Readings, HaveSixtyFourDifferentCombinationsTheKbConformOneFirst) {
  const auto all = combinations({});
  ASSERT_EQ(all.size(), 64U);
  EXPECT_EQ(all.front(), kb_conform);
  std::set<std::array<std::size_t, 6>> different;
  for (const Readings& readings : all) different.insert(values_of(readings));
  EXPECT_EQ(different.size(), 64U);
}

TEST(Readings, ThatAreFixedHalveTheCombinationsAndHoldInAll) {
  FixedReadings fixed;
  fixed.rollup_keeps = RollupKeeps::may_remove;
  EXPECT_EQ(combinations(fixed).size(), 32U);
  fixed.older_front = OlderFront::fails;
  const auto left = combinations(fixed);
  EXPECT_EQ(left.size(), 16U);
  for (const Readings& readings : left) {
    EXPECT_EQ(readings.rollup_keeps, RollupKeeps::may_remove);
    EXPECT_EQ(readings.older_front, OlderFront::fails);
  }
}

TEST(Readings, ThatAreAllFixedLeaveOneCombination) {
  FixedReadings fixed;
  for (std::size_t reading = 0; reading < 6; ++reading) fix(fixed, reading, 1);
  const auto left = combinations(fixed);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(values_of(left.front()), (std::array<std::size_t, 6>{1, 1, 1, 1, 1, 1}));
}

TEST(Readings, ThatAreOpenStartWithTheKbConformValue) {
  FixedReadings fixed;
  fixed.folder_load = FolderLoad::at_once;
  Readings expected;
  expected.folder_load = FolderLoad::at_once;
  EXPECT_EQ(first_of(fixed), expected);
  EXPECT_EQ(combinations(fixed).front(), expected);
}

TEST(Readings, HaveTheNamesOfTheRules) {
  const auto& names = reading_names();
  EXPECT_EQ(names[0].name, "folder_match");
  EXPECT_EQ(names[0].values[0], "running");
  EXPECT_EQ(names[0].values[1], "highest");
  EXPECT_EQ(names[1].name, "folder_load");
  EXPECT_EQ(names[1].values[0], "at_start");
  EXPECT_EQ(names[1].values[1], "at_once");
  EXPECT_EQ(names[2].name, "service_pack_removes");
  EXPECT_EQ(names[2].values[0], "all_earlier");
  EXPECT_EQ(names[2].values[1], "installed_only");
  EXPECT_EQ(names[3].name, "rollup_keeps");
  EXPECT_EQ(names[3].values[0], "keeps");
  EXPECT_EQ(names[3].values[1], "may_remove");
  EXPECT_EQ(names[4].name, "rollup_removal");
  EXPECT_EQ(names[4].values[0], "folder_stays");
  EXPECT_EQ(names[4].values[1], "folder_goes");
  EXPECT_EQ(names[5].name, "older_front");
  EXPECT_EQ(names[5].values[0], "fails");
  EXPECT_EQ(names[5].values[1], "needs_folder");
}

TEST(FixedReadings, AreFixedOneByOneInTheOrderOfTheirNames) {
  for (std::size_t reading = 0; reading < 6; ++reading) {
    FixedReadings fixed;
    fix(fixed, reading, 1);
    const auto values = values_of(fixed);
    for (std::size_t other = 0; other < 6; ++other) {
      EXPECT_EQ(values[other], other == reading ? std::optional<std::size_t>(1) : std::nullopt);
    }
  }
}

TEST(FixedReadings, RefuseAReadingOrAValueThatDoesNotExist) {
  FixedReadings fixed;
  EXPECT_THROW(fix(fixed, 6, 0), ContractViolation);
  EXPECT_THROW(fix(fixed, 0, 2), ContractViolation);
}

}  // namespace
}  // namespace casplan
