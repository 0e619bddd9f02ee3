#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <future>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "planner/make_plan.h"
#include "property_tests/environment.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/show.h"
#include "property_tests/oracles/best_plan.h"
#include "property_tests/oracles/smt.h"
#include "property_tests/oracles/z3.h"
#include "property_tests/small_problems.h"

/// Z3 finds the best plan from a formulation in real time; wherever it finishes, the planner agrees. Every run asks
/// about the same problems, and gives each as much work, unless the environment says otherwise:
///   CASPLAN_Z3_PROBLEMS=900 CASPLAN_Z3_WORK=50000000 laws_z3   three hundred answers and more; about half an hour
namespace casplan {
namespace {

using oracle::Cost;
using oracle::Z3Answer;
using oracle::Z3NoPlan;
using oracle::Z3Optimum;
using oracle::Z3OutOfTime;

constexpr std::int64_t most_work = 10'000'000;
constexpr int problems = 150;

int asked_about(int otherwise) {
  return static_cast<int>(from_environment("CASPLAN_Z3_PROBLEMS", otherwise));
}

struct Answered {
  Problem problem;
  tl::expected<Z3Answer, std::string> answer;
};

/// Asks as many at a time as there are processors for.
std::vector<Answered> answered(int count) {
  std::vector<Answered> all;
  const auto draw = rc::gen::exec([] { return draw_problem_for_z3(); });
  for (const Problem& problem : draw::samples(draw, count)) {
    if (oracle::can_be_written(problem.organisation, problem.policy)) all.push_back({problem, Z3OutOfTime{}});
  }
  const oracle::Z3Limit limit{.work = from_environment("CASPLAN_Z3_WORK", most_work)};
  std::atomic<std::size_t> next = 0;
  const auto ask = [&] {
    for (std::size_t i = next++; i < all.size(); i = next++) {
      all[i].answer = oracle::ask_z3(oracle::smt_problem(all[i].problem.organisation, all[i].problem.policy), limit);
    }
  };
  const auto other = std::async(std::launch::async, ask);
  ask();
  other.wait();
  return all;
}

std::string shown(const Problem& problem) {
  std::ostringstream out;
  showValue(problem.organisation, out);
  out << "\n";
  showValue(problem.policy, out);
  return out.str();
}

Cost cost_of(const Z3Optimum& optimum) {
  return {optimum.begin(), optimum.end()};
}

/// How the planner did where Z3 has found the optimum.
struct Counts {
  int optima = 0;
  int none = 0;
  int out_of_time = 0;
  int called_optimal = 0;
  int as_well_as_can_be = 0;
};

void compare_plan(const Problem& problem, const Plan& plan, const Cost& optimum, Counts& counts) {
  const auto cost = oracle::cost_of(problem.organisation, problem.policy, plan);
  ASSERT_TRUE(cost.has_value()) << shown(problem);
  EXPECT_GE(*cost, optimum) << shown(problem);
  if (*cost == optimum) ++counts.as_well_as_can_be;
  if (plan.outcome->status != PlanStatus::optimal) return;
  ++counts.called_optimal;
  EXPECT_EQ(*cost, optimum) << shown(problem);
}

void compare(const Problem& problem, const Z3Answer& answer, Counts& counts) {
  if (std::holds_alternative<Z3OutOfTime>(answer)) {
    ++counts.out_of_time;
    return;
  }
  const auto planning = planner::make_plan(problem.organisation, problem.policy);
  const auto* plan = std::get_if<Plan>(&planning);
  if (std::holds_alternative<Z3NoPlan>(answer)) {
    ++counts.none;
    EXPECT_EQ(plan, nullptr) << shown(problem);
    return;
  }
  ++counts.optima;
  EXPECT_FALSE(std::holds_alternative<planner::Infeasible>(planning)) << shown(problem);
  if (plan != nullptr) compare_plan(problem, *plan, cost_of(std::get<Z3Optimum>(answer)), counts);
}

TEST(Z3, AgreesWithThePlannerWhereverItFinishes) {
  Counts counts;
  for (const auto& [problem, answer] : answered(asked_about(problems))) {
    ASSERT_TRUE(answer.has_value()) << answer.error();
    ASSERT_NO_FATAL_FAILURE(compare(problem, *answer, counts));
  }
  std::cout << "Z3 finds " << counts.optima << " optima, " << counts.none
            << " problems without a plan, and does not end " << counts.out_of_time
            << " times; the planner is at the optimum " << counts.as_well_as_can_be << " times, and calls "
            << counts.called_optimal << " plans optimal" << std::endl;
  EXPECT_GE((counts.optima + counts.none) * 4, asked_about(problems));
}

/// Two formulations that share only the rules.
TEST(Z3, AgreesWithTheSearchMinuteByMinute) {
  int compared = 0;
  for (const auto& [problem, answer] : answered(asked_about(problems) / 2)) {
    ASSERT_TRUE(answer.has_value()) << answer.error();
    if (std::holds_alternative<Z3OutOfTime>(*answer)) continue;
    const auto best = oracle::best_plan(problem.organisation, problem.policy, {.most_states = 100'000});
    if (std::holds_alternative<oracle::TooLarge>(best)) continue;
    ++compared;
    const auto* found = std::get_if<oracle::BestPlan>(&best);
    const auto* optimum = std::get_if<Z3Optimum>(&*answer);
    ASSERT_EQ(found != nullptr, optimum != nullptr) << shown(problem);
    if (found == nullptr) continue;
    EXPECT_EQ(found->cost, cost_of(*optimum)) << shown(problem);
  }
  std::cout << compared << " problems compared" << std::endl;
  EXPECT_GE(compared, 15);
}

}  // namespace
}  // namespace casplan
