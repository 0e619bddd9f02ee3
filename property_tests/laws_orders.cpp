#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <optional>
#include <string>

#include "property_tests/generators/draw.h"
#include "property_tests/generators/show.h"
#include "property_tests/judged_plans.h"
#include "property_tests/oracles/all_orders.h"
#include "verifier/verify.h"

/// The verifier decides path by path whether a plan is safe in every order that its arrows permit, whichever step
/// fails; the oracle carries it out in every order, with every single failure. They must agree.
namespace casplan {
namespace {

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

std::string name_of(oracle::OrdersEvent::Kind kind) {
  switch (kind) {
    case oracle::OrdersEvent::Kind::begin: return "begin";
    case oracle::OrdersEvent::Kind::end: return "end";
    case oracle::OrdersEvent::Kind::fail: return "fail before";
    case oracle::OrdersEvent::Kind::break_off: return "fail in the middle of";
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
    text += ", " + name_of(event.kind) + " " + plan.steps[event.step].id;
  }
  return text;
}

/// The first combination of readings under which the plan is not safe, or the last.
oracle::OrdersVerdict judged_by_oracle(const Case& drawn, oracle::Failures failures) {
  oracle::OrdersVerdict verdict;
  for (const Readings& readings : combinations(drawn.readings)) {
    verdict = oracle::judge_all_orders(drawn.organisation, drawn.plan, readings, {.failures = failures});
    if (verdict.safety != oracle::OrdersSafety::safe) break;
  }
  return verdict;
}

void log(const Case& drawn, const oracle::OrdersVerdict& verdict) {
  RC_LOG() << rc::toString(drawn.organisation) << "\n"
           << rc::toString(drawn.plan) << "\nunder " << rc::toString(verdict.readings) << "\nthe oracle says "
           << text_of(verdict, drawn.plan) << std::endl;
}

void expect_same_verdict(const Case& drawn, oracle::Failures failures) {
  const auto expected = judged_by_oracle(drawn, failures);
  RC_TAG(name_of(expected));
  log(drawn, expected);
  RC_ASSERT(expected.safety != oracle::OrdersSafety::too_many_states);
  const auto report = verifier::verify(drawn.organisation, one_after_the_other(drawn.plan), drawn.readings);
  const bool is_safe = expected.safety == oracle::OrdersSafety::safe;
  RC_ASSERT(report.safety == (is_safe ? verifier::Safety::safe : verifier::Safety::unsafe));
}

void expect_same_verdict_where_planned(Arrows arrows, oracle::Failures failures = oracle::Failures::none) {
  const auto drawn = draw_changed(arrows);
  if (!drawn) RC_TAG("no plan");
  if (drawn) expect_same_verdict(*drawn, failures);
}

RC_GTEST_PROP(AFoundPlan, IsSafeInEveryOrderThatItsArrowsPermitAndAfterEverySingleFailure, ()) {
  const auto drawn = draw_planned();
  if (!drawn) RC_TAG("no plan");
  if (!drawn) return;
  const auto verdict = judged_by_oracle(*drawn, oracle::Failures::one);
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
  expect_same_verdict(draw_hand_made(8), oracle::Failures::none);
}

/// The verifier follows no failures: it argues that they lead to nothing new (verifier/exploration.h). The oracle
/// follows each.
RC_GTEST_PROP(SingleFailures, AreJudgedAsTheOracleDoesWithoutOneArrow, ()) {
  expect_same_verdict_where_planned(Arrows::one_removed, oracle::Failures::one);
}

RC_GTEST_PROP(SingleFailures, AreJudgedAsTheOracleDoesWithoutTwoArrows, ()) {
  expect_same_verdict_where_planned(Arrows::two_removed, oracle::Failures::one);
}

RC_GTEST_PROP(SingleFailures, AreJudgedAsTheOracleDoesForHandMadePlans, ()) {
  expect_same_verdict(draw_hand_made(6), oracle::Failures::one);
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
  for (const auto& drawn : draw::samples(cases, 400))
    ++counts[drawn ? name_of(judged_by_oracle(*drawn, oracle::Failures::none)) : "no plan"];
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
  const auto counts = counts_of(rc::gen::exec([] { return std::optional(draw_hand_made(8)); }));
  RecordProperty("verdicts", text_of(counts));
  EXPECT_GT(counts.at("safe"), 20) << text_of(counts);
  EXPECT_GT(counts.at("event46 on the way"), 20) << text_of(counts);
  EXPECT_GT(counts.at("event46 at the end"), 20) << text_of(counts);
  EXPECT_GT(counts.at("step refused"), 20) << text_of(counts);
}

}  // namespace
}  // namespace casplan
