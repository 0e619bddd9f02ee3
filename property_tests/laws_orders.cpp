#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "property_tests/generators/draw.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/policies.h"
#include "property_tests/generators/readings.h"
#include "property_tests/generators/servers.h"
#include "property_tests/generators/show.h"
#include "property_tests/generators/steps.h"
#include "property_tests/generators/versions.h"
#include "property_tests/oracles/all_orders.h"
#include "property_tests/plan_facts.h"
#include "verifier/verify.h"

/// The verifier decides path by path whether a plan is safe in every order that its arrows permit; the oracle carries
/// it out in every order. They must agree.
namespace casplan {
namespace {

constexpr std::size_t most_steps = 10;

/// A CAS on which only the version rule decides, with every fact known: its own folder or not, some of the palette's,
/// loaded or not, copied by hand or not.
Server draw_cas(const std::string& name, SiteId site, const std::vector<Build>& palette) {
  if (draw::once_in(3)) return plain_cas(name, site, draw::one_of(palette), draw::some_of(palette));
  const Build build = draw::one_of(palette);
  Server server = plain_cas(name, site, build, {});
  server.folders = *any_folders(build, palette);
  if (draw::once_in(5)) server.loaded_folders = draw::some_of(*server.folders);
  if (draw::once_in(5)) server.hand_copied_folders = draw::some_of(*server.folders);
  server.in_service = !draw::once_in(10);
  return server;
}

/// Two or three sites with up to five CAS, of which one or two are fronts.
Organisation draw_small_organisation() {
  Organisation organisation;
  organisation.name = "Contoso";
  const auto palette = *any_palette();
  const auto sites = static_cast<std::size_t>(draw::between(2, 3));
  for (std::size_t i = 0; i < sites; ++i) organisation.sites.push_back({"Site" + std::to_string(i + 1), 100, 0});
  const int servers = draw::between(static_cast<int>(sites), 5);
  for (std::size_t i = 0; i < static_cast<std::size_t>(servers); ++i) {
    const auto site = id_at<SiteId>(i < sites ? i : static_cast<std::size_t>(draw::below(static_cast<int>(sites))));
    organisation.servers.push_back(draw_cas("CAS" + std::to_string(i + 1), site, palette));
  }
  std::vector<ServerId> fronts{ServerId{0}};
  if (draw::once_in(2)) fronts.push_back(id_at<ServerId>(static_cast<std::size_t>(draw::between(1, servers - 1))));
  organisation.entry_points.push_back({"mail.example.com", fronts, 100});
  return organisation;
}

Policy draw_policy(const Organisation& organisation) {
  switch (draw::below(5)) {
    case 0: return *any_policy(organisation);
    case 1: return *any_heal_policy(organisation, Goal::heal_by_copy);
    case 2: return *any_heal_policy(organisation, Goal::heal_by_patch);
    default: return *any_generous_policy(organisation);
  }
}

/// A plan, and the readings under which it is judged.
struct Case {
  Organisation organisation;
  Plan plan;
  FixedReadings readings;
};

/// Leaves few combinations open, often one.
FixedReadings fix_more(FixedReadings fixed) {
  const auto values = values_of(fixed);
  for (std::size_t reading = 0; reading < values.size(); ++reading) {
    if (!values[reading] && !draw::once_in(5)) fix(fixed, reading, static_cast<std::size_t>(draw::below(2)));
  }
  return fixed;
}

std::optional<Case> try_to_plan() {
  const Organisation organisation = draw_small_organisation();
  const Policy policy = draw_policy(organisation);
  auto plan = plan_for(organisation, policy);
  if (!plan || plan->steps.empty() || plan->steps.size() > most_steps) return std::nullopt;
  return Case{organisation, std::move(*plan), fix_more(policy.readings)};
}

/// What the planner finds; empty where, in a few attempts, it finds nothing that is small enough to carry out in every
/// order.
std::optional<Case> draw_planned() {
  for (int attempt = 0; attempt < 5; ++attempt) {
    if (auto drawn = try_to_plan()) return drawn;
  }
  return std::nullopt;
}

/// The same plan with its steps one after the other, so that only the arrows matter.
Plan one_after_the_other(Plan plan) {
  Moment clock = default_start();
  for (const StepIndex step : in_order_of_arrows(plan)) {
    at(plan.steps, step).schedule = Schedule{clock, clock + Minutes(1)};
    clock += Minutes(1);
  }
  return plan;
}

/// Mostly one between two servers: without one between the steps of a server, most plans cannot be carried out.
void remove_an_arrow(Plan& plan) {
  std::vector<std::pair<std::size_t, std::size_t>> arrows;
  const bool any_will_do = draw::once_in(4);
  for (std::size_t step = 0; step < plan.steps.size(); ++step) {
    for (std::size_t arrow = 0; arrow < plan.steps[step].after.size(); ++arrow) {
      const StepIndex earlier = plan.steps[step].after[arrow].step;
      if (any_will_do || at(plan.steps, earlier).step.server != plan.steps[step].step.server)
        arrows.emplace_back(step, arrow);
    }
  }
  if (arrows.empty()) return;
  const auto [step, arrow] = draw::one_of(arrows);
  plan.steps[step].after.erase(plan.steps[step].after.begin() + static_cast<std::ptrdiff_t>(arrow));
}

/// From a step to one that may come after it.
void add_an_arrow(Plan& plan) {
  if (plan.steps.size() < 2) return;
  const auto order = in_order_of_arrows(plan);
  const auto later = static_cast<std::size_t>(draw::between(1, static_cast<int>(order.size()) - 1));
  const auto earlier = static_cast<std::size_t>(draw::below(static_cast<int>(later)));
  at(plan.steps, order[later]).after.push_back({order[earlier], "drawn"});
}

Plan without_times(const std::vector<Step>& steps) {
  Plan plan;
  for (const Step& step : steps) {
    plan.steps.push_back({"s" + std::to_string(plan.steps.size() + 1), step, "", {}, std::nullopt});
  }
  return plan;
}

void draw_arrows(Plan& plan) {
  const int one_in = draw::between(2, 4);
  for (std::size_t later = 1; later < plan.steps.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const bool same_server = plan.steps[earlier].step.server == plan.steps[later].step.server;
      if (same_server ? !draw::once_in(12) : draw::once_in(one_in))
        plan.steps[later].after.push_back({id_at<StepIndex>(earlier), "drawn"});
    }
  }
}

/// Any steps with any arrows. Some of the steps may be refused.
Case draw_hand_made() {
  const Organisation organisation = draw_small_organisation();
  Plan plan = without_times(*any_steps(organisation, 1, 8));
  draw_arrows(plan);
  plan.goal = draw::one_of<Goal>({Goal::upgrade, Goal::heal_by_copy});
  return {organisation, plan, fix_more({})};
}

enum class Arrows { as_planned, one_removed, two_removed, one_added };

std::optional<Case> draw_changed(Arrows arrows) {
  auto drawn = draw_planned();
  if (!drawn) return std::nullopt;
  if (arrows == Arrows::one_removed || arrows == Arrows::two_removed) remove_an_arrow(drawn->plan);
  if (arrows == Arrows::two_removed) remove_an_arrow(drawn->plan);
  if (arrows == Arrows::one_added) add_an_arrow(drawn->plan);
  return drawn;
}

std::string name_of(const oracle::OrdersVerdict& verdict) {
  if (verdict.safety == oracle::OrdersSafety::safe) return "safe";
  if (verdict.safety == oracle::OrdersSafety::too_many_states) return "too many states";
  switch (*verdict.kind) {
    case oracle::OrdersViolation::event46_on_the_way: return "event46 on the way";
    case oracle::OrdersViolation::event46_at_the_end: return "event46 at the end";
    case oracle::OrdersViolation::step_refused: return "step refused";
  }
  return "";
}

std::string text_of(const oracle::OrdersVerdict& verdict, const Plan& plan) {
  std::string text = name_of(verdict);
  if (verdict.path) {
    text += " on the path " + std::to_string(verdict.path->first) + " -> " + std::to_string(verdict.path->second);
  }
  if (verdict.step) text += ": " + plan.steps[*verdict.step].id;
  for (const oracle::OrdersEvent& event : verdict.sequence) {
    text += (event.kind == oracle::OrdersEvent::Kind::begin ? ", begin " : ", end ") + plan.steps[event.step].id;
  }
  return text;
}

/// The first combination of readings under which the plan is not safe, or the last.
oracle::OrdersVerdict judged_by_oracle(const Case& drawn) {
  oracle::OrdersVerdict verdict;
  for (const Readings& readings : combinations(drawn.readings)) {
    verdict = oracle::judge_all_orders(drawn.organisation, drawn.plan, readings);
    if (verdict.safety != oracle::OrdersSafety::safe) break;
  }
  return verdict;
}

void log(const Case& drawn, const oracle::OrdersVerdict& verdict) {
  RC_LOG() << rc::toString(drawn.organisation) << "\n"
           << rc::toString(drawn.plan) << "\nunder " << rc::toString(verdict.readings) << "\nthe oracle says "
           << text_of(verdict, drawn.plan) << std::endl;
}

void expect_same_verdict(const Case& drawn) {
  const auto expected = judged_by_oracle(drawn);
  RC_TAG(name_of(expected));
  log(drawn, expected);
  RC_ASSERT(expected.safety != oracle::OrdersSafety::too_many_states);
  const auto report = verifier::verify(drawn.organisation, one_after_the_other(drawn.plan), drawn.readings);
  const bool is_safe = expected.safety == oracle::OrdersSafety::safe;
  RC_ASSERT(report.safety == (is_safe ? verifier::Safety::safe : verifier::Safety::unsafe));
}

void expect_same_verdict_where_planned(Arrows arrows) {
  const auto drawn = draw_changed(arrows);
  if (!drawn) RC_TAG("no plan");
  if (drawn) expect_same_verdict(*drawn);
}

RC_GTEST_PROP(AFoundPlan, IsSafeInEveryOrderThatItsArrowsPermit, ()) {
  const auto drawn = draw_planned();
  if (!drawn) RC_TAG("no plan");
  if (!drawn) return;
  const auto verdict = judged_by_oracle(*drawn);
  log(*drawn, verdict);
  RC_TAG(name_of(verdict));
  RC_ASSERT(verdict.safety == oracle::OrdersSafety::safe);
}

RC_GTEST_PROP(AllOrders, AreJudgedAsTheOracleDoesForAPlanAsItIsFound, ()) {
  expect_same_verdict_where_planned(Arrows::as_planned);
}

RC_GTEST_PROP(AllOrders, AreJudgedAsTheOracleDoesWithoutOneArrow, ()) {
  expect_same_verdict_where_planned(Arrows::one_removed);
}

RC_GTEST_PROP(AllOrders, AreJudgedAsTheOracleDoesWithoutTwoArrows, ()) {
  expect_same_verdict_where_planned(Arrows::two_removed);
}

RC_GTEST_PROP(AllOrders, AreJudgedAsTheOracleDoesWithOneArrowMore, ()) {
  expect_same_verdict_where_planned(Arrows::one_added);
}

RC_GTEST_PROP(AllOrders, AreJudgedAsTheOracleDoesForHandMadePlans, ()) {
  expect_same_verdict(draw_hand_made());
}

using Counts = std::map<std::string, int>;

std::string text_of(const Counts& counts) {
  std::string text;
  for (const auto& [name, count] : counts) text += name + ": " + std::to_string(count) + "; ";
  return text;
}

/// How often the oracle says what.
Counts counts_of(const rc::Gen<std::optional<Case>>& cases) {
  Counts counts;
  for (const auto& drawn : draw::samples(cases, 400)) ++counts[drawn ? name_of(judged_by_oracle(*drawn)) : "no plan"];
  return counts;
}

/// The laws above compare verdicts: each verdict must occur.
TEST(TheJudgedPlans, AreOfEveryKindWithoutTwoArrows) {
  const auto counts = counts_of(rc::gen::exec([] { return draw_changed(Arrows::two_removed); }));
  RecordProperty("verdicts", text_of(counts));
  EXPECT_GT(counts.at("safe"), 20) << text_of(counts);
  EXPECT_GT(counts.at("event46 on the way"), 20) << text_of(counts);
  EXPECT_GT(counts.at("step refused"), 20) << text_of(counts);
}

TEST(TheJudgedPlans, AreOfEveryKindWhenMadeByHand) {
  const auto counts = counts_of(rc::gen::exec([] { return std::optional(draw_hand_made()); }));
  RecordProperty("verdicts", text_of(counts));
  EXPECT_GT(counts.at("safe"), 20) << text_of(counts);
  EXPECT_GT(counts.at("event46 on the way"), 20) << text_of(counts);
  EXPECT_GT(counts.at("event46 at the end"), 20) << text_of(counts);
  EXPECT_GT(counts.at("step refused"), 20) << text_of(counts);
}

}  // namespace
}  // namespace casplan
