#include "verifier/step_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "verifier/order_columns.h"

namespace casplan::verifier {
namespace {

constexpr std::size_t servers = 5;

/// Steps for a few servers with arrows from lower to higher places in a shuffled order, the same in every run.
Plan drawn_plan(std::mt19937& random, std::size_t steps) {
  Plan plan;
  std::vector<StepIndex> order;
  for (std::size_t i = 0; i < steps; ++i) {
    PlannedStep step;
    step.id = "s" + std::to_string(i + 1);
    step.step.server = id_at<ServerId>(random() % servers);
    plan.steps.push_back(step);
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(random() % (order.size() + 1)), id_at<StepIndex>(i));
  }
  for (std::size_t later = 1; later < steps; ++later) {
    for (std::size_t arrows = random() % 3; arrows > 0; --arrows) {
      at(plan.steps, order[later]).after.push_back({order[random() % later], "drawn"});
    }
  }
  return plan;
}

StepsByServer by_server(const Plan& plan) {
  StepsByServer steps(servers);
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    at(steps, plan.steps[i].step.server).push_back(id_at<StepIndex>(i));
  }
  return steps;
}

/// Whether arrows lead from one step to another, found by walking.
bool leads(const Plan& plan, StepIndex from, StepIndex to) {
  const auto& arrows = at(plan.steps, to).after;
  return std::any_of(arrows.begin(), arrows.end(),
                     [&](const Arrow& arrow) { return arrow.step == from || leads(plan, from, arrow.step); });
}

void expect_same(const Plan& plan, const StepOrder& order, const StepsByServer& steps) {
  std::vector<ServerId> all;
  for (std::size_t i = 0; i < servers; ++i) all.push_back(id_at<ServerId>(i));
  const OrderColumns columns(order, steps, all);
  const auto own = own_orders(plan, order, steps);
  for (std::size_t step = 0; step < plan.steps.size(); ++step) {
    const auto index = id_at<StepIndex>(step);
    for (const ServerId server : all) {
      const auto column = columns.column(server);
      const StepSet before = to_set(columns.before(index, column));
      const StepSet after = to_set(columns.after(index, column));
      const auto& its_steps = at(steps, server);
      for (std::size_t place = 0; place < its_steps.size(); ++place) {
        ASSERT_EQ(before[place], leads(plan, its_steps[place], index));
        ASSERT_EQ(after[place], leads(plan, index, its_steps[place]));
      }
      const auto here = std::find(its_steps.begin(), its_steps.end(), index);
      if (here == its_steps.end()) continue;
      ASSERT_EQ(at(own, server)[static_cast<std::size_t>(here - its_steps.begin())], before);
    }
  }
}

TEST(OrderColumns, SayWhatTheArrowsSayWhereverTheyLead) {
  std::mt19937 random(947168);
  for (int round = 0; round < 200; ++round) {
    const Plan plan = drawn_plan(random, 1 + random() % 14);
    expect_same(plan, StepOrder(plan), by_server(plan));
  }
}

TEST(OrderColumns, OfAServerWithMoreThan64StepsHaveSeveralWords) {
  std::mt19937 random(947168);
  Plan plan = drawn_plan(random, 90);
  for (PlannedStep& step : plan.steps) step.step.server = ServerId{random() % 10 == 0 ? 1U : 0U};
  expect_same(plan, StepOrder(plan), by_server(plan));
}

TEST(StepOrder, OfAFewStepsIsWhatTheArrowsSayThroughTheOthers) {
  std::mt19937 random(947168);
  for (int round = 0; round < 200; ++round) {
    const Plan plan = drawn_plan(random, 12);
    const std::vector<StepIndex> few{StepIndex{2}, StepIndex{11}, StepIndex{5}, StepIndex{0}};
    const auto among = StepOrder(plan).among(few);
    for (std::size_t a = 0; a < few.size(); ++a) {
      for (std::size_t b = 0; b < few.size(); ++b) ASSERT_EQ(among[b][a], leads(plan, few[a], few[b]));
    }
  }
}

TEST(StepOrder, CompletesAFewStepsWithWhateverMustPrecedeThem) {
  Plan plan;
  for (int i = 0; i < 4; ++i) plan.steps.push_back({"s" + std::to_string(i + 1), {}, "", {}, std::nullopt});
  plan.steps[0].after = {{StepIndex{2}, ""}};
  plan.steps[2].after = {{StepIndex{3}, ""}};
  const std::vector<StepIndex> expected{StepIndex{3}, StepIndex{2}, StepIndex{0}};
  EXPECT_EQ(StepOrder(plan).completed({StepIndex{0}}), expected);
}

TEST(Excerpt, AnArrowBringsAllThatFollowsFromIt) {
  Excerpt excerpt{{ServerId{0}}, {StepIndex{0}, StepIndex{1}, StepIndex{2}, StepIndex{3}}, std::vector<StepSet>(4)};
  excerpt = with_arrow(with_arrow(excerpt, 0, 1), 2, 3);
  EXPECT_FALSE(excerpt.before[3][0]);
  excerpt = with_arrow(excerpt, 1, 2);
  EXPECT_TRUE(excerpt.before[3][0]);
  EXPECT_FALSE(may_add_arrow(excerpt, 3, 0)) << "that would be a circle";
  EXPECT_FALSE(may_add_arrow(excerpt, 0, 3)) << "that is said already";
}

}  // namespace
}  // namespace casplan::verifier
