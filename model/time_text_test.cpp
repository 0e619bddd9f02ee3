#include "model/time_text.h"

#include <gtest/gtest.h>

namespace casplan {
namespace {

TEST(TimeText, LengthsAreSaidInTheirUnits) {
  EXPECT_EQ(length_text(Minutes(0)), "0 minutes");
  EXPECT_EQ(length_text(Minutes(1)), "1 minute");
  EXPECT_EQ(length_text(Minutes(60)), "1 hour");
  EXPECT_EQ(length_text(Minutes(150)), "2 hours and 30 minutes");
  EXPECT_EQ(length_text(Minutes(1440 + 61)), "1 day, 1 hour and 1 minute");
}

TEST(TimeText, MomentsAreSaidInUtc) {
  EXPECT_EQ(moment_text(default_start() + Minutes(5)), "2009-10-03 22:05");
  EXPECT_EQ(utc_text(default_start() + Minutes(125)), "2009-10-04 00:05 UTC");
  EXPECT_EQ(date_text(default_start()), "2009-10-03");
}

TEST(TimeText, AMomentBefore1970HasADateToo) {
  EXPECT_EQ(moment_text(Moment(Minutes(-1))), "1969-12-31 23:59");
}

TEST(TimeText, ADistanceFromUtcHasASign) {
  EXPECT_EQ(utc_offset_text(Minutes(0)), "+00:00");
  EXPECT_EQ(utc_offset_text(Minutes(-210)), "-03:30");
}

TEST(TimeText, AWindowIsNamedByItsOpening) {
  EXPECT_EQ(opening_text(WeeklyTime{6, Minutes(22 * 60), Minutes(30), Minutes(0)}), "Saturday 22:00");
  EXPECT_EQ(opening_text(WeeklyTime{0, Minutes(5), Minutes(30), Minutes(-210)}), "Sunday 00:05 (UTC-03:30)");
  EXPECT_EQ(opening_text(Window{{}, {}, DatedTime{default_start(), default_start() + Minutes(1)}}),
            "2009-10-03 22:00 UTC");
}

}  // namespace
}  // namespace casplan
