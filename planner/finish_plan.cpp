#include "planner/finish_plan.h"

#include <algorithm>
#include <numeric>

#include "model/contracts.h"
#include "planner/assemble.h"
#include "planner/bounds.h"
#include "planner/draft_sources.h"
#include "planner/improve.h"
#include "planner/placement.h"
#include "planner/pools.h"
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

/// An order that runs in a circle. Where the policy asks for each of its arrows, there is no plan. One that paths ask
/// for might be kept by draining a server that is not drained here.
Obstacle circle_obstacle(const Organisation& organisation, const Draft& draft, const std::vector<StepIndex>& circle) {
  Obstacle obstacle{"The order that is asked for runs in a circle:", Obstacle::Proof::proved};
  for (std::size_t i = 0; i < circle.size(); ++i) {
    const StepIndex before = circle[(i + 1) % circle.size()];
    const DraftArrow& arrow = arrow_between(draft, before, circle[i]);
    obstacle.sentence += (i == 0 ? " " : "; ") + step_words(organisation, at(draft.steps, circle[i])) +
                         " comes after " + step_words(organisation, at(draft.steps, before)) + " (" + arrow.reason +
                         ")";
    const bool is_asked = arrow.force == Force::necessary && arrow.purpose == Purpose::policy;
    const bool is_of_one_server = at(draft.steps, before).step.server == at(draft.steps, circle[i]).step.server;
    if (!is_asked && !is_of_one_server) obstacle.proof = Obstacle::Proof::not_proved;
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

/// What no plan is below, where nothing else is known: servers that return may serve users whom the bounds hold to be
/// without one.
Measures nothing(const std::vector<Measure>& objective) {
  Measures bound;
  for (const Measure measure : objective) value(bound, measure) = 0;
  return bound;
}

Changes changes_of(const Plan& plan) {
  Changes changes;
  for (const PlannedStep& step : plan.steps) {
    if (step.step.kind == StepKind::upgrade) changes[step.step.server].push_back(*step.step.build);
  }
  return changes;
}

/// It is proved where no plan can be so short.
std::optional<Obstacle> ends_too_late(const Organisation& organisation, const Policy& policy, const Plan& plan) {
  Moment end = policy.start;
  for (const PlannedStep& step : plan.steps) end = std::max(end, step.schedule->end);
  if (!policy.latest_end || end <= *policy.latest_end) return std::nullopt;
  Policy shortest = policy;
  shortest.objective = {Measure::makespan_minutes};
  const Measures bound = lower_bounds(organisation, shortest, changes_of(plan));
  const Minutes least(value(bound, Measure::makespan_minutes).value_or(0));
  const bool is_proved = policy.start + least > *policy.latest_end;
  return Obstacle{
      "The work does not end by the policy's latest end: the plan that was made for it ends " +
          std::to_string((end - *policy.latest_end).count()) +
          " minutes after it. A shorter one may do with less. Move latest_end, add crews, or lengthen the windows.",
      is_proved ? Obstacle::Proof::proved : Obstacle::Proof::not_proved};
}

}  // namespace

Outcome outcome_of(const Organisation& organisation, const Policy& policy, const Plan& plan) {
  const auto totals =
      simulator::measure(organisation, plan, first_of(policy.readings), simulator::wanted_builds(organisation, policy));
  expects(totals.has_value(), "the planner's own steps can be carried out");
  Outcome outcome;
  for (const Measure measure : policy.objective) value(outcome.objective, measure) = value(*totals, measure);
  const Measures bound =
      policy.to_return.empty() ? lower_bounds(organisation, policy, changes_of(plan)) : nothing(policy.objective);
  outcome.bound = as_bound_of(outcome.objective, policy, bound);
  const bool known = std::all_of(policy.objective.begin(), policy.objective.end(),
                                 [&](Measure measure) { return value(outcome.objective, measure).has_value(); });
  outcome.status = known && outcome.objective == outcome.bound ? PlanStatus::optimal : PlanStatus::feasible;
  return outcome;
}

std::variant<Plan, Obstacle> finish_plan(const Organisation& organisation, const Policy& policy, Draft draft,
                                         const std::vector<ProxyPath>& paths, const Effort& effort) {
  Units units = units_of(organisation, policy, draft, paths);
  if (!units.circle.empty()) return circle_obstacle(organisation, draft, units.circle);
  const PlacementFacts facts(organisation, policy);
  const PlacedUnits placed = best_placement(facts, draft, std::move(units.units), paths.size(), effort);
  if (placed.placement.obstacle) return *placed.placement.obstacle;
  const auto& schedules = placed.placement.schedules;
  const auto order = by_time(draft, schedules, placed.units);
  use_nearest_sources(organisation, policy, draft, schedules, order);
  if (const auto pool = keep_in_service_in_every_order(organisation, policy, draft, schedules)) {
    return Obstacle{"The servers of " + *pool +
                        " would have to hand over to each other within a minute, in an order that their paths forbid. "
                        "Lower min_in_service there, or give `drain` and `return` a duration.",
                    Obstacle::Proof::not_proved};
  }
  Plan plan = assemble(std::move(draft), schedules, order);
  plan.goal = policy.goal;
  if (auto late = ends_too_late(organisation, policy, plan)) return *late;
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
