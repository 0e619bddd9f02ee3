#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"
#include "simulator/trace.h"

namespace casplan::simulator {
namespace {

using namespace modelled;

/// Two branches alike, each without its CAS from 22:00 to 23:00 UTC, when nobody works any more in the first and
/// everybody begins in the second, whose clocks are ten hours ahead.
struct TwoBranches : TwoSites {
  SiteId far_branch = site("Branch2", 300);
  ServerId far_target = cas("BRCAS2", far_branch, rtm);
  Plan plan = timed({{upgrade(target, sp1), 0, 60}, {upgrade(far_target, sp1), 0, 60}});
  ActivityTable activity{[this] {
    Activity office_day;
    office_day.utc_offsets = {{far_branch, Minutes(600)}};
    return office_day;
  }()};
  static constexpr std::int64_t unavailable = 2 * 300 * 60;
  static constexpr std::int64_t of_these_logged_on = 300 * 60 * 5 / 100 + 300 * 60;
};

void expect_by_the_clocks_of_each_branch(const Totals& totals) {
  EXPECT_EQ(value(totals.all, Measure::unavailable_user_minutes), TwoBranches::unavailable);
  EXPECT_EQ(value(totals.logged_on, Measure::unavailable_user_minutes), TwoBranches::of_these_logged_on);
}

TEST(LoggedOn, GoesByTheClocksOfEachSiteWhereEachStateIsShown) {
  const TwoBranches contoso;
  const auto totals = play_through(contoso.organisation, contoso.plan, Readings{}, {}, {}, &contoso.activity,
                                   [](const PassingState&) {});
  ASSERT_TRUE(totals.has_value());
  expect_by_the_clocks_of_each_branch(*totals);
}

TEST(LoggedOn, GoesByTheClocksOfEachSiteWhereTheTotalsAloneAreAsked) {
  const TwoBranches contoso;
  const auto totals = measure(contoso.organisation, contoso.plan, Readings{}, {}, contoso.activity);
  ASSERT_TRUE(totals.has_value());
  expect_by_the_clocks_of_each_branch(*totals);
}

}  // namespace
}  // namespace casplan::simulator
