#include "planner/windows.h"

#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;

/// Saturday 2009-10-03, at a time of the day.
Moment saturday(int hour, int minute = 0) {
  return default_start() + Minutes(60 * hour + minute - 22 * 60);
}
Moment sunday(int hour, int minute = 0) {
  return saturday(24 + hour, minute);
}
constexpr Minutes week{7 * 24 * 60};

WeeklyTime weekly(unsigned day, int hour, int minutes) {
  return {day, Minutes(60 * hour), Minutes(minutes)};
}

class Windows : public ::testing::Test {
 protected:
  void open(WeeklyTime time) { policy_.windows.push_back({{}, {contoso_.branch}, time}); }
  [[nodiscard]] std::optional<Moment> earliest(Moment from, int minutes) const {
    return earliest_in_window(contoso_.organisation, policy_, contoso_.target, from, Minutes(minutes));
  }

  TwoSites contoso_;
  Policy policy_;
};

TEST_F(Windows, AServerThatNoneNamesMayBeWorkedOnAtAnyTime) {
  policy_.windows.push_back({{contoso_.front}, {contoso_.hq}, weekly(2, 0, 10)});
  EXPECT_EQ(earliest(saturday(13, 7), 100'000), saturday(13, 7));
}

TEST_F(Windows, WorkWaitsUntilTheWindowOpens) {
  open(weekly(6, 22, 480));
  EXPECT_EQ(earliest(saturday(13), 90), saturday(22));
}

TEST_F(Windows, WorkThatStillFitsStartsAtOnceAndFillsTheWindowToItsEnd) {
  open(weekly(6, 22, 120));
  EXPECT_EQ(earliest(saturday(22, 30), 90), saturday(22, 30));
  EXPECT_EQ(earliest(saturday(22, 31), 90), saturday(22) + week);
}

TEST_F(Windows, AWindowOverMidnightGoesOnAtTheEndOfTheWeek) {
  open(weekly(6, 22, 480));
  EXPECT_EQ(earliest(sunday(3), 90), sunday(3)) << "Sunday is day 0 of the next week";
  EXPECT_EQ(earliest(sunday(4, 30), 90), sunday(4, 30));
  EXPECT_EQ(earliest(sunday(4, 31), 90), saturday(22) + week);
}

TEST_F(Windows, AWindowOfAWholeWeekIsOpenNow) {
  open(weekly(6, 22, static_cast<int>(week.count())));
  EXPECT_EQ(earliest(sunday(11), 90), sunday(11));
}

TEST_F(Windows, WorkThatIsAsLongAsTheWindowFillsIt) {
  open(weekly(6, 22, 90));
  EXPECT_EQ(earliest(saturday(22), 90), saturday(22));
}

TEST_F(Windows, WorkThatIsLongerThanEachWindowNeverStarts) {
  open(weekly(6, 22, 89));
  open(weekly(0, 1, 60));
  EXPECT_FALSE(earliest(saturday(22), 90));
}

TEST_F(Windows, TheEarliestOfSeveralWindowsIsTaken) {
  open(weekly(0, 1, 60));
  policy_.windows.push_back({{contoso_.target}, {}, weekly(6, 23, 60)});
  EXPECT_EQ(earliest(saturday(12), 30), saturday(23));
  EXPECT_EQ(earliest(saturday(23, 45), 30), sunday(1));
}

TEST_F(Windows, ATimeBeforeTheEpochIsAsGoodAsAnyOther) {
  open(weekly(4, 0, 60));
  const Moment thursday{Minutes(-7 * 24 * 60)};  // 1969-12-25
  EXPECT_EQ(earliest(thursday, 60), thursday);
  EXPECT_EQ(earliest(thursday + Minutes(1), 60), Moment{});
}

TEST_F(Windows, AStepThatIsLongerThanEveryWindowOfItsServerIsProvedInfeasible) {
  policy_ = policy_to(sp1);
  open(weekly(6, 22, 89));
  const auto because = why_infeasible(contoso_.organisation, policy_);
  ASSERT_EQ(because.size(), 1U);
  EXPECT_EQ(because.front(), "No window of BRCAS1 is long enough for its upgrade, of 90 minutes. Lengthen a window.");
}

TEST_F(Windows, WorkOfSeveralStepsThatHasNoWindowIsNotFoundButNotProvedInfeasible) {
  policy_ = policy_to(sp1_ru9);
  open(weekly(6, 22, 100));
  const auto because = why_not_found(contoso_.organisation, policy_);
  ASSERT_EQ(because.size(), 1U);
  EXPECT_NE(because.front().find("No window of BRCAS1 is long enough: the work on it takes"), std::string::npos);
}

}  // namespace
}  // namespace casplan::planner
