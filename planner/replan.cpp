#include "planner/replan.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "planner/announced.h"
#include "planner/bounds.h"
#include "planner/finish_plan.h"
#include "planner/replay.h"
#include "planner/search/recorded.h"
#include "planner/spare_capacity.h"

namespace casplan::planner {
namespace {

/// What tells a step from every other one of a plan, but for repetitions.
using Task = std::tuple<StepKind, ServerId, std::optional<BuildVersion>, std::optional<OwaVersion>>;

Task task_of(const Step& step) {
  return {step.kind, step.server, step.build, step.folder};
}

/// Beyond, finding the arrows of what was announced takes longer than half a minute.
constexpr std::size_t most_paths = 1'000'000;

/// What was announced and is left, as a plan; empty where that cannot be carried out any more, or is not safe.
std::optional<Plan> announced_rest(const Organisation& now, const Policy& policy, const Plan& announced,
                                   const Underway& underway) {
  std::vector<std::string> missing;
  const Changes changes = upgrade_changes(now, policy, missing);
  if (!missing.empty()) return std::nullopt;
  Problem problem(now, policy, changes, Problem::Herds::apart);
  auto rest = rest_of(announced, underway, now, policy, changes);
  if (!can_be_carried_out(problem, rest)) return std::nullopt;
  auto plan = recorded_plan(problem, rest);
  if (!plan) return std::nullopt;
  plan->goal = policy.goal;
  plan->outcome = outcome_of(now, policy, *plan);
  remark_on_capacity(now, *plan);
  return plan;
}

/// The plan with all that is not done put off alike, so that the first of it starts no earlier than the policy's work.
Plan put_off(Plan plan, const Underway& underway, Moment start) {
  std::optional<Moment> first;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Moment its = plan.steps[i].schedule->start;
    if (!underway.is_done[i] && (!first || its < *first)) first = its;
  }
  if (!first || *first >= start) return plan;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (underway.is_done[i]) continue;
    auto& [begin, end] = *plan.steps[i].schedule;
    begin += start - *first;
    end += start - *first;
  }
  return plan;
}

/// What was announced and is left, with its times as far as can be, or with all of it put off alike, which keeps
/// together what was planned to happen together: whichever costs less.
std::optional<Plan> best_rest(const Organisation& now, const Policy& policy, const Plan& announced,
                              const Underway& underway) {
  if (policy.goal != Goal::upgrade || version_paths(now, policy).size() > most_paths) return std::nullopt;
  auto in_time = announced_rest(now, policy, announced, underway);
  const Plan late = put_off(announced, underway, policy.start);
  if (late == announced) return in_time;
  auto later = announced_rest(now, policy, late, underway);
  if (later && (!in_time || cost_of(*later, policy) < cost_of(*in_time, policy))) return later;
  return in_time;
}

/// The announced rest where it costs no more; otherwise the new plan.
Planning chosen(Planning planning, std::optional<Plan> rest, const Policy& policy) {
  if (!rest) return planning;
  if (std::holds_alternative<NotFound>(planning)) return std::move(*rest);
  const auto* best = std::get_if<Plan>(&planning);
  if (best == nullptr || cost_of(*best, policy) < cost_of(*rest, policy)) return planning;
  const bool is_as_good = cost_of(*best, policy) == cost_of(*rest, policy);
  rest->outcome->bound = best->outcome->bound;
  if (is_as_good) rest->outcome->status = best->outcome->status;
  return std::move(*rest);
}

/// Gives every step of the plan that was announced the id that it had, and each other one a number that is free.
std::vector<Fate> keep_ids(Plan& plan, const Plan& announced, const Underway& underway) {
  std::vector<Fate> fates(announced.steps.size(), Fate::done);
  std::map<Task, std::vector<std::size_t>> open;
  std::set<std::string> taken;
  for (std::size_t i = announced.steps.size(); i-- > 0;) {
    taken.insert(announced.steps[i].id);
    if (underway.is_done[i]) continue;
    fates[i] = Fate::dropped;
    open[task_of(announced.steps[i].step)].push_back(i);
  }
  std::size_t next = 1;
  for (PlannedStep& step : plan.steps) {
    auto& same = open[task_of(step.step)];
    if (same.empty()) {
      while (!taken.insert(std::to_string(next)).second) ++next;
      step.id = std::to_string(next);
      continue;
    }
    const PlannedStep& old = announced.steps[same.back()];
    fates[same.back()] = old.schedule == step.schedule ? Fate::kept : Fate::moved;
    step.id = old.id;
    same.pop_back();
  }
  return fates;
}

Replanning replan(const Organisation& now, const Policy& policy, const Plan& announced, const Underway& found,
                  const Effort& effort) {
  Replanning result{NotFound{}, policy, {}};
  result.policy.to_return.insert(found.to_return.begin(), found.to_return.end());
  result.planning =
      chosen(make_plan(now, result.policy, effort), best_rest(now, result.policy, announced, found), result.policy);
  Plan none;
  auto* plan = std::get_if<Plan>(&result.planning);
  result.fates = keep_ids(plan != nullptr ? *plan : none, announced, found);
  return result;
}

}  // namespace

Replanning replan(const Organisation& now, const Policy& policy, const Plan& announced, const Effort& effort) {
  return replan(now, policy, announced, underway(now, announced), effort);
}

Planning reconsider(const Organisation& organisation, const Policy& policy, const Plan& announced,
                    const Effort& effort) {
  const Underway nothing{std::vector<bool>(announced.steps.size()), {}};
  return replan(organisation, policy, announced, nothing, effort).planning;
}

}  // namespace casplan::planner
