#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "property_tests/generators/draw.h"
#include "property_tests/generators/show.h"
#include "property_tests/judged_plans.h"
#include "property_tests/oracles/all_orders.h"
#include "verifier/verify.h"

/// A counterexample is what it says: it can happen, nothing shorter goes wrong in the same way, and the arrow that it
/// misses would help.
namespace casplan {
namespace {

using verifier::Counterexample;
using verifier::ViolationKind;

struct Refuted {
  Case judged;
  Counterexample example;
};

std::optional<Refuted> refuted(std::optional<Case> drawn) {
  if (!drawn) return std::nullopt;
  auto report = verifier::verify(drawn->organisation, one_after_the_other(drawn->plan), drawn->readings);
  if (!report.counterexample) return std::nullopt;
  return Refuted{std::move(*drawn), std::move(*report.counterexample)};
}

/// Plans of the planner without some of their arrows, and hand-made ones, of which many are unsafe.
std::optional<Refuted> draw_refuted() {
  switch (draw::below(3)) {
    case 0: return refuted(draw_changed(Arrows::one_removed));
    case 1: return refuted(draw_changed(Arrows::two_removed));
    default: return refuted(draw_hand_made(7));
  }
}

/// Every way in which the path, or the step, of the counterexample can go wrong.
std::vector<oracle::OrdersFault> faults_of(const Counterexample& example) {
  if (!example.path) return {{oracle::OrdersViolation::step_refused, std::nullopt, example.step->value}};
  const oracle::Pair path{example.path->front.value, example.path->target.value};
  return {{oracle::OrdersViolation::event46_on_the_way, path, std::nullopt},
          {oracle::OrdersViolation::event46_at_the_end, path, std::nullopt}};
}

oracle::OrdersFault fault_of(const Counterexample& example) {
  return example.kind == ViolationKind::event46_at_the_end ? faults_of(example).back() : faults_of(example).front();
}

/// The steps of the counterexample in their order. One that comes at the end names only what matters to its path, so
/// the rest of the plan follows.
std::vector<std::size_t> ends_of(const Counterexample& example, const Plan& plan) {
  std::vector<StepIndex> ends = example.order;
  if (example.kind == ViolationKind::event46_at_the_end) {
    for (const StepIndex step : in_order_of_arrows(plan)) {
      if (std::find(ends.begin(), ends.end(), step) == ends.end()) ends.push_back(step);
    }
  }
  std::vector<std::size_t> places;
  for (const StepIndex step : ends) places.push_back(step.value);
  return places;
}

/// The fewest steps after which one of these is met, under any reading that is open.
std::optional<std::size_t> fewest_ended(const Refuted& drawn, const Plan& plan,
                                        const std::vector<oracle::OrdersFault>& faults) {
  std::optional<std::size_t> fewest;
  for (const Readings& readings : combinations(drawn.judged.readings)) {
    for (const auto& fault : faults) {
      const auto ended = oracle::fewest_ended(drawn.judged.organisation, plan, readings, fault);
      if (ended) fewest = std::min(fewest.value_or(*ended), *ended);
    }
  }
  return fewest;
}

bool is_met(const Refuted& drawn, const Plan& plan) {
  return oracle::faults_after(drawn.judged.organisation, plan, drawn.example.readings, ends_of(drawn.example, plan))
      .contains(fault_of(drawn.example));
}

/// Whether some order refuses a step under the readings of the counterexample: then the plan may have no end.
bool refuses_a_step(const Refuted& drawn) {
  const auto is_refused = [&](std::size_t step) {
    return oracle::fewest_ended(drawn.judged.organisation, drawn.judged.plan, drawn.example.readings,
                                {oracle::OrdersViolation::step_refused, std::nullopt, step});
  };
  for (std::size_t step = 0; step < drawn.judged.plan.steps.size(); ++step) {
    if (is_refused(step)) return true;
  }
  return false;
}

void log(const Refuted& drawn) {
  RC_LOG() << rc::toString(drawn.judged.organisation) << "\n"
           << rc::toString(drawn.judged.plan) << "\nunder " << rc::toString(drawn.example.readings) << "\nafter";
  for (const StepIndex step : drawn.example.order) RC_LOG() << " " << at(drawn.judged.plan.steps, step).id;
  if (drawn.example.step) RC_LOG() << ", step " << at(drawn.judged.plan.steps, *drawn.example.step).id;
  if (drawn.example.path) {
    RC_LOG() << ", path " << drawn.example.path->front.value << " -> " << drawn.example.path->target.value;
  }
  RC_LOG() << std::endl;
}

RC_GTEST_PROP(ACounterexample, CanHappenAsItSays, ()) {
  const auto drawn = draw_refuted();
  if (!drawn) RC_TAG("safe, or no plan");
  if (!drawn) return;
  log(*drawn);
  const bool has_an_end = drawn->example.kind != ViolationKind::event46_at_the_end || !refuses_a_step(*drawn);
  if (has_an_end) RC_ASSERT(is_met(*drawn, drawn->judged.plan));
}

RC_GTEST_PROP(ACounterexample, IsAShortestForItsPathOrStep, ()) {
  const auto drawn = draw_refuted();
  if (!drawn) RC_TAG("safe, or no plan");
  if (!drawn) return;
  log(*drawn);
  const bool at_the_end = drawn->example.kind == ViolationKind::event46_at_the_end;
  const auto fewest = fewest_ended(*drawn, drawn->judged.plan, {faults_of(drawn->example).front()});
  RC_ASSERT(fewest.has_value() || at_the_end);
  if (fewest && at_the_end) RC_ASSERT(*fewest >= drawn->example.order.size());
  if (!at_the_end) RC_ASSERT(*fewest == drawn->example.order.size());
}

RC_GTEST_PROP(ACounterexample, IsPreventedByTheArrowThatItMisses, ()) {
  const auto drawn = draw_refuted();
  const bool names_one = drawn && drawn->example.missing_arrow;
  RC_CLASSIFY(names_one, "names an arrow");
  if (!names_one) return;
  log(*drawn);
  Plan plan = drawn->judged.plan;
  const auto [before, after] = *drawn->example.missing_arrow;
  at(plan.steps, after).after.push_back({before, "missed"});
  RC_LOG() << at(plan.steps, after).id << " would have to wait for " << at(plan.steps, before).id << std::endl;
  RC_ASSERT(in_order_of_arrows(plan).size() == plan.steps.size());
  RC_ASSERT(!is_met(*drawn, plan));
  RC_ASSERT(!fewest_ended(*drawn, plan, faults_of(drawn->example)).has_value());
}

/// The laws above are about counterexamples: many must be found, of each kind, and many must name an arrow.
TEST(TheCounterexamples, AreOfEveryKindAndOftenNameAnArrow) {
  int with_path = 0;
  int refused = 0;
  int with_arrow = 0;
  for (const auto& drawn : draw::samples(rc::gen::exec([] { return draw_refuted(); }), 400)) {
    if (!drawn) continue;
    ++(drawn->example.path ? with_path : refused);
    if (drawn->example.missing_arrow) ++with_arrow;
  }
  RecordProperty("Event 46", with_path);
  RecordProperty("refused", refused);
  RecordProperty("with a missing arrow", with_arrow);
  EXPECT_GT(with_path, 50);
  EXPECT_GT(refused, 50);
  EXPECT_GT(with_arrow, 50);
}

}  // namespace
}  // namespace casplan
