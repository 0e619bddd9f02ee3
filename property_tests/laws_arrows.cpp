#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "planner/reasons.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/show.h"
#include "property_tests/judged_plans.h"
#include "property_tests/plan_facts.h"
#include "verifier/verify.h"

/// Every arrow of a plan is needed: without it the verifier finds a counterexample, or the arrow says what else it is
/// for. That no arrow is missing is what laws_orders.cpp says.
namespace casplan {
namespace {

using planner::Purpose;

/// A plan of the planner, with the readings that its policy leaves open: under fewer, fewer arrows are needed.
std::optional<Case> draw_emitted() {
  const Organisation organisation = draw_small_organisation();
  const Policy policy = draw_policy(organisation);
  auto plan = plan_for(organisation, policy);
  if (!plan || plan->steps.empty()) return std::nullopt;
  return Case{organisation, one_after_the_other(std::move(*plan)), policy.readings};
}

const Arrow& arrow_at(const Plan& plan, const ArrowPlace& place) {
  return at(plan.steps, place.step).after[place.arrow];
}

std::string text_of(const Plan& plan, const ArrowPlace& place) {
  const Arrow& arrow = arrow_at(plan, place);
  return at(plan.steps, place.step).id + " after " + at(plan.steps, arrow.step).id + ": " + arrow.reason;
}

bool is_unsafe(const Case& drawn, const Plan& changed) {
  const auto report = verifier::verify(drawn.organisation, one_after_the_other(changed), drawn.readings);
  return report.safety == verifier::Safety::unsafe;
}

bool is_missed(const Case& drawn, const ArrowPlace& place) {
  return is_unsafe(drawn, without_arrow(drawn.plan, place));
}

Purpose purpose_of(const Plan& plan, const ArrowPlace& place) {
  return planner::purpose_of(arrow_at(plan, place).reason);
}

/// Whether an arrow that is there for something else happens to keep the same order: without both, something goes
/// wrong. (Without that one alone something may go wrong, too: arrows that follow from it are left out of the plan.)
bool is_kept_by_another(const Case& drawn, const ArrowPlace& place) {
  const Plan without = without_arrow(drawn.plan, place);
  const auto others = arrows_of(without);
  return std::any_of(others.begin(), others.end(), [&](const ArrowPlace& other) {
    return purpose_of(without, other) != Purpose::safety && is_unsafe(drawn, without_arrow(without, other));
  });
}

RC_GTEST_PROP(AnArrowForSafety, IsMissedWhenItIsRemovedUnlessAnArrowForSomethingElseKeepsTheOrder, ()) {
  const auto drawn = draw_emitted();
  if (!drawn) RC_TAG("no plan");
  if (!drawn) return;
  RC_LOG() << rc::toString(drawn->organisation) << "\n" << rc::toString(drawn->plan) << std::endl;
  for (const ArrowPlace& place : arrows_of(drawn->plan)) {
    if (purpose_of(drawn->plan, place) != Purpose::safety || is_missed(*drawn, place)) continue;
    if (!is_kept_by_another(*drawn, place)) RC_FAIL("nothing goes wrong without " + text_of(drawn->plan, place));
  }
}

std::string name_of(Purpose purpose) {
  const std::string name = planner::stated(purpose, "");
  return name.empty() ? "Safety" : name.substr(0, name.find(':'));
}

/// The law above is about arrows for safety: they must be most, and each other purpose must occur, with arrows that the
/// verifier does not miss; otherwise they could be called arrows for safety.
TEST(TheArrows, AreForEveryPurpose) {
  std::map<std::string, int> missed;
  std::map<std::string, int> not_missed;
  for (const auto& drawn : draw::samples(rc::gen::exec([] { return draw_emitted(); }), 300)) {
    if (!drawn) continue;
    for (const ArrowPlace& place : arrows_of(drawn->plan)) {
      const std::string name = name_of(purpose_of(drawn->plan, place));
      ++(is_missed(*drawn, place) ? missed : not_missed)[name];
    }
  }
  for (const char* name : {"Safety", "Mending", "Service", "Policy"}) {
    RecordProperty(name, std::to_string(missed[name]) + " missed, " + std::to_string(not_missed[name]) + " not");
    std::cout << name << ": " << missed[name] << " missed, " << not_missed[name] << " not; ";
  }
  std::cout << std::endl;
  EXPECT_GT(missed["Safety"], 1000);
  EXPECT_LE(not_missed["Safety"], 8) << "hardly any may be kept by another";
  EXPECT_GT(not_missed["Mending"], 20);
  EXPECT_GT(not_missed["Service"], 20);
  EXPECT_GT(not_missed["Policy"], 2);
}

}  // namespace
}  // namespace casplan
