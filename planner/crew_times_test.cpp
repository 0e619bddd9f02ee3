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
  for (const Span& free : {span(0, 10), span(20, 30), span(40, 90)}) {
    EXPECT_EQ(times.busy_until(free), std::nullopt) << free.start.time_since_epoch().count();
  }
}

TEST(CrewTimes, WorkThatFollowsWithoutABreakIsOneTime) {
  CrewTimes times(1);
  times.add(span(20, 30));
  times.add(span(0, 10));
  times.add(span(10, 20));
  EXPECT_EQ(times.busy_until(span(5, 6)), minute(30));
}

TEST(CrewTimes, TheFirstWorkThatIsMetDecides) {
  CrewTimes times(1);
  times.add(span(10, 20));
  times.add(span(30, 40));
  EXPECT_EQ(times.busy_until(span(0, 50)), minute(20));
  EXPECT_EQ(times.busy_until(span(20, 50)), minute(40));
}

TEST(CrewTimes, OfSeveralCrewsOneIsFreeUntilAllAreAtWork) {
  CrewTimes times(2);
  times.add(span(0, 30));
  EXPECT_EQ(times.busy_until(span(0, 30)), std::nullopt);
  times.add(span(10, 20));
  EXPECT_EQ(times.busy_until(span(0, 30)), minute(20));
  EXPECT_EQ(times.busy_until(span(20, 30)), std::nullopt);
}

TEST(CrewTimes, WorkOfNoLengthNeedsNoCrew) {
  CrewTimes times(1);
  times.add(span(10, 20));
  times.add(span(25, 25));
  EXPECT_EQ(times.busy_until(span(15, 15)), std::nullopt);
  EXPECT_EQ(times.busy_until(span(24, 26)), std::nullopt);
}

}  // namespace
}  // namespace casplan::planner
