#include <gtest/gtest.h>

#include <functional>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "planner/make_plan.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/show.h"
#include "property_tests/oracles/best_plan.h"
#include "property_tests/small_problems.h"

/// A plan that keeps to a policy keeps to every policy that allows more. So who allows more gets a plan where there was
/// one, and none that is worse.
namespace casplan {
namespace {

using planner::Planning;

constexpr int problems = 60;

struct Relaxation {
  const char* name;
  std::function<bool(Policy&)> relax;  ///< false where the policy limits nothing there
};

bool set_to(auto& limit, const auto& value) {
  if (limit == value) return false;
  limit = value;
  return true;
}

const std::vector<Relaxation>& relaxations() {
  static const std::vector<Relaxation> all{
      {"one more crew", [](Policy& policy) { return set_to(policy.crews, policy.crews + 1); }},
      {"no windows", [](Policy& policy) { return set_to(policy.windows, std::vector<Window>{}); }},
      {"no latest end", [](Policy& policy) { return set_to(policy.latest_end, std::optional<Moment>{}); }},
      {"all copies", [](Policy& policy) { return set_to(policy.copies, std::optional<int>{}); }},
      {"no servers that must stay", [](Policy& policy) { return set_to(policy.min_in_service, MinInService{}); }},
      {"no pairs in order", [](Policy& policy) { return set_to(policy.before, decltype(policy.before){}); }},
  };
  return all;
}

struct Relaxed {
  std::string by;
  Problem problem;
  Planning before;
  Planning after;
  Policy relaxed;
};

std::vector<Relaxed> draw_relaxed() {
  std::vector<Relaxed> all;
  for (const Problem& problem : draw::samples(rc::gen::exec([] { return draw_small_problem(); }), problems)) {
    const Planning before = planner::make_plan(problem.organisation, problem.policy);
    for (const auto& [name, relax] : relaxations()) {
      Policy relaxed = problem.policy;
      if (!relax(relaxed)) continue;
      all.push_back({name, problem, before, planner::make_plan(problem.organisation, relaxed), relaxed});
    }
  }
  return all;
}

const std::vector<Relaxed>& any_relaxed() {
  static const std::vector<Relaxed> all = draw_relaxed();
  return all;
}

std::string shown(const Relaxed& each) {
  std::ostringstream out;
  out << each.by << "\n";
  showValue(each.problem.organisation, out);
  out << "\n";
  showValue(each.problem.policy, out);
  for (const Planning* planning : {&each.before, &each.after}) {
    out << "\nplanned:\n";
    if (const auto* plan = std::get_if<Plan>(planning)) showValue(*plan, out);
  }
  return out.str();
}

TEST(ARelaxedPolicy, IsNotProvedInfeasibleWhereThereWasAPlan) {
  for (const Relaxed& each : any_relaxed()) {
    if (!std::holds_alternative<Plan>(each.before)) continue;
    EXPECT_FALSE(std::holds_alternative<planner::Infeasible>(each.after)) << shown(each);
  }
}

TEST(ARelaxedPolicy, NeverMakesThePlanWorse) {
  int compared = 0;
  int better = 0;
  for (const Relaxed& each : any_relaxed()) {
    const auto* before = std::get_if<Plan>(&each.before);
    if (before == nullptr) continue;
    const auto* after = std::get_if<Plan>(&each.after);
    EXPECT_NE(after, nullptr) << shown(each);
    if (after == nullptr) continue;
    const auto old_cost = oracle::cost_of(each.problem.organisation, each.problem.policy, *before);
    const auto new_cost = oracle::cost_of(each.problem.organisation, each.relaxed, *after);
    ASSERT_TRUE(old_cost && new_cost) << shown(each);
    ++compared;
    if (*new_cost < *old_cost) ++better;
    EXPECT_LE(*new_cost, *old_cost) << shown(each);
  }
  std::cout << compared << " compared, " << better << " of them better" << std::endl;
  EXPECT_GE(compared, problems / 2);
  EXPECT_GE(better, problems / 20);
}

TEST(ARelaxedPolicy, HasNoBoundAboveAnEarlierPlan) {
  for (const Relaxed& each : any_relaxed()) {
    const auto* before = std::get_if<Plan>(&each.before);
    const auto* after = std::get_if<Plan>(&each.after);
    if (before == nullptr || after == nullptr) continue;
    for (const Measure measure : each.relaxed.objective) {
      const auto bound = value(after->outcome->bound, measure);
      const auto reached = value(before->outcome->objective, measure);
      if (!bound || !reached || *bound < *reached) break;
      EXPECT_EQ(*bound, *reached) << shown(each);
    }
  }
}

}  // namespace
}  // namespace casplan
