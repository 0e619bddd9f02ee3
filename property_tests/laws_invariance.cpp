#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "documents/plan_document.h"
#include "model/topology.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/plans.h"
#include "property_tests/generators/policies.h"
#include "property_tests/generators/readings.h"
#include "property_tests/generators/servers.h"
#include "property_tests/generators/show.h"
#include "property_tests/generators/versions.h"
#include "property_tests/judgements.h"
#include "property_tests/plan_facts.h"
#include "simulator/assessment.h"
#include "simulator/trace.h"

/// What must make no difference, and what must make exactly this difference.
namespace casplan {
namespace {

/// The same servers under names that sort the other way round.
Organisation renamed(Organisation organisation) {
  std::size_t left = organisation.servers.size();
  for (Server& server : organisation.servers) {
    server.name = "Z" + std::string(left--, 'Z');
    if (server.fqdn) server.fqdn = server.name + ".example.net";
  }
  return organisation;
}

std::vector<Step> steps_of(const Plan& plan) {
  std::vector<Step> steps;
  for (const PlannedStep& step : plan.steps) steps.push_back(step.step);
  return steps;
}

std::string text_of(const Measures& measures) {
  std::string text;
  for (const Measure measure : all_measures()) {
    const auto& figure = value(measures, measure);
    text += std::string(to_string(measure)) + " " + (figure ? std::to_string(*figure) : "null") + "  ";
  }
  return text;
}

void expect_same(const Measures& measures, const Measures& others) {
  if (measures != others) RC_FAIL(text_of(measures) + "\n" + text_of(others));
}

/// The measures of a plan; empty where its schedule refuses a step.
std::optional<Measures> measures_of(const Organisation& organisation, const Plan& plan, const Policy& policy) {
  const auto wanted = simulator::wanted_builds(organisation, policy);
  const auto trace = simulator::play(organisation, plan, first_of(policy.readings), wanted);
  return trace ? std::optional(trace->totals) : std::nullopt;
}

RC_GTEST_PROP(RenamingServers, ChangesNoVerdictAndNoUsers, ()) {
  const auto organisation = *any_counted_organisation();
  const auto other = renamed(organisation);
  const auto policy = *any_policy(organisation);
  const auto plan = *any_sequence(organisation);
  RC_ASSERT(proxy_paths(other) == proxy_paths(organisation));
  const auto readings = *any_readings();
  RC_ASSERT(judgements_in(other, initial_state(other), readings) ==
            judgements_in(organisation, initial_state(organisation), readings));
  RC_ASSERT(measures_of(other, plan, policy) == measures_of(organisation, plan, policy));
}

RC_GTEST_PROP(RenamingServers, ChangesNoMeasureOfThePlan, ()) {
  const auto organisation = *any_organisation();
  const auto policy = *any_policy(organisation);
  const auto plan = plan_for(organisation, policy);
  const auto other = plan_for(renamed(organisation), policy);
  RC_CLASSIFY(plan.has_value(), "found");
  RC_ASSERT(plan.has_value() == other.has_value());
  if (!plan) return;
  expect_same(plan->outcome->objective, other->outcome->objective);
  expect_same(plan->outcome->bound, other->outcome->bound);
}

/// The organisation with one more site in which nobody has a mailbox, and a CAS in it that has no folder to copy.
Organisation with_a_site_without_users(Organisation organisation) {
  const auto site = id_at<SiteId>(organisation.sites.size());
  organisation.sites.push_back({"Empty site", 0, 0});
  const Build build = draw::one_of(installable_builds(Product::exchange2007));
  organisation.servers.push_back(plain_cas("IDLECAS", site, build, {}));
  organisation.servers.back().folders.emplace();
  return organisation;
}

RC_GTEST_PROP(ASiteWithoutUsers, ChangesNoMeasureOfASequence, ()) {
  const auto organisation = *any_counted_organisation();
  const auto policy = *any_policy(organisation);
  const auto plan = *any_sequence(organisation);
  const auto more = with_a_site_without_users(organisation);
  RC_ASSERT(measures_of(more, plan, policy) == measures_of(organisation, plan, policy));
}

RC_GTEST_PROP(ASiteWithoutUsers, ChangesNoMeasureOfThePlan, ()) {
  const auto organisation = *any_plain_organisation();
  auto policy = *any_policy(organisation);
  const auto plan = plan_for(organisation, policy);
  const auto more = with_a_site_without_users(organisation);
  policy.frozen.insert(id_at<ServerId>(organisation.servers.size()));
  const auto other = plan_for(more, policy);
  RC_CLASSIFY(plan.has_value(), "found");
  RC_ASSERT(plan.has_value() == other.has_value());
  if (plan) RC_LOG() << rc::toString(*plan) << rc::toString(*other) << std::endl;
  if (plan) expect_same(plan->outcome->objective, other->outcome->objective);
}

/// So many users in each site that every figure is a whole number: nothing is rounded.
Organisation with_divisible_users(Organisation organisation) {
  constexpr UserCount up_to_12 =
      27720;  // is divided by every number up to 12, the most fronts or targets that there are
  constexpr UserCount divisible = 100 * up_to_12 * up_to_12;
  for (Site& site : organisation.sites) *site.mailboxes *= divisible;
  return organisation;
}

Organisation with_twice_the_users(Organisation organisation) {
  for (Site& site : organisation.sites) *site.mailboxes *= 2;
  return organisation;
}

Measures with_twice_the_user_minutes(Measures measures) {
  for (const Measure measure :
       {Measure::event46_user_minutes, Measure::unavailable_user_minutes, Measure::feature_lag_user_minutes}) {
    *value(measures, measure) *= 2;
  }
  return measures;
}

RC_GTEST_PROP(TwiceTheUsers, MeanTwiceTheUserMinutesOfASequence, ()) {
  const auto organisation = with_divisible_users(*any_counted_organisation());
  const auto policy = *any_policy(organisation);
  const auto plan = *any_sequence(organisation);
  const auto measures = measures_of(organisation, plan, policy);
  RC_CLASSIFY(measures && *value(*measures, Measure::event46_user_minutes) > 0, "Event 46");
  const auto doubled = measures_of(with_twice_the_users(organisation), plan, policy);
  RC_ASSERT(measures.has_value() == doubled.has_value());
  if (measures) expect_same(*doubled, with_twice_the_user_minutes(*measures));
}

RC_GTEST_PROP(TwiceTheUsers, MeanTwiceTheUserMinutesOfThePlan, ()) {
  const auto organisation = with_divisible_users(*any_plain_organisation());
  const auto policy = *any_policy(organisation);
  const auto plan = plan_for(organisation, policy);
  const auto doubled = plan_for(with_twice_the_users(organisation), policy);
  RC_CLASSIFY(plan.has_value(), "found");
  RC_ASSERT(plan.has_value() == doubled.has_value());
  if (!plan) return;
  RC_ASSERT(steps_of(*plan) == steps_of(*doubled));
  expect_same(doubled->outcome->objective, with_twice_the_user_minutes(plan->outcome->objective));
}

void expect_same_figures(const simulator::Users& a, const simulator::Users& b) {
  constexpr std::int64_t billionths = 1'000'000'000;
  RC_ASSERT(a.has_value() == b.has_value());
  if (a) RC_ASSERT(a->nearest(billionths) == b->nearest(billionths));
}

void expect_same_assessment(const simulator::Assessment& running, const simulator::Assessment& fresh) {
  RC_ASSERT(running.paths.size() == fresh.paths.size());
  for (std::size_t i = 0; i < fresh.paths.size(); ++i) {
    RC_ASSERT(running.paths[i].judgement == fresh.paths[i].judgement);
    expect_same_figures(running.paths[i].users, fresh.paths[i].users);
  }
  for (std::size_t i = 0; i < fresh.sites.size(); ++i) {
    const auto& a = running.sites[i];
    const auto& b = fresh.sites[i];
    RC_ASSERT(a.fates == b.fates && a.has_no_cas == b.has_no_cas && a.features.size() == b.features.size());
    expect_same_figures(a.served, b.served);
    expect_same_figures(a.broken, b.broken);
    expect_same_figures(a.event46, b.event46);
    expect_same_figures(a.unavailable, b.unavailable);
    expect_same_figures(a.undecided, b.undecided);
    expect_same_figures(a.lagging, b.lagging);
    for (std::size_t level = 0; level < b.features.size(); ++level) {
      RC_ASSERT(a.features[level].level == b.features[level].level);
      expect_same_figures(a.features[level].users, b.features[level].users);
    }
  }
}

RC_GTEST_PROP(AnAssessment, ThatFollowsTheStepsIsTheSameAsANewOneOfEachState, ()) {
  const auto organisation = *any_organisation();
  const auto wanted = simulator::wanted_builds(organisation, *any_policy(organisation));
  const auto readings = *any_readings();
  const auto trace = simulator::play(organisation, *any_overlapping_plan(organisation), readings, wanted);
  RC_CLASSIFY(trace.has_value(), "played");
  if (!trace) return;
  const auto paths = proxy_paths(organisation);
  for (const auto& state : trace->states) {
    expect_same_assessment(state.assessment, simulator::assess(organisation, paths, state.state, readings, wanted));
  }
}

RC_GTEST_PROP(TheTotals, AloneAreThoseOfTheTrace, ()) {
  const auto organisation = *any_organisation();
  const auto wanted = simulator::wanted_builds(organisation, *any_policy(organisation));
  const auto plan = *any_overlapping_plan(organisation);
  const auto readings = *any_readings();
  const auto trace = simulator::play(organisation, plan, readings, wanted);
  const auto totals = simulator::measure(organisation, plan, readings, wanted);
  RC_ASSERT(trace.has_value() == totals.has_value());
  if (trace) RC_ASSERT(trace->totals == *totals);
}

RC_GTEST_PROP(TheSameInput, MeansTheSameBytes, ()) {
  const auto organisation = *any_plain_organisation();
  const auto policy = *any_policy(organisation);
  const auto plan = plan_for(organisation, policy);
  const auto again = plan_for(Organisation(organisation), Policy(policy));
  RC_CLASSIFY(plan.has_value(), "found");
  RC_ASSERT(plan.has_value() == again.has_value());
  if (!plan) return;
  RC_ASSERT(documents::write_plan(*plan, organisation) == documents::write_plan(*again, organisation));
}

RC_GTEST_PROP(TheSameInput, MeansTheSamePlanWhenItIsWrittenAndReadAgain, ()) {
  const auto organisation = *any_plain_organisation();
  const auto plan = plan_for(organisation, *any_policy(organisation));
  RC_CLASSIFY(plan.has_value(), "found");
  if (!plan) return;
  const auto again = documents::read_plan(documents::write_plan(*plan, organisation), organisation);
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == *plan);
}

}  // namespace
}  // namespace casplan
