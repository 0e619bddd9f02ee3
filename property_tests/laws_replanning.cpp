#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "planner/make_plan.h"
#include "planner/replan.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/show.h"
#include "property_tests/oracles/best_plan.h"
#include "property_tests/oracles/naive_state.h"
#include "property_tests/small_problems.h"
#include "verifier/verify.h"

/// Work goes on from any state on the way, also after a failure: the rest is as safe as a whole plan, it costs no more
/// than what was announced, and no less than the best that a search minute by minute finds.
namespace casplan {
namespace {

constexpr int problems = 60;
constexpr oracle::BestPlanSearch short_search{.most_states = 20'000};

/// A plan that was announced, and the organisation once some of its steps are done.
struct Interrupted {
  Organisation now;
  Policy policy;
  Plan announced;
  std::string story;
};

/// The organisation as an administrator would find it, under the conforming readings.
Organisation found_as(Organisation organisation, const oracle::NaiveState& state) {
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    Server& server = organisation.servers[i];
    const oracle::NaiveServer& now = state[i];
    const auto listed = [](const std::set<OwaVersion>& versions) {
      FolderList folders;
      for (const OwaVersion& version : versions) folders.push_back({to_string(version), version});
      return folders;
    };
    server.build = now.build;
    server.owa_version = now.version;
    if (server.folders) server.folders = listed(now.present.sure);
    if (server.folders) server.loaded_folders = listed(now.loaded.sure);
    if (server.folders) server.hand_copied_folders = listed(now.copied_by_hand.sure);
    server.in_service = now.in_service;
  }
  return organisation;
}

/// The first steps of the plan are done; now and then the next one fails and leaves its server out of service.
Interrupted interrupted(const Problem& problem, const Plan& plan) {
  const auto order = order_of_schedule(plan);
  auto state = oracle::found(problem.organisation);
  const int done = draw::between(0, static_cast<int>(order.size()));
  for (int i = 0; i < done; ++i) {
    const Step& step = at(plan.steps, order[static_cast<std::size_t>(i)]).step;
    oracle::end_step(state[step.server.value], step, first_of(problem.policy.readings));
  }
  std::ostringstream story;
  story << done << " steps are done";
  if (std::cmp_less(done, order.size()) && draw::once_in(2)) {
    const Step& failed = at(plan.steps, order[static_cast<std::size_t>(done)]).step;
    if (failed.kind == StepKind::upgrade) state[failed.server.value].in_service = false;
    story << ", the next one has failed";
  }
  return {found_as(problem.organisation, state), problem.policy, plan, story.str()};
}

std::vector<Interrupted> draw_interrupted() {
  std::vector<Interrupted> all;
  const auto gen = rc::gen::exec([] {
    const Problem problem = draw_small_problem();
    const auto planning = planner::make_plan(problem.organisation, problem.policy);
    std::vector<Interrupted> one;
    if (const auto* plan = std::get_if<Plan>(&planning)) one.push_back(interrupted(problem, *plan));
    return one;
  });
  for (const auto& one : draw::samples(gen, problems)) all.insert(all.end(), one.begin(), one.end());
  return all;
}

const std::vector<Interrupted>& any_interrupted() {
  static const std::vector<Interrupted> all = draw_interrupted();
  return all;
}

std::string shown(const Interrupted& each, const planner::Replanning& replanning) {
  std::ostringstream out;
  out << each.story << "\n";
  showValue(each.now, out);
  out << "\n";
  showValue(replanning.policy, out);
  out << "\nannounced:\n";
  showValue(each.announced, out);
  if (const auto* plan = std::get_if<Plan>(&replanning.planning)) {
    out << "\nnow:\n";
    showValue(*plan, out);
  }
  return out.str();
}

TEST(Replanning, IsSafeFromEveryStateOnTheWay) {
  int replanned = 0;
  for (const Interrupted& each : any_interrupted()) {
    const auto replanning = planner::replan(each.now, each.policy, each.announced);
    const auto* plan = std::get_if<Plan>(&replanning.planning);
    if (plan == nullptr) continue;
    ++replanned;
    const auto report = verifier::verify(each.now, *plan, each.policy.readings);
    EXPECT_EQ(report.safety, verifier::Safety::safe) << shown(each, replanning);
  }
  std::cout << replanned << " of " << any_interrupted().size() << " interrupted plans go on" << std::endl;
  EXPECT_GE(replanned * 10, static_cast<int>(any_interrupted().size()) * 8);
}

TEST(Replanning, ReturnsWhatThePlanTookOut) {
  for (const Interrupted& each : any_interrupted()) {
    const auto replanning = planner::replan(each.now, each.policy, each.announced);
    const auto* plan = std::get_if<Plan>(&replanning.planning);
    if (plan == nullptr) continue;
    for (const ServerId server : replanning.policy.to_return) {
      const auto returns = std::count_if(plan->steps.begin(), plan->steps.end(), [&](const PlannedStep& step) {
        return step.step.server == server && step.step.kind == StepKind::return_to_service;
      });
      EXPECT_GE(returns, 1) << shown(each, replanning);
    }
  }
}

TEST(Replanning, IsNeverBelowTheOptimumAndItsBoundNeverAbove) {
  int compared = 0;
  int at_the_optimum = 0;
  for (const Interrupted& each : any_interrupted()) {
    const auto replanning = planner::replan(each.now, each.policy, each.announced);
    const auto* plan = std::get_if<Plan>(&replanning.planning);
    const auto best = oracle::best_plan(each.now, replanning.policy, short_search);
    if (std::holds_alternative<oracle::TooLarge>(best)) continue;
    const auto* optimum = std::get_if<oracle::BestPlan>(&best);
    EXPECT_FALSE(optimum == nullptr && plan != nullptr) << shown(each, replanning);
    EXPECT_FALSE(optimum != nullptr && std::holds_alternative<planner::Infeasible>(replanning.planning))
        << shown(each, replanning);
    if (optimum == nullptr || plan == nullptr) continue;
    const auto cost = oracle::cost_of(each.now, replanning.policy, *plan);
    ASSERT_TRUE(cost.has_value()) << shown(each, replanning);
    ++compared;
    EXPECT_GE(*cost, optimum->cost) << shown(each, replanning);
    if (*cost == optimum->cost) ++at_the_optimum;
    if (plan->outcome->status != PlanStatus::optimal) continue;
    EXPECT_EQ(*cost, optimum->cost) << shown(each, replanning);
  }
  std::cout << compared << " compared, " << at_the_optimum << " of them at the optimum" << std::endl;
  EXPECT_GE(compared, problems / 4);
}

}  // namespace
}  // namespace casplan
