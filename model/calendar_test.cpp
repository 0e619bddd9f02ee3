#include "model/calendar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <variant>
#include <vector>

#include "model/contracts.h"
#include "model/weekend_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan {
namespace {

using namespace modelled;

using Time = std::variant<WeeklyTime, DatedTime>;

Calendar calendar(const std::vector<Time>& times) {
  std::vector<Window> windows;
  for (const Time& time : times) windows.push_back({{}, {}, time});
  std::vector<const Window*> all;
  for (const Window& window : windows) all.push_back(&window);
  return Calendar(all);
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

TEST(Calendar, TellsItsFirstSpansFromAMomentOn) {
  using Spans = std::vector<Calendar::Span>;
  const Calendar open = calendar({weekly(6, 22, 480)});
  EXPECT_EQ(open.first_spans(saturday(23), 2),
            (Spans{{saturday(23), sunday(6)}, {saturday(22) + week, sunday(6) + week}}));
  EXPECT_EQ(calendar({DatedTime{saturday(1), saturday(2)}}).first_spans(saturday(0), 2),
            (Spans{{saturday(1), saturday(2)}}));
  EXPECT_EQ(Calendar().first_spans(saturday(23), 2), Spans{});
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

}  // namespace
}  // namespace casplan
