#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/topology.h"
#include "planner/make_plan.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/policies.h"
#include "property_tests/judged_plans.h"
#include "property_tests/judgements.h"
#include "simulator/assessment.h"

/// What the laws about plans are tried on: a law says nothing about cases that never occur. The cases are the same in
/// every run.
namespace casplan {
namespace {

constexpr int cases = 400;

struct Problem {
  Organisation organisation;
  Policy policy;
};

using Counts = std::map<std::string, int>;

bool proxy_to_each_other(const std::vector<ProxyPath>& paths) {
  return std::any_of(paths.begin(), paths.end(), [&](const ProxyPath& path) {
    return std::any_of(paths.begin(), paths.end(),
                       [&](const ProxyPath& back) { return back.front == path.target && back.target == path.front; });
  });
}

bool is_broken_today(const Problem& problem) {
  const auto today =
      judgements_in(problem.organisation, initial_state(problem.organisation), first_of(problem.policy.readings));
  return std::any_of(today.begin(), today.end(),
                     [](const Judgement& judgement) { return judgement.verdict == Verdict::event46; });
}

bool copies_folders(const Plan& plan) {
  return std::any_of(plan.steps.begin(), plan.steps.end(),
                     [](const PlannedStep& step) { return step.step.kind == StepKind::ensure_folder; });
}

std::string name_of(const planner::Planning& planning) {
  if (std::holds_alternative<planner::Infeasible>(planning)) return "infeasible";
  if (std::holds_alternative<planner::FactsMissing>(planning)) return "facts missing";
  if (std::holds_alternative<planner::NotFound>(planning)) return "not found";
  return std::get<Plan>(planning).steps.empty() ? "nothing to do" : "feasible";
}

void count(Counts& counts, const Problem& problem) {
  const auto planning = planner::make_plan(problem.organisation, problem.policy, planner::little_effort());
  const auto paths = proxy_paths(problem.organisation);
  ++counts[name_of(planning)];
  if (const auto* plan = std::get_if<Plan>(&planning)) counts["with copies"] += copies_folders(*plan) ? 1 : 0;
  counts["several fronts"] += fronts(problem.organisation).size() > 1 ? 1 : 0;
  counts["cyclic"] += proxy_to_each_other(paths) ? 1 : 0;
  counts["broken today"] += is_broken_today(problem) ? 1 : 0;
  counts["with windows"] += problem.policy.windows.empty() ? 0 : 1;
}

using Least = std::vector<std::pair<std::string, int>>;

/// Counts the kinds of cases, prints them, and asks for at least so many of each.
void expect_at_least(const std::string& generator, const rc::Gen<Problem>& problems, const Least& least) {
  Counts counts;
  for (const Problem& problem : draw::samples(problems, cases)) count(counts, problem);
  std::string text;
  for (const auto& [kind, number] : counts) text += (text.empty() ? "" : ", ") + std::to_string(number) + " " + kind;
  testing::Test::RecordProperty("cases", text);
  std::cout << "of " << cases << " cases of " << generator << ": " << text << std::endl;
  for (const auto& [kind, number] : least) EXPECT_GE(counts[kind], number) << kind << " among " << text;
}

TEST(TheCasesOfLawsPlans, AreOfEveryKindForAnyOrganisation) {
  const auto problems = rc::gen::exec([] {
    const auto organisation = *any_organisation();
    return Problem{organisation, *any_policy(organisation)};
  });
  expect_at_least("any organisation", problems,
                  {{"feasible", 40},
                   {"infeasible", 40},
                   {"facts missing", 40},
                   {"several fronts", 100},
                   {"cyclic", 40},
                   {"broken today", 100},
                   {"with copies", 10},
                   {"with windows", 40}});
}

TEST(TheCasesOfLawsPlans, AreOfEveryKindWhereEverythingIsKnown) {
  const auto problems = rc::gen::exec([] {
    const auto organisation = *any_plain_organisation();
    return Problem{organisation, *any_policy(organisation)};
  });
  expect_at_least("any plain organisation", problems,
                  {{"feasible", 100},
                   {"infeasible", 40},
                   {"several fronts", 100},
                   {"cyclic", 40},
                   {"with copies", 40},
                   {"with windows", 40}});
}

TEST(TheCasesOfLawsOrders, AreOfEveryKind) {
  const auto problems = rc::gen::exec([] {
    const auto organisation = draw_small_organisation();
    return Problem{organisation, draw_policy(organisation)};
  });
  expect_at_least("any small organisation", problems,
                  {{"feasible", 150},
                   {"infeasible", 40},
                   {"several fronts", 100},
                   {"cyclic", 40},
                   {"broken today", 100},
                   {"with copies", 60},
                   {"with windows", 10}});
}

}  // namespace
}  // namespace casplan
