#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "property_tests/generators/activities.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/plans.h"
#include "property_tests/generators/policies.h"
#include "property_tests/generators/readings.h"
#include "property_tests/oracles/naive_activity.h"
#include "property_tests/oracles/naive_measures.h"
#include "simulator/trace.h"

/// Who would have been logged on.
namespace casplan {
namespace {

void expect_same(const Measures& logged_on, const oracle::ExactTotals& naive) {
  RC_ASSERT(value(logged_on, Measure::event46_user_minutes) == oracle::rounded(naive.event46));
  RC_ASSERT(value(logged_on, Measure::unavailable_user_minutes) == oracle::rounded(naive.unavailable));
  RC_ASSERT(value(logged_on, Measure::feature_lag_user_minutes) == oracle::rounded(naive.lagging));
}

RC_GTEST_PROP(Activity, OfAnIntervalIsTheSumOfItsMinutes, ()) {
  const auto organisation = *any_organisation();
  const auto activity = *any_activity(organisation);
  const ActivityTable table(activity);
  const Moment from = Moment{} + Minutes(draw::below(4 * 1440));
  const Moment to = from + Minutes(draw::below(4 * 1440));
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    const auto site = id_at<SiteId>(i);
    std::int64_t sum = 0;
    for (Moment now = from; now < to; now += Minutes(1)) sum += oracle::percent_at(activity, site, now);
    RC_ASSERT(table.percent_minutes(table.utc_offset_of(site), from, to) == sum);
  }
}

/// Whether the figures of all sites are kept or only their sums.
RC_GTEST_PROP(LoggedOn, UserMinutesAreThoseOfEachMinuteAddedUp, ()) {
  const auto organisation = *any_counted_organisation();
  const auto readings = *any_readings();
  const auto wanted = simulator::wanted_builds(organisation, *any_policy(organisation));
  const auto activity = *any_activity(organisation);
  const ActivityTable table(activity);
  const Plan plan = draw::once_in(2) ? *any_sequence(organisation) : *any_overlapping_plan(organisation);
  const auto played = simulator::play_through(organisation, plan, readings, wanted, {}, &table, [](const auto&) {});
  const auto measured = simulator::measure(organisation, plan, readings, wanted, table);
  const auto naive =
      oracle::live_exactly_through(organisation, plan, readings, wanted, oracle::part_logged_on(activity));
  RC_ASSERT(played.has_value() == naive.has_value());
  RC_ASSERT(measured.has_value() == naive.has_value());
  RC_CLASSIFY(!naive, "a step is refused");
  if (!naive) return;
  RC_CLASSIFY(naive->event46 > 0, "Event 46");
  if (!wanted.empty()) expect_same(played->logged_on, *naive);
  RC_ASSERT(measured->logged_on == played->logged_on);
  RC_ASSERT(measured->all == played->all);
}

RC_GTEST_PROP(LoggedOn, UserMinutesAreAllOfThemWhereEverybodyAlwaysIs, ()) {
  const auto organisation = *any_counted_organisation();
  const auto readings = *any_readings();
  const ActivityTable table({{}, 100, Minutes(0), {}});
  const auto plan = *any_overlapping_plan(organisation);
  const auto measured = simulator::measure(organisation, plan, readings, {}, table);
  if (!measured) return;
  for (const Measure measure : {Measure::event46_user_minutes, Measure::unavailable_user_minutes}) {
    RC_ASSERT(value(measured->logged_on, measure) == value(measured->all, measure));
  }
}

}  // namespace
}  // namespace casplan
