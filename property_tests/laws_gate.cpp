#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

#include "property_tests/gate/check_properties.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/show.h"
#include "property_tests/judged_plans.h"
#include "property_tests/oracles/all_orders.h"
#include "verifier/verify.h"

/// The gate tries at random what the verifier proves: it must let pass what is proved safe, and catch what the search
/// through all orders knows to be unsafe.
namespace casplan {
namespace {

std::string text_of(const std::vector<verifier::PropertyResult>& results) {
  std::string text;
  for (const auto& result : results) {
    text += result.name + (result.passed ? " holds" : " is broken") + "\n";
    for (const std::string& sentence : result.counterexample) text += "  " + sentence + "\n";
  }
  return text;
}

bool passes(const std::vector<verifier::PropertyResult>& results) {
  return std::all_of(results.begin(), results.end(), [](const auto& result) { return result.passed; });
}

void expect_that_safe_plans_pass(const Case& drawn) {
  const auto report = verifier::verify(drawn.organisation, one_after_the_other(drawn.plan), drawn.readings);
  if (report.safety == verifier::Safety::unsafe) RC_TAG("unsafe");
  if (report.safety == verifier::Safety::unsafe) return;
  RC_TAG("safe");
  const auto results = gate::check_properties(drawn.organisation, drawn.plan, drawn.readings, {100, 947168});
  RC_LOG() << rc::toString(drawn.organisation) << "\n"
           << rc::toString(drawn.plan) << "\n"
           << text_of(results) << std::endl;
  RC_ASSERT(passes(results));
}

bool is_unsafe_in_some_order(const Case& drawn) {
  const auto all = combinations(drawn.readings);
  return std::any_of(all.begin(), all.end(), [&](const Readings& readings) {
    return oracle::judge_all_orders(drawn.organisation, drawn.plan, readings).safety == oracle::OrdersSafety::unsafe;
  });
}

/// With so many cases nothing is left to luck in plans of so few steps; the draws are the same in every run.
void expect_that_unsafe_plans_are_caught(const rc::Gen<std::optional<Case>>& cases) {
  int unsafe = 0;
  for (const auto& drawn : draw::samples(cases, 60)) {
    if (!drawn || !is_unsafe_in_some_order(*drawn)) continue;
    ++unsafe;
    const auto results = gate::check_properties(drawn->organisation, drawn->plan, drawn->readings, {20'000, 1});
    EXPECT_FALSE(results.front().passed) << rc::toString(drawn->organisation) << "\n" << rc::toString(drawn->plan);
  }
  EXPECT_GT(unsafe, 15);
}

TEST(TheGate, CatchesEveryPlanThatIsUnsafeInSomeOrderForWantOfTwoArrows) {
  expect_that_unsafe_plans_are_caught(rc::gen::exec([] { return draw_changed(Arrows::two_removed); }));
}

TEST(TheGate, CatchesEveryHandMadePlanThatIsUnsafeInSomeOrder) {
  expect_that_unsafe_plans_are_caught(rc::gen::exec([] { return std::optional(draw_hand_made(8)); }));
}

RC_GTEST_PROP(TheGate, LetsPassEveryPlanThatIsFoundAndProvedSafe, ()) {
  const auto drawn = draw_planned();
  if (!drawn) RC_TAG("no plan");
  if (drawn) expect_that_safe_plans_pass(*drawn);
}

RC_GTEST_PROP(TheGate, LetsPassEveryHandMadePlanThatIsProvedSafe, ()) {
  expect_that_safe_plans_pass(draw_hand_made(8));
}

}  // namespace
}  // namespace casplan
