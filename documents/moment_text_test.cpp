#include "documents/moment_text.h"

#include <gtest/gtest.h>

#include "model/policy.h"
#include "model/time_text.h"

namespace casplan::documents {
namespace {

TEST(MomentText, ReadsUtc) {
  EXPECT_EQ(parse_moment("2009-10-03T22:00:00Z"), default_start());
  EXPECT_EQ(parse_moment("2009-10-03t22:00:00+00:00"), default_start());
}

TEST(MomentText, ConvertsOtherOffsets) {
  EXPECT_EQ(parse_moment("2009-10-04T00:00:00+02:00"), default_start());
  EXPECT_EQ(parse_moment("2009-10-03T16:30:00-05:30"), default_start());
}

TEST(MomentText, RefusesWhatIsNoTimeToTheMinute) {
  for (const char* text :
       {"", "2009-10-03", "2009-10-03T22:00:00", "2009-10-03 22:00:00Z", "2009-10-03T22:00:01Z", "2009-10-03T22:00Z",
        "2009-02-29T22:00:00Z", "2009-13-03T22:00:00Z", "2009-10-03T24:00:00Z", "2009-10-03T22:60:00Z",
        "2009-10-03T22:00:00+2", "2009-10-03T22:00:00ZZ", "+009-10-03T22:00:00Z", "2009-10-03T-1:00:00Z"}) {
    EXPECT_EQ(parse_moment(text), std::nullopt) << text;
  }
}

TEST(MomentText, KeepsToTheYears1970To9999InUtc) {
  EXPECT_EQ(parse_moment("1970-01-01T00:00:00Z"), Moment{});
  EXPECT_EQ(parse_moment("1970-01-01T00:00:00+00:01"), std::nullopt);
  EXPECT_TRUE(parse_moment("9999-12-31T23:59:00Z"));
  EXPECT_EQ(parse_moment("9999-12-31T23:59:00-00:01"), std::nullopt);
}

TEST(MomentText, WritesWhatItReads) {
  for (const char* text : {"1970-01-01T00:00:00Z", "2008-02-29T07:05:00Z", "9999-12-31T23:59:00Z"}) {
    EXPECT_EQ(to_text(parse_moment(text).value()), text);
  }
}

TEST(MomentText, DistancesFromUtcHaveASignAndAreAtMostFourteenHours) {
  EXPECT_EQ(parse_utc_offset("+02:00"), Minutes(120));
  EXPECT_EQ(parse_utc_offset("-05:30"), Minutes(-330));
  EXPECT_EQ(parse_utc_offset("-00:00"), Minutes(0));
  EXPECT_EQ(parse_utc_offset("+14:00"), Minutes(840));
  for (const char* text : {"", "02:00", "Z", "+2:00", "+14:01", "-14:01", "+02:60", "+02:00 ", "+0200", "--2:00"}) {
    EXPECT_EQ(parse_utc_offset(text), std::nullopt) << text;
  }
  for (const char* text : {"+00:00", "-05:30", "+13:45"}) EXPECT_EQ(utc_offset_text(*parse_utc_offset(text)), text);
}

TEST(MomentText, TimesOfTheDayHaveTwoGroupsOfTwoDigits) {
  EXPECT_EQ(parse_time_of_day("22:05"), Minutes(22 * 60 + 5));
  EXPECT_EQ(clock_text(Minutes(65)), "01:05");
  EXPECT_EQ(parse_time_of_day("24:00"), std::nullopt);
  EXPECT_EQ(parse_time_of_day("9:00"), std::nullopt);
}

}  // namespace
}  // namespace casplan::documents
