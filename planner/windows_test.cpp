#include "planner/windows.h"

#include <gtest/gtest.h>

#include <variant>
#include <vector>

#include "model/weekend_fixture.h"
#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;

class Windows : public ::testing::Test {
 protected:
  void open(std::variant<WeeklyTime, DatedTime> time) { policy_.windows.push_back({{}, {contoso_.branch}, time}); }
  [[nodiscard]] std::optional<Moment> earliest(Moment from, int minutes) const {
    return Calendars(contoso_.organisation, policy_).of(contoso_.target).earliest(from, Minutes(minutes));
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

TEST_F(Windows, AWeeklyTimeIsByTheClocksOfItsOffset) {
  open(weekly(6, 22, 60, Minutes(120)));
  EXPECT_EQ(earliest(saturday(13), 60), saturday(20));
}

TEST_F(Windows, AnOffsetMayMoveAWindowToAnotherDayAndOverTheWeeksEnd) {
  open(weekly(0, 0, 60, Minutes(14 * 60)));  // Sunday, 0:00 to 1:00, where clocks are 14 hours ahead
  EXPECT_EQ(earliest(saturday(0), 60), saturday(10));
  policy_.windows.clear();
  open(weekly(6, 20, 120, Minutes(-(5 * 60 + 30))));
  EXPECT_EQ(earliest(saturday(23), 120), sunday(1, 30));
  EXPECT_EQ(earliest(sunday(2), 90), sunday(2));
  EXPECT_EQ(earliest(sunday(2), 91), sunday(1, 30) + week);
}

TEST_F(Windows, ADatedWindowIsOpenOnce) {
  open(DatedTime{saturday(22), sunday(2)});
  EXPECT_EQ(earliest(saturday(12), 240), saturday(22));
  EXPECT_EQ(earliest(sunday(1), 60), sunday(1));
  EXPECT_FALSE(earliest(sunday(1), 61));
  EXPECT_FALSE(earliest(saturday(12), 241));
}

TEST_F(Windows, WorkGoesIntoAWindowOfEitherKind) {
  open(weekly(0, 12, 60));
  open(DatedTime{saturday(22), saturday(23)});
  open(DatedTime{sunday(20), sunday(23)});
  EXPECT_EQ(earliest(saturday(12), 60), saturday(22));
  EXPECT_EQ(earliest(saturday(22, 1), 60), sunday(12));
  EXPECT_EQ(earliest(saturday(12), 61), sunday(20));
  EXPECT_EQ(earliest(sunday(22), 60), sunday(22));
  EXPECT_EQ(earliest(sunday(22, 1), 60), sunday(12) + week);
}

TEST_F(Windows, WorkGoesOnFromOneWindowIntoTheNextThatTouchesIt) {
  open(weekly(6, 22, 120));
  open(weekly(0, 0, 360));
  EXPECT_EQ(earliest(saturday(12), 480), saturday(22));
  EXPECT_EQ(earliest(saturday(23), 420), saturday(23));
  EXPECT_FALSE(earliest(saturday(12), 481));
}

TEST_F(Windows, WorkGoesOnFromAWeeklyWindowIntoADatedOneAndBack) {
  open(weekly(6, 22, 60));
  open(DatedTime{saturday(23), sunday(2)});
  open(weekly(0, 1, 120));
  EXPECT_EQ(earliest(saturday(12), 300), saturday(22));
  EXPECT_FALSE(earliest(saturday(22, 1), 300)) << "in the next week they do not touch";
  EXPECT_EQ(earliest(saturday(22, 1), 120), saturday(22, 1));
}

TEST_F(Windows, AStepThatIsLongerThanEveryWindowOfItsServerIsProvedInfeasible) {
  policy_ = policy_to(sp1);
  open(weekly(6, 22, 89));
  const auto because = why_infeasible(contoso_.organisation, policy_);
  ASSERT_EQ(because.size(), 1U);
  EXPECT_EQ(because.front(), "No window of BRCAS1 is long enough for its upgrade, of 90 minutes. Lengthen a window.");
}

TEST_F(Windows, WorkOfSeveralStepsThatHasNoWindowIsSpreadOverSeveral) {
  policy_ = policy_to(sp1_ru9);
  open(weekly(6, 22, 100));
  const Plan plan = planned(contoso_.organisation, policy_);
  const Minutes between = step_of(contoso_.organisation, plan, "upgrade BRCAS1 8.1.393.1").schedule->start -
                          step_of(contoso_.organisation, plan, "upgrade BRCAS1 8.1.240.6").schedule->start;
  EXPECT_GT(between, Minutes(6 * 24 * 60));
}

TEST(TheGapOfTwoCalendars, IsTheLeastTimeBetweenTheirWindows) {
  Policy policy;
  policy.start = default_start();
  Window saturday;
  saturday.time = WeeklyTime{6, Minutes(22 * 60), Minutes(120), Minutes(0)};
  Window sunday;
  sunday.time = WeeklyTime{0, Minutes(3 * 60), Minutes(60), Minutes(0)};
  const Calendar late({&saturday});
  const Calendar early({&sunday});
  EXPECT_EQ(least_gap(late, early, policy), Minutes(180));
  EXPECT_EQ(least_gap(early, late, policy), Minutes(180));
  EXPECT_EQ(least_gap(late, late, policy), Minutes(0));
  EXPECT_EQ(least_gap(late, Calendar(), policy), Minutes(0));
}

}  // namespace
}  // namespace casplan::planner
