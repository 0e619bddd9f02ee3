#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <iostream>
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
#include "property_tests/small_problems.h"
#include "verifier/verify.h"

/// What the planner claims, against a search through everything that can be done at every minute, on problems that are
/// drawn, the same in every run, unless the environment says otherwise:
///   CASPLAN_BEST_PLANS=3000 CASPLAN_BEST_PLANS_SEED=7 laws_best_plans   about an hour
///   CASPLAN_MORE_SERVERS=8 CASPLAN_MORE_SERVERS_PROBLEMS=20 laws_best_plans --gtest_filter=*SevenServers*   half an
///   hour
namespace casplan {
namespace {

using oracle::Best;
using oracle::BestPlan;
using oracle::Cost;
using oracle::NoPlan;
using oracle::TooLarge;
using planner::Planning;

constexpr oracle::BestPlanSearch short_search{.most_states = 40'000};
const auto problems = static_cast<int>(from_environment("CASPLAN_BEST_PLANS", 250));
const auto seed = static_cast<std::uint64_t>(from_environment("CASPLAN_BEST_PLANS_SEED", 947168));

struct Judged {
  Problem problem;
  Planning planning;
  Best best;
};

/// Those of the drawn problems that the search goes through, planned with each of the efforts; it must be most of them.
std::vector<Judged> judged(const rc::Gen<Problem>& gen,
                           const std::vector<planner::Effort>& efforts = {planner::Effort{}}) {
  std::vector<Judged> all;
  for (const Problem& problem : draw::samples(gen, problems, seed)) {
    const Best best = oracle::best_plan(problem.organisation, problem.policy, short_search);
    if (std::holds_alternative<TooLarge>(best)) continue;
    for (const planner::Effort& effort : efforts) {
      all.push_back({problem, planner::make_plan(problem.organisation, problem.policy, effort), best});
    }
  }
  EXPECT_GE(all.size() / efforts.size(), problems / 2);
  return all;
}

const std::vector<Judged>& any_problems() {
  static const std::vector<Judged> all = judged(rc::gen::exec([] { return draw_small_problem(); }));
  return all;
}

const std::vector<Judged>& problems_without_calendar() {
  static const std::vector<Judged> all = judged(rc::gen::exec([] { return draw_small_problem_without_calendar(); }));
  return all;
}

const std::vector<Judged>& problems_broken_today() {
  static const std::vector<Judged> all = judged(rc::gen::exec([] { return draw_small_problem_broken_today(); }));
  return all;
}

/// Planned with all effort, and with so little that every plan is constructed.
const std::vector<Judged>& problems_with_few_copies() {
  static const std::vector<Judged> all = [] {
    planner::Effort none;
    none.most_situations = 1;
    return judged(rc::gen::exec([] { return draw_small_problem_with_few_copies(); }), {planner::Effort{}, none});
  }();
  return all;
}

std::string text_of(const Cost& cost) {
  std::ostringstream text;
  for (const oracle::Amount& amount : cost) text << amount << " ";
  return text.str();
}

std::string shown(const Judged& judged) {
  std::ostringstream out;
  showValue(judged.problem.organisation, out);
  out << "\n";
  showValue(judged.problem.policy, out);
  if (const auto* plan = std::get_if<Plan>(&judged.planning)) {
    out << "\nplanned:\n";
    showValue(*plan, out);
  }
  if (const auto* best = std::get_if<BestPlan>(&judged.best)) {
    out << "\nbest, " << text_of(best->cost) << ":\n";
    showValue(best->plan, out);
  }
  return out.str();
}

/// What a plan costs that was found for a problem. A test goes on only where there is no fatal failure.
Cost cost_of(const Judged& judged, const Plan& plan) {
  const auto cost = oracle::cost_of(judged.problem.organisation, judged.problem.policy, plan);
  if (!cost) ADD_FAILURE() << "A step cannot be begun when its time comes:\n" << shown(judged);
  return cost.value_or(Cost{});
}

/// Whether a folder is put on a server that is no front: somebody keeps it for a front that needs it later, or users
/// need less where it is their target's highest. The search through everything does not look at that.
bool puts_a_folder_on_a_target(const Organisation& organisation, const Plan& plan) {
  const auto all = fronts(organisation);
  return std::any_of(plan.steps.begin(), plan.steps.end(), [&](const PlannedStep& step) {
    const bool copies = step.step.kind == StepKind::ensure_folder;
    return copies && std::find(all.begin(), all.end(), step.step.server) == all.end();
  });
}

/// Whether rounded measures are not above a cost, as far as rounding lets it be told.
bool is_at_most(const Measures& measures, const Cost& cost, const std::vector<Measure>& objective) {
  for (std::size_t i = 0; i < objective.size(); ++i) {
    const auto& measured = value(measures, objective[i]);
    if (!measured) return true;
    const std::int64_t nearest = oracle::rounded(cost[i]);
    if (*measured != nearest) return *measured < nearest;
    if (cost[i].denominator() != 1) return true;
  }
  return true;
}

TEST(TheBestPlan, IsSafeAndCostsWhatLivingThroughItCosts) {
  int found = 0;
  for (const Judged& each : any_problems()) {
    const auto* best = std::get_if<BestPlan>(&each.best);
    if (best == nullptr) continue;
    ++found;
    const auto report = verifier::verify(each.problem.organisation, best->plan, each.problem.policy.readings);
    EXPECT_EQ(report.safety, verifier::Safety::safe) << shown(each);
    EXPECT_EQ(best->cost, cost_of(each, best->plan)) << shown(each);
  }
  EXPECT_GE(found, problems / 4);
}

TEST(APlan, IsNeverBelowTheOptimum) {
  int planned = 0;
  for (const Judged& each : any_problems()) {
    const auto* plan = std::get_if<Plan>(&each.planning);
    if (plan == nullptr || puts_a_folder_on_a_target(each.problem.organisation, *plan)) continue;
    ++planned;
    const auto* best = std::get_if<BestPlan>(&each.best);
    ASSERT_NE(best, nullptr) << shown(each);
    EXPECT_GE(cost_of(each, *plan), best->cost) << shown(each);
  }
  EXPECT_GE(planned, problems / 4);
}

TEST(APlan, ThatIsCalledOptimalIs) {
  int called_optimal = 0;
  for (const Judged& each : any_problems()) {
    const auto* plan = std::get_if<Plan>(&each.planning);
    const auto* best = std::get_if<BestPlan>(&each.best);
    if (plan == nullptr || best == nullptr || plan->outcome->status != PlanStatus::optimal) continue;
    if (puts_a_folder_on_a_target(each.problem.organisation, *plan)) continue;
    ++called_optimal;
    EXPECT_EQ(cost_of(each, *plan), best->cost) << shown(each);
  }
  std::cout << called_optimal << " plans are called optimal" << std::endl;
  EXPECT_GE(called_optimal, problems / 10);
}

TEST(ABound, IsNeverAboveTheOptimum) {
  for (const Judged& each : any_problems()) {
    const auto* plan = std::get_if<Plan>(&each.planning);
    const auto* best = std::get_if<BestPlan>(&each.best);
    if (plan == nullptr || best == nullptr) continue;
    EXPECT_TRUE(is_at_most(plan->outcome->bound, best->cost, each.problem.policy.objective)) << shown(each);
  }
}

TEST(APlan, ForWhichEveryMinuteIsTriedIsTheBestWhereItIsCalledOptimalAndNotBelowItsBound) {
  int optimal = 0;
  for (const Judged& each : any_problems()) {
    const auto* best = std::get_if<BestPlan>(&each.best);
    const Policy& policy = each.problem.policy;
    if (best == nullptr || (policy.crews == 1 && policy.windows.empty())) continue;
    const auto planning = planner::make_plan(each.problem.organisation, each.problem.policy);
    const auto* plan = std::get_if<Plan>(&planning);
    if (plan == nullptr) continue;
    EXPECT_TRUE(is_at_most(plan->outcome->bound, best->cost, each.problem.policy.objective)) << shown(each);
    if (plan->outcome->status != PlanStatus::optimal) continue;
    ++optimal;
    EXPECT_EQ(cost_of(each, *plan), best->cost) << shown(each);
  }
  std::cout << optimal << " plans of several crews or with windows are called optimal\n";
  EXPECT_GE(optimal, problems / 10);
}

/// For how many servers the search through everything still comes to an end soon.
TEST(APlan, ForOneCrewAndUpToSevenServersIsTheBest) {
  constexpr oracle::BestPlanSearch long_search{.most_states = 4'000'000};
  const auto count = static_cast<int>(from_environment("CASPLAN_MORE_SERVERS_PROBLEMS", 4));
  const auto most = static_cast<int>(from_environment("CASPLAN_MORE_SERVERS", 7));
  const auto draw = rc::gen::exec([&] { return draw_problem_with_a_cas_in_each_site(draw::between(6, most)); });
  int optimal = 0;
  for (const Problem& problem : draw::samples(draw, count, seed)) {
    const Judged each{problem, planner::make_plan(problem.organisation, problem.policy),
                      oracle::best_plan(problem.organisation, problem.policy, long_search)};
    const auto* plan = std::get_if<Plan>(&each.planning);
    const auto* best = std::get_if<BestPlan>(&each.best);
    ASSERT_TRUE(plan != nullptr && best != nullptr) << shown(each);
    EXPECT_EQ(cost_of(each, *plan), best->cost) << shown(each);
    if (plan->outcome->status == PlanStatus::optimal) ++optimal;
  }
  std::cout << optimal << " of " << count << " plans for up to " << most << " servers are called optimal\n";
  EXPECT_GE(optimal * 2, count);
}

TEST(ABound, OfLittleEffortIsNeverAboveTheOptimum) {
  int bounded = 0;
  int compared = 0;
  for (const Judged& each : any_problems()) {
    const auto* best = std::get_if<BestPlan>(&each.best);
    if (best == nullptr) continue;
    const auto planning = planner::make_plan(each.problem.organisation, each.problem.policy, planner::little_effort());
    const auto* plan = std::get_if<Plan>(&planning);
    if (plan == nullptr) continue;
    ++bounded;
    EXPECT_TRUE(is_at_most(plan->outcome->bound, best->cost, each.problem.policy.objective)) << shown(each);
    if (puts_a_folder_on_a_target(each.problem.organisation, *plan)) continue;
    ++compared;
    EXPECT_GE(cost_of(each, *plan), best->cost) << shown(each);
  }
  EXPECT_GE(bounded, problems / 4);
  EXPECT_GE(compared * 20, bounded * 19);
}

TEST(TheSearchThroughEverything, KnowsPlansLikeAlmostAllThatAreFound) {
  int planned = 0;
  int unknown = 0;
  for (const auto* all :
       {&any_problems(), &problems_without_calendar(), &problems_broken_today(), &problems_with_few_copies()}) {
    for (const Judged& each : *all) {
      const auto* plan = std::get_if<Plan>(&each.planning);
      if (plan == nullptr) continue;
      ++planned;
      if (puts_a_folder_on_a_target(each.problem.organisation, *plan)) ++unknown;
    }
  }
  std::cout << unknown << " of " << planned << " plans put a folder on a target" << std::endl;
  EXPECT_LE(unknown * 50, planned);
}

/// Problems that are too large for the search through everything are among them.
TEST(APlanThatPutsAFolderOnATarget, IsSafeAndNotBelowItsBound) {
  int copying = 0;
  for (const Problem& problem : draw::samples(rc::gen::exec([] { return draw_small_problem(); }), problems * 3, seed)) {
    planner::Effort some;
    some.most_situations = 5'000;
    const Judged each{problem, planner::make_plan(problem.organisation, problem.policy, some), TooLarge{}};
    const auto* plan = std::get_if<Plan>(&each.planning);
    if (plan == nullptr || !puts_a_folder_on_a_target(problem.organisation, *plan)) continue;
    ++copying;
    EXPECT_TRUE(is_at_most(plan->outcome->bound, cost_of(each, *plan), problem.policy.objective)) << shown(each);
    const auto report = verifier::verify(problem.organisation, *plan, problem.policy.readings);
    EXPECT_EQ(report.safety, verifier::Safety::safe) << shown(each);
  }
  std::cout << copying << " plans put a folder on a target" << std::endl;
  EXPECT_GE(copying, problems / 100);
}

TEST(AProblem, ThatIsProvedInfeasibleHasNoPlan) {
  int proved = 0;
  for (const Judged& each : any_problems()) {
    const auto* none = std::get_if<planner::Infeasible>(&each.planning);
    if (none == nullptr) continue;
    ++proved;
    EXPECT_TRUE(std::holds_alternative<NoPlan>(each.best)) << none->because.front() << "\n" << shown(each);
  }
  EXPECT_GE(proved, problems / 20);
}

TEST(APlanForWhatIsBrokenToday, IsSafeAndBestWhereItIsCalledOptimal) {
  int called_optimal = 0;
  for (const Judged& each : problems_broken_today()) {
    const auto* plan = std::get_if<Plan>(&each.planning);
    if (plan == nullptr) continue;
    const auto report = verifier::verify(each.problem.organisation, *plan, each.problem.policy.readings);
    EXPECT_EQ(report.safety, verifier::Safety::safe) << shown(each);
    if (puts_a_folder_on_a_target(each.problem.organisation, *plan)) continue;
    const auto* best = std::get_if<BestPlan>(&each.best);
    ASSERT_NE(best, nullptr) << shown(each);
    const Cost cost = cost_of(each, *plan);
    EXPECT_GE(cost, best->cost) << shown(each);
    EXPECT_TRUE(is_at_most(plan->outcome->bound, best->cost, each.problem.policy.objective)) << shown(each);
    if (plan->outcome->status != PlanStatus::optimal) continue;
    ++called_optimal;
    EXPECT_EQ(cost, best->cost) << shown(each);
  }
  std::cout << called_optimal << " plans for what is broken today are called optimal" << std::endl;
  EXPECT_GE(called_optimal, problems / 5);
}

TEST(APlanForWhatIsBrokenToday, IsProvedImpossibleOnlyWhereThereIsNone) {
  int proved = 0;
  for (const Judged& each : problems_broken_today()) {
    const auto* none = std::get_if<planner::Infeasible>(&each.planning);
    if (none == nullptr) continue;
    ++proved;
    EXPECT_TRUE(std::holds_alternative<NoPlan>(each.best)) << none->because.front() << "\n" << shown(each);
  }
  EXPECT_GE(proved, problems / 10);
}

TEST(APlanWithFewCopies, IsNeverBelowTheOptimumAndBestWhereItIsCalledOptimal) {
  int planned = 0;
  int called_optimal = 0;
  for (const Judged& each : problems_with_few_copies()) {
    const auto* plan = std::get_if<Plan>(&each.planning);
    if (plan == nullptr || puts_a_folder_on_a_target(each.problem.organisation, *plan)) continue;
    ++planned;
    const auto* best = std::get_if<BestPlan>(&each.best);
    ASSERT_NE(best, nullptr) << shown(each);
    const Cost cost = cost_of(each, *plan);
    EXPECT_GE(cost, best->cost) << shown(each);
    if (plan->outcome->status != PlanStatus::optimal) continue;
    ++called_optimal;
    EXPECT_EQ(cost, best->cost) << shown(each);
  }
  EXPECT_GE(planned, problems / 2);
  EXPECT_GE(called_optimal, problems / 4);
}

TEST(APlanWithFewCopies, IsSafeWherePathsMustNotBreak) {
  for (const Judged& each : problems_with_few_copies()) {
    const auto* plan = std::get_if<Plan>(&each.planning);
    if (plan == nullptr || each.problem.policy.event46 == Event46::minimise) continue;
    const auto report = verifier::verify(each.problem.organisation, *plan, each.problem.policy.readings);
    EXPECT_EQ(report.safety, verifier::Safety::safe) << shown(each);
  }
}

TEST(ABoundWithFewCopies, IsNeverAboveTheOptimum) {
  for (const Judged& each : problems_with_few_copies()) {
    const auto* plan = std::get_if<Plan>(&each.planning);
    const auto* best = std::get_if<BestPlan>(&each.best);
    if (plan == nullptr || best == nullptr) continue;
    EXPECT_TRUE(is_at_most(plan->outcome->bound, best->cost, each.problem.policy.objective)) << shown(each);
  }
}

TEST(OneCrewWithoutWindows, IsPlannedAsWellAsItCanBe) {
  int planned = 0;
  int as_well_as_can_be = 0;
  int missed = 0;
  for (const Judged& each : problems_without_calendar()) {
    const auto* plan = std::get_if<Plan>(&each.planning);
    const auto* best = std::get_if<BestPlan>(&each.best);
    if (plan != nullptr) ++planned;
    if (plan == nullptr && best != nullptr) ++missed;
    if (plan == nullptr || best == nullptr || puts_a_folder_on_a_target(each.problem.organisation, *plan)) continue;
    const Cost cost = cost_of(each, *plan);
    EXPECT_GE(cost, best->cost) << shown(each);
    if (cost == best->cost) ++as_well_as_can_be;
  }
  std::cout << planned << " problems planned, " << as_well_as_can_be << " of them as well as can be; " << missed
            << " not planned though there is a plan" << std::endl;
  EXPECT_GE(planned, problems / 4);
}

}  // namespace
}  // namespace casplan
