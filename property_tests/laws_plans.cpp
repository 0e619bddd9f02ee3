#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/catalogue.h"
#include "model/topology.h"
#include "planner/make_plan.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/policies.h"
#include "property_tests/generators/readings.h"
#include "property_tests/generators/show.h"
#include "property_tests/plan_facts.h"
#include "simulator/trace.h"
#include "verifier/verify.h"

/// Whatever plan is found keeps its promises.
namespace casplan {
namespace {

std::string text_of(const verifier::Counterexample& example) {
  std::string text = "violation " + std::to_string(static_cast<int>(example.kind));
  if (example.path) {
    text += " on the path " + std::to_string(example.path->front.value) + " -> " +
            std::to_string(example.path->target.value);
  }
  if (example.step) text += " at step " + std::to_string(example.step->value + 1);
  return text + " under " + rc::toString(example.readings) + " after " + std::to_string(example.order.size()) +
         " steps";
}

void expect_not_unsafe(const Organisation& organisation, const Policy& policy) {
  const auto plan = plan_for(organisation, policy);
  RC_CLASSIFY(plan.has_value(), "found");
  if (!plan) return;
  RC_CLASSIFY(plan->steps.empty(), "nothing to do");
  RC_LOG() << rc::toString(*plan) << std::endl;
  const auto report = verifier::verify(organisation, *plan, policy.readings);
  if (report.counterexample) RC_FAIL(text_of(*report.counterexample));
  RC_ASSERT(report.safety != verifier::Safety::unsafe);
  RC_CLASSIFY(report.safety == verifier::Safety::safe, "safe");
}

RC_GTEST_PROP(AFoundPlan, IsNeverUnsafe, ()) {
  const auto organisation = *any_organisation();
  expect_not_unsafe(organisation, *any_policy(organisation));
}

RC_GTEST_PROP(AFoundPlan, IsNeverUnsafeWhenItHealsByCopy, ()) {
  const auto organisation = *any_organisation();
  expect_not_unsafe(organisation, *any_heal_policy(organisation, Goal::heal_by_copy));
}

RC_GTEST_PROP(AFoundPlan, IsNeverUnsafeWhenItHealsByPatch, ()) {
  const auto organisation = *any_organisation();
  expect_not_unsafe(organisation, *any_heal_policy(organisation, Goal::heal_by_patch));
}

RC_GTEST_PROP(AFoundPlan, IsSafeWhereEverythingIsKnown, ()) {
  const auto organisation = *any_plain_organisation();
  const auto policy = *any_policy(organisation);
  const auto plan = plan_for(organisation, policy);
  RC_CLASSIFY(plan.has_value(), "found");
  if (!plan) return;
  RC_LOG() << rc::toString(*plan) << std::endl;
  RC_ASSERT(verifier::verify(organisation, *plan, policy.readings).safety == verifier::Safety::safe);
}

RC_GTEST_PROP(AFoundPlan, BringsEveryServerToTheBuildThatIsWanted, ()) {
  const auto organisation = *any_organisation();
  const auto policy = *any_policy(organisation);
  const auto plan = plan_for(organisation, policy);
  RC_CLASSIFY(plan && !plan->steps.empty(), "found");
  if (!plan) return;
  const State end = end_of(organisation, *plan, first_of(policy.readings));
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    const auto id = id_at<ServerId>(i);
    RC_ASSERT(at(end.servers, id).build == wanted_build(organisation, policy, id));
    const bool in_service = at(organisation.servers, id).in_service.value_or(true);
    RC_ASSERT(at(end.servers, id).is_in_service() == in_service);
  }
}

RC_GTEST_PROP(AFoundPlan, MeasuresWhatTheSimulatorMeasures, ()) {
  const auto organisation = *any_counted_organisation();
  const auto policy = *any_policy(organisation);
  const auto plan = plan_for(organisation, policy);
  RC_CLASSIFY(plan && !plan->steps.empty(), "found");
  if (!plan) return;
  const auto wanted = simulator::wanted_builds(organisation, policy);
  const auto trace = simulator::play(organisation, *plan, first_of(policy.readings), wanted);
  RC_ASSERT(trace.has_value());
  RC_ASSERT(plan->outcome.has_value());
  RC_ASSERT(plan->outcome->objective == trace->totals);
}

/// Both are upgrades in one site, and the roles of the first server come before those of the second.
bool is_of_an_earlier_role(const Organisation& organisation, const PlannedStep& first, const PlannedStep& second) {
  if (first.step.kind != StepKind::upgrade || second.step.kind != StepKind::upgrade) return false;
  const Server& one = at(organisation.servers, first.step.server);
  const Server& other = at(organisation.servers, second.step.server);
  return one.site && one.site == other.site && place_in_site(one) < place_in_site(other);
}

RC_GTEST_PROP(AFoundPlan, KeepsToThePolicy, ()) {
  const auto organisation = *any_plain_organisation();
  const auto policy = *any_policy(organisation);
  const auto plan = plan_for(organisation, policy);
  RC_CLASSIFY(plan && !plan->steps.empty(), "found");
  if (!plan) return;
  RC_LOG() << rc::toString(*plan) << std::endl;
  RC_ASSERT(!policy.copies || copies_of(*plan) <= *policy.copies);
  RC_ASSERT(most_crews_at_work(*plan) <= policy.crews);
  for (const auto& [first, second] : policy.before) {
    const auto earlier = upgrades_of(*plan, first);
    const auto later = upgrades_of(*plan, second);
    if (earlier.empty() || later.empty()) continue;
    RC_ASSERT(earlier.back().schedule->end <= later.front().schedule->start);
  }
  for (const PlannedStep& step : plan->steps) {
    RC_ASSERT(keeps_to_windows(organisation, policy, step));
    RC_ASSERT(!policy.latest_end || step.schedule->end <= *policy.latest_end);
  }
  RC_ASSERT(keeps_servers_in_service(organisation, policy, *plan));
}

RC_GTEST_PROP(AFoundPlan, UpgradesTheRolesOfASiteInTheirOrder, ()) {
  const auto organisation = *any_organisation();
  auto policy = *any_policy(organisation);
  policy.roles = UpgradedRoles::all;
  const auto plan = plan_for(organisation, policy);
  RC_CLASSIFY(plan && !plan->steps.empty(), "found");
  if (!plan) return;
  RC_LOG() << rc::toString(*plan) << std::endl;
  for (const PlannedStep& step : plan->steps) {
    RC_ASSERT(step.step.kind != StepKind::drain || at(organisation.servers, step.step.server).is_cas());
    for (const PlannedStep& other : plan->steps) {
      if (!is_of_an_earlier_role(organisation, step, other)) continue;
      RC_CLASSIFY(true, "several roles in a site");
      RC_ASSERT(step.schedule->end <= other.schedule->start);
    }
  }
}

RC_GTEST_PROP(AFoundPlan, SchedulesEveryStepAfterTheStepsThatItFollows, ()) {
  const auto organisation = *any_plain_organisation();
  const auto plan = plan_for(organisation, *any_policy(organisation));
  RC_CLASSIFY(plan && !plan->steps.empty(), "found");
  if (!plan) return;
  for (const PlannedStep& step : plan->steps) {
    RC_ASSERT(!step.why.empty());
    for (const Arrow& arrow : step.after) {
      RC_ASSERT(!arrow.reason.empty());
      RC_ASSERT(at(plan->steps, arrow.step).schedule->end <= step.schedule->start);
    }
  }
}

RC_GTEST_PROP(APlan, IsFoundForEveryPlainOrganisationThatIsFreeToCopy, ()) {
  const auto organisation = *any_plain_organisation();
  const auto policy = *any_generous_policy(organisation);
  const auto planning = planner::make_plan(organisation, policy, planner::little_effort());
  if (const auto* none = std::get_if<planner::Infeasible>(&planning)) RC_FAIL(none->because.front());
  RC_ASSERT(std::holds_alternative<Plan>(planning));
}

/// Both upgrade, and the target ends above what the front runs today.
bool must_follow(const Organisation& organisation, const State& end, const ProxyPath& path) {
  const auto front_today = running_owa_version(at(organisation.servers, path.front));
  return at(end.servers, path.target).owa_version > front_today;
}

/// When the server first goes out of service for its change, and when it is back.
struct Outage {
  Moment out = Moment::max();
  Moment in = Moment::min();
};

Outage outage_of(const Plan& plan, ServerId server) {
  Outage outage;
  for (const PlannedStep& step : plan.steps) {
    const StepKind kind = step.step.kind;
    if (step.step.server != server || kind == StepKind::ensure_folder || kind == StepKind::recycle) continue;
    const Moment out = kind == StepKind::drain ? step.schedule->end : step.schedule->start;
    outage.out = std::min(outage.out, out);
    outage.in = std::max(outage.in, step.schedule->end);
  }
  return outage;
}

RC_GTEST_PROP(Consequence3, TheFrontIsOutForItsUpgradeBeforeItsTargetServesBeyondIt, ()) {
  const auto organisation = *any_plain_organisation_with_one_front();
  const auto policy = *any_generous_policy(organisation);
  const auto plan = plan_for(organisation, policy);
  RC_ASSERT(plan.has_value());
  const State end = end_of(organisation, *plan, {});
  for (const ProxyPath& path : proxy_paths(organisation)) {
    if (!must_follow(organisation, end, path)) continue;
    RC_ASSERT(outage_of(*plan, path.front).out <= outage_of(*plan, path.target).in);
  }
}

RC_GTEST_PROP(Consequence5, AtMostOneCopyForEachVersionAmongTheTargetsThatTheFrontMayLackAfterItsUpgrade, ()) {
  const auto organisation = *any_plain_organisation_with_one_front();
  auto policy = *any_generous_policy(organisation);
  policy.readings = *any_fixed_readings();
  policy.objective = {Measure::event46_user_minutes, Measure::copies};
  const ServerId front = fronts(organisation).front();
  const auto plan = plan_for(organisation, policy);
  RC_ASSERT(plan.has_value());
  const auto lacking = versions_lacking_after_upgrade(organisation, policy, front);
  RC_CLASSIFY(lacking.size() > 1, "several copies");
  RC_CLASSIFY(lacking.empty(), "no copies");
  RC_LOG() << rc::toString(*plan) << std::endl;
  RC_ASSERT(copies_of(*plan) <= static_cast<int>(lacking.size()));
}

RC_GTEST_PROP(Consequence9, AFrozenFrontCapsItsTargets, ()) {
  const auto organisation = *any_plain_organisation_with_one_front();
  auto policy = *any_generous_policy(organisation);
  const ServerId front = fronts(organisation).front();
  policy.frozen.insert(front);
  const auto cap = *at(organisation.servers, front).build;
  const bool capped = draw::once_in(2);
  RC_CLASSIFY(capped, "the target is the front's build");
  if (capped) policy.target = cap;
  RC_ASSERT(plan_for(organisation, policy).has_value() == (policy.target == cap));
}

RC_GTEST_PROP(Consequence9, AFrozenTargetKeepsItsFolderNeededOnItsFront, ()) {
  const auto organisation = *any_plain_organisation_with_one_front();
  auto policy = *any_generous_policy(organisation);
  const ServerId front = fronts(organisation).front();
  const ServerId target = draw::one_of(proxy_paths(organisation)).target;
  policy.frozen.insert(target);
  const auto plan = plan_for(organisation, policy);
  RC_ASSERT(plan.has_value());
  const auto folder = *running_owa_version(at(organisation.servers, target));
  for (const Readings& readings : combinations({})) {
    const State end = end_of(organisation, *plan, readings);
    const bool equal = at(end.servers, front).owa_version == folder;
    RC_ASSERT(equal || at(end.servers, front).loaded.has(folder) == Knowledge::yes);
  }
}

/// The laws above are about plans that are found: most of them must be, and do something.
TEST(TheGeneratedPolicies, MostlyHaveAPlanWithSteps) {
  const auto generator = rc::gen::exec([] {
    const auto organisation = *any_plain_organisation();
    return std::pair(organisation, *any_policy(organisation));
  });
  int found = 0;
  for (const auto& [organisation, policy] : draw::samples(generator, 200)) {
    const auto plan = plan_for(organisation, policy);
    if (plan && !plan->steps.empty()) ++found;
  }
  EXPECT_GT(found, 60);
  EXPECT_LT(found, 195) << "some policies must be impossible, too";
}

}  // namespace
}  // namespace casplan
