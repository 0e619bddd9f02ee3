#include "planner/time_text.h"

#include <gtest/gtest.h>

namespace casplan::planner {
namespace {

TEST(TimeText, LengthsAreSaidInTheirUnits) {
  EXPECT_EQ(in_words(Minutes(0)), "0 minutes");
  EXPECT_EQ(in_words(Minutes(1)), "1 minute");
  EXPECT_EQ(in_words(Minutes(60)), "1 hour");
  EXPECT_EQ(in_words(Minutes(150)), "2 hours and 30 minutes");
  EXPECT_EQ(in_words(Minutes(1440 + 61)), "1 day, 1 hour and 1 minute");
}

TEST(TimeText, MomentsAreSaidInUtc) {
  EXPECT_EQ(in_words(default_start()), "2009-10-03 22:00 UTC");
  EXPECT_EQ(in_words(default_start() + Minutes(125)), "2009-10-04 00:05 UTC");
}

TEST(TimeText, AWindowIsNamedByItsOpening) {
  EXPECT_EQ(opening_in_words(WeeklyTime{6, Minutes(22 * 60), Minutes(30), Minutes(0)}), "Saturday 22:00");
  EXPECT_EQ(opening_in_words(WeeklyTime{0, Minutes(5), Minutes(30), Minutes(-210)}), "Sunday 00:05 (UTC-03:30)");
  EXPECT_EQ(opening_in_words(Window{{}, {}, DatedTime{default_start(), default_start() + Minutes(1)}}),
            "2009-10-03 22:00 UTC");
}

}  // namespace
}  // namespace casplan::planner
