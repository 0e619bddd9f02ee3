#include "planner/finish_plan.h"

#include <algorithm>
#include <numeric>

#include "model/contracts.h"
#include "planner/placement.h"
#include "planner/step_graph.h"
#include "simulator/trace.h"

namespace casplan::planner {
namespace {

const DraftArrow& arrow_between(const Draft& draft, StepIndex before, StepIndex after) {
  const auto& arrows = at(draft.steps, after).after;
  const auto arrow = std::find_if(arrows.begin(), arrows.end(), [&](const DraftArrow& a) { return a.step == before; });
  expects(arrow != arrows.end(), "the steps of a circle are joined by arrows");
  return *arrow;
}

std::string step_words(const Organisation& organisation, const DraftStep& step) {
  return std::string(to_string(step.step.kind)) + " " + at(organisation.servers, step.step.server).name;
}

/// An order that runs in a circle. Where every plan has to keep each of its arrows, there is no plan.
Obstacle circle_obstacle(const Organisation& organisation, const Draft& draft, const std::vector<StepIndex>& circle) {
  Obstacle obstacle{"The order that is asked for runs in a circle:", Obstacle::Proof::proved};
  for (std::size_t i = 0; i < circle.size(); ++i) {
    const StepIndex before = circle[(i + 1) % circle.size()];
    const DraftArrow& arrow = arrow_between(draft, before, circle[i]);
    obstacle.sentence += (i == 0 ? " " : "; ") + step_words(organisation, at(draft.steps, circle[i])) +
                         " comes after " + step_words(organisation, at(draft.steps, before)) + " (" + arrow.reason +
                         ")";
    if (arrow.force == Force::chosen) obstacle.proof = Obstacle::Proof::not_proved;
  }
  obstacle.sentence += ". Drop one of the policy's `before` pairs.";
  return obstacle;
}

/// The draft's steps by start time; equal starts keep the draft's topological order, which ends of zero length need.
std::vector<StepIndex> by_time(const Draft& draft, const std::vector<Schedule>& schedules,
                               const std::vector<Unit>& units) {
  std::vector<StepIndex> order;
  for (const Unit& unit : units) {
    for (const auto& stage : unit.stages) order.insert(order.end(), stage.begin(), stage.end());
  }
  expects(order.size() == draft.steps.size(), "every step of a draft is in one unit");
  std::stable_sort(order.begin(), order.end(),
                   [&](StepIndex a, StepIndex b) { return at(schedules, a).start < at(schedules, b).start; });
  return order;
}

Plan assemble(Draft draft, const std::vector<Schedule>& schedules, const std::vector<StepIndex>& order) {
  reduce_transitively(draft.steps);
  std::vector<StepIndex> new_place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) at(new_place, order[i]) = id_at<StepIndex>(i);
  Plan plan;
  for (std::size_t i = 0; i < order.size(); ++i) {
    DraftStep& step = at(draft.steps, order[i]);
    std::vector<Arrow> after;
    for (DraftArrow& arrow : step.after)
      after.push_back({at(new_place, arrow.step), stated(arrow.purpose, arrow.reason)});
    std::sort(after.begin(), after.end(), [](const Arrow& a, const Arrow& b) { return a.step < b.step; });
    plan.steps.push_back(
        {std::to_string(i + 1), std::move(step.step), std::move(step.why), std::move(after), at(schedules, order[i])});
  }
  return plan;
}

/// What no plan can be better than: nothing at all, but for the time that the steps' crews need.
Measures bounds(const Plan& plan, const Policy& policy) {
  Minutes work{0};
  Minutes longest{0};
  for (const PlannedStep& step : plan.steps) {
    if (step.step.kind != StepKind::upgrade) continue;
    const Minutes duration = duration_of(step.step, policy.durations);
    work += duration;
    longest = std::max(longest, duration);
  }
  Measures bound;
  for (const Measure measure : policy.objective) value(bound, measure) = 0;
  auto& makespan = value(bound, Measure::makespan_minutes);
  if (makespan) makespan = std::max(longest.count(), (work.count() + policy.crews - 1) / policy.crews);
  return bound;
}

Outcome outcome_of(const Organisation& organisation, const Policy& policy, const Plan& plan) {
  const auto totals = simulator::measure(organisation, plan, first_of(policy.readings),
                                         simulator::wanted_builds(organisation, policy));
  expects(totals.has_value(), "the planner's own steps can be carried out");
  Outcome outcome;
  for (const Measure measure : policy.objective) value(outcome.objective, measure) = value(*totals, measure);
  outcome.bound = bounds(plan, policy);
  const bool known = std::all_of(policy.objective.begin(), policy.objective.end(),
                                 [&](Measure measure) { return value(outcome.objective, measure).has_value(); });
  outcome.status = known && outcome.objective == outcome.bound ? PlanStatus::optimal : PlanStatus::feasible;
  return outcome;
}

}  // namespace

std::variant<Plan, Obstacle> finish_plan(const Organisation& organisation, const Policy& policy, Draft draft,
                                         const std::vector<ProxyPath>& paths) {
  const Units units = units_of(organisation, policy, draft, paths);
  if (!units.circle.empty()) return circle_obstacle(organisation, draft, units.circle);
  const Placement placement = place(organisation, policy, draft, units.units);
  if (placement.obstacle) return *placement.obstacle;
  const auto order = by_time(draft, placement.schedules, units.units);
  Plan plan = assemble(std::move(draft), placement.schedules, order);
  plan.goal = policy.goal;
  plan.outcome = outcome_of(organisation, policy, plan);
  return plan;
}

std::vector<std::string> united(std::vector<std::string> sentences) {
  std::sort(sentences.begin(), sentences.end());
  sentences.erase(std::unique(sentences.begin(), sentences.end()), sentences.end());
  return sentences;
}

Planning to_planning(std::variant<Plan, Obstacle> finished) {
  auto* obstacle = std::get_if<Obstacle>(&finished);
  if (obstacle == nullptr) return std::get<Plan>(std::move(finished));
  if (obstacle->proof == Obstacle::Proof::proved) return Infeasible{{std::move(obstacle->sentence)}};
  return NotFound{{std::move(obstacle->sentence)}};
}

}  // namespace casplan::planner
