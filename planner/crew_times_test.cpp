#include "planner/crew_times.h"

#include <gtest/gtest.h>

namespace casplan::planner {
namespace {

Moment minute(std::int64_t count) {
  return Moment{} + Minutes(count);
}

Span span(std::int64_t start, std::int64_t end) {
  return {minute(start), minute(end)};
}

TEST(CrewTimes, ACrewIsFreeBeforeBetweenAndAfterItsWork) {
  CrewTimes times(1);
  times.add(span(10, 20));
  times.add(span(30, 40));
  for (const int start : {0, 20, 40}) EXPECT_EQ(times.earliest(minute(start), Minutes(10)), minute(start));
}

TEST(CrewTimes, WorkThatFollowsWithoutABreakIsOneTime) {
  CrewTimes times(1);
  times.add(span(20, 30));
  times.add(span(0, 10));
  times.add(span(10, 20));
  EXPECT_EQ(times.earliest(minute(5), Minutes(1)), minute(30));
}

TEST(CrewTimes, WorkGoesIntoTheFirstGapThatIsLongEnough) {
  CrewTimes times(1);
  times.add(span(10, 20));
  times.add(span(25, 30));
  times.add(span(40, 50));
  EXPECT_EQ(times.earliest(minute(0), Minutes(10)), minute(0));
  EXPECT_EQ(times.earliest(minute(1), Minutes(10)), minute(30));
  EXPECT_EQ(times.earliest(minute(1), Minutes(5)), minute(1));
  EXPECT_EQ(times.earliest(minute(6), Minutes(5)), minute(20));
  EXPECT_EQ(times.earliest(minute(1), Minutes(11)), minute(50));
}

TEST(CrewTimes, OfSeveralCrewsOneIsFreeUntilAllAreAtWork) {
  CrewTimes times(2);
  times.add(span(0, 30));
  EXPECT_EQ(times.earliest(minute(0), Minutes(30)), minute(0));
  times.add(span(10, 20));
  EXPECT_EQ(times.earliest(minute(0), Minutes(30)), minute(20));
  EXPECT_EQ(times.earliest(minute(20), Minutes(30)), minute(20));
}

TEST(CrewTimes, WorkOfNoLengthNeedsNoCrew) {
  CrewTimes times(1);
  times.add(span(10, 20));
  times.add(span(25, 25));
  EXPECT_EQ(times.earliest(minute(15), Minutes(0)), minute(15));
  EXPECT_EQ(times.earliest(minute(24), Minutes(2)), minute(24));
}

/// Work is placed while questions are asked, and no answer depends on those before.
TEST(CrewTimes, AnswerTheSameWhateverWasAskedBefore) {
  CrewTimes asked_often(1);
  CrewTimes asked_once(1);
  constexpr std::int64_t latest = 60;
  for (std::int64_t start = 0; start < latest; start += 7) {
    const Span work = span((start * 37) % latest, (start * 37) % latest + 4);
    asked_often.add(work);
    asked_once.add(work);
    for (std::int64_t from = latest; from >= 0; from -= 9) {
      for (const std::int64_t length : {1, 5, 12}) {
        CrewTimes fresh = asked_once;
        EXPECT_EQ(asked_often.earliest(minute(from * 11 % latest), Minutes(length)),
                  fresh.earliest(minute(from * 11 % latest), Minutes(length)));
      }
    }
  }
}

}  // namespace
}  // namespace casplan::planner
