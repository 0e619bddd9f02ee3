#include "planner/windows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "model/contracts.h"
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

WeeklyTime weekly(unsigned day, int hour, int minutes, Minutes utc_offset = Minutes(0)) {
  return {day, Minutes(60 * hour), Minutes(minutes), utc_offset};
}

using Time = std::variant<WeeklyTime, DatedTime>;

Calendar calendar(const std::vector<Time>& times) {
  std::vector<Window> windows;
  for (const Time& time : times) windows.push_back({{}, {}, time});
  std::vector<const Window*> all;
  for (const Window& window : windows) all.push_back(&window);
  return Calendar(all);
}

class Windows : public ::testing::Test {
 protected:
  void open(Time time) { policy_.windows.push_back({{}, {contoso_.branch}, time}); }
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

TEST(Calendar, OfWindowsThatFillTheWeekIsAlwaysOpen) {
  std::vector<Time> days;
  for (unsigned day = 0; day < 7; ++day) days.emplace_back(weekly(day, 9, 24 * 60, Minutes(60)));
  EXPECT_EQ(calendar(days), Calendar());
  EXPECT_EQ(calendar({weekly(3, 17, static_cast<int>(week.count()))}), Calendar());
  days.pop_back();
  EXPECT_FALSE(calendar(days).is_always_open());
  EXPECT_EQ(calendar(days).earliest(saturday(8), Minutes(6 * 24 * 60)), sunday(8)) << "six days without a break";
}

TEST(Calendar, OfOneWindowTwoHoursShortOfAWeekHasABreakOfTwoHours) {
  const Calendar open = calendar({weekly(6, 2, static_cast<int>(week.count()) - 120)});
  EXPECT_FALSE(open.is_open(saturday(1), saturday(1)));
  EXPECT_TRUE(open.is_open(saturday(2), saturday(0) + week));
  EXPECT_EQ(open.next_boundary(saturday(1)), saturday(2));
  EXPECT_EQ(open.next_boundary(saturday(2)), saturday(0) + week);
}

TEST(Calendar, IsOpenFromTheFirstMinuteOfAWindowToItsLast) {
  const Calendar open = calendar({weekly(6, 22, 240), DatedTime{sunday(10), sunday(11)}});
  EXPECT_TRUE(open.is_open(saturday(22), sunday(2)));
  EXPECT_FALSE(open.is_open(saturday(21, 59), sunday(2)));
  EXPECT_FALSE(open.is_open(saturday(22), sunday(2, 1)));
  EXPECT_TRUE(open.is_open(sunday(10), sunday(11)));
  EXPECT_FALSE(open.is_open(sunday(1), sunday(11))) << "it is closed in between";
  EXPECT_TRUE(open.is_open(sunday(2), sunday(2))) << "what takes no time may be done when it closes";
  EXPECT_THROW((void)open.is_open(sunday(11), sunday(10)), ContractViolation);
  EXPECT_THROW((void)open.earliest(sunday(11), Minutes(-1)), ContractViolation);
}

TEST(Calendar, NamesTheNextMomentAtWhichItOpensOrCloses) {
  const Calendar open = calendar({weekly(6, 22, 120), weekly(0, 0, 60), DatedTime{sunday(10), sunday(11)}});
  EXPECT_EQ(open.next_boundary(saturday(21)), saturday(22));
  EXPECT_EQ(open.next_boundary(saturday(22)), sunday(1)) << "at midnight it stays open";
  EXPECT_EQ(open.next_boundary(sunday(1)), sunday(10));
  EXPECT_EQ(open.next_boundary(sunday(10)), sunday(11));
  EXPECT_EQ(open.next_boundary(sunday(11)), saturday(22) + week);
}

TEST(Calendar, HasNoBoundaryAfterItsLastDatedWindowOrWhereItIsAlwaysOpen) {
  EXPECT_EQ(Calendar().next_boundary(saturday(22)), std::nullopt);
  const Calendar open = calendar({DatedTime{sunday(10), sunday(11)}});
  EXPECT_EQ(open.next_boundary(sunday(10, 59)), sunday(11));
  EXPECT_EQ(open.next_boundary(sunday(11)), std::nullopt);
}

TEST(Calendar, KnowsTimesBeforeTheEpoch) {
  const Moment thursday{Minutes(-7 * 24 * 60)};  // 1969-12-25
  const Calendar open = calendar({weekly(4, 0, 60)});
  EXPECT_TRUE(open.is_open(thursday, thursday + Minutes(60)));
  EXPECT_EQ(open.next_boundary(thursday - Minutes(1)), thursday);
  EXPECT_EQ(open.next_boundary(thursday), thursday + Minutes(60));
  EXPECT_EQ(open.next_boundary(thursday + Minutes(60)), Moment{});
}

TEST(Calendar, IsTheSameForWindowsThatAreOpenAtTheSameTimes) {
  EXPECT_EQ(calendar({weekly(6, 22, 120), weekly(0, 0, 60)}), calendar({weekly(6, 22, 180)}));
  EXPECT_EQ(calendar({weekly(6, 22, 60)}), calendar({weekly(0, 0, 60, Minutes(120))}));
  EXPECT_EQ(calendar({weekly(6, 22, 60), DatedTime{saturday(22), saturday(23)}}), calendar({weekly(6, 22, 60)}));
  EXPECT_NE(calendar({weekly(6, 22, 60), DatedTime{saturday(22), saturday(23, 1)}}), calendar({weekly(6, 22, 60)}));
  EXPECT_NE(calendar({DatedTime{saturday(22), saturday(23)}}), calendar({weekly(6, 22, 60)}));
}

/// Open or not in each minute of four weeks, by the windows one by one.
bool is_in_some_window(const std::vector<Time>& times, Moment minute) {
  return std::any_of(times.begin(), times.end(), [&](const Time& time) {
    if (const auto* dated = std::get_if<DatedTime>(&time)) return dated->start <= minute && minute < dated->end;
    const auto& window = std::get<WeeklyTime>(time);
    const auto into_week =
        (minute + window.utc_offset - sunday(0) - window.day * Minutes(24 * 60) - window.start) % week;
    return (into_week + week) % week < window.length;
  });
}

TEST(Calendar, AgreesWithItsWindowsMinuteByMinute) {
  const std::vector<Time> times{weekly(6, 22, 300, Minutes(-60)),  weekly(0, 3, 90),
                                weekly(3, 23, 2000, Minutes(845)), DatedTime{sunday(5), sunday(6)},
                                DatedTime{sunday(30), sunday(31)}, DatedTime{sunday(4, 30), sunday(5, 10)}};
  const Calendar open = calendar(times);
  Moment boundary = sunday(0) - week;
  for (Moment minute = boundary; minute < sunday(0) + 3 * week; minute += Minutes(1)) {
    const bool is_open = is_in_some_window(times, minute);
    ASSERT_EQ(open.is_open(minute, minute + Minutes(1)), is_open) << minute.time_since_epoch().count();
    const bool changes = is_open != is_in_some_window(times, minute - Minutes(1));
    if (changes && minute > boundary) {
      ASSERT_EQ(open.next_boundary(boundary), minute);
    }
    if (changes) boundary = minute;
    const auto next = open.earliest(minute, Minutes(1));
    ASSERT_EQ(next == minute, is_open);
  }
}

TEST(Calendars, GiveEachServerTheWindowsThatNameItOrItsSite) {
  const TwoSites contoso;
  Policy policy;
  policy.windows = {{{contoso.target}, {}, weekly(6, 22, 60)},
                    {{}, {contoso.branch}, weekly(6, 23, 60)},
                    {{contoso.target}, {contoso.branch}, DatedTime{sunday(5), sunday(6)}}};
  const Calendars calendars(contoso.organisation, policy);
  EXPECT_TRUE(calendars.of(contoso.front).is_always_open());
  EXPECT_EQ(calendars.of(contoso.target), calendar({weekly(6, 22, 120), DatedTime{sunday(5), sunday(6)}}));
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
