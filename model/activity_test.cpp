#include "model/activity.h"

#include <gtest/gtest.h>

#include "model/contracts.h"

namespace casplan {
namespace {

constexpr Minutes hour{60};
constexpr Moment midnight = std::chrono::sys_days{std::chrono::year{2009} / 10 / 4};

std::int64_t of_default(Moment from, Moment to, Minutes utc_offset = Minutes{0}) {
  return ActivityTable(Activity{}).percent_minutes(utc_offset, from, to);
}

TEST(Activity, IsAnOfficeDayUnlessSomethingElseIsSaid) {
  EXPECT_EQ(of_default(midnight + 9 * hour, midnight + 10 * hour), 6000);
  EXPECT_EQ(of_default(midnight + 17 * hour, midnight + 19 * hour), 6000 + 1200);
  EXPECT_EQ(of_default(midnight, midnight + 8 * hour), 8 * 300);
}

TEST(Activity, OfNoTimeIsNothing) {
  EXPECT_EQ(of_default(midnight + 9 * hour, midnight + 9 * hour), 0);
}

TEST(Activity, GoesByTheClocksOfTheSite) {
  EXPECT_EQ(of_default(midnight + 13 * hour, midnight + 14 * hour, -5 * hour), 6000);
  EXPECT_EQ(of_default(midnight + 12 * hour, midnight + 13 * hour, -5 * hour), 300);
  EXPECT_EQ(of_default(midnight, midnight + hour, 9 * hour), 6000);
}

TEST(Activity, OfADayIsTheSameWhereverTheSiteIs) {
  for (Minutes offset = -14 * hour; offset <= 14 * hour; offset += Minutes{15}) {
    EXPECT_EQ(of_default(midnight, midnight + a_day, offset), 600 * 100 + 240 * 20 + 600 * 5);
  }
}

TEST(Activity, ReachesBackBeforeTheEpoch) {
  EXPECT_EQ(of_default(Moment{}, Moment{} + a_day, -14 * hour), 600 * 100 + 240 * 20 + 600 * 5);
}

TEST(Activity, MayCrossMidnight) {
  const ActivityTable night({{{22 * hour, 6 * hour, 50}}, 0, Minutes{0}, {}});
  EXPECT_EQ(night.percent_minutes(Minutes{0}, midnight - 2 * hour, midnight + 6 * hour), 8 * 60 * 50);
  EXPECT_EQ(night.percent_minutes(Minutes{0}, midnight + 6 * hour, midnight + 22 * hour), 0);
}

TEST(Activity, MayEndAtMidnight) {
  const ActivityTable evening({{{22 * hour, Minutes{0}, 50}}, 0, Minutes{0}, {}});
  EXPECT_EQ(evening.percent_minutes(Minutes{0}, midnight, midnight + a_day), 2 * 60 * 50);
}

TEST(Activity, KnowsTheClocksOfEachSite) {
  const ActivityTable table({{}, 5, hour, {{SiteId{1}, -5 * hour}}});
  EXPECT_EQ(table.utc_offset_of(SiteId{0}), hour);
  EXPECT_EQ(table.utc_offset_of(SiteId{1}), -5 * hour);
}

TEST(Activity, HoursThatTouchDoNotOverlap) {
  EXPECT_TRUE(overlaps({{8 * hour, 18 * hour, 100}, {18 * hour, 8 * hour, 20}}).empty());
}

TEST(Activity, HoursOverlapWhereTheyHaveAMinuteInCommon) {
  const auto found = overlaps({{8 * hour, 18 * hour, 100}, {20 * hour, 22 * hour, 20}, {21 * hour, 9 * hour, 5}});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].earlier, 1U);
  EXPECT_EQ(found[0].later, 2U);
  EXPECT_EQ(found[1].earlier, 0U);
  EXPECT_EQ(found[1].later, 2U);
}

}  // namespace
}  // namespace casplan
