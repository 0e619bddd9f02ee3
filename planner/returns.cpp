#include "planner/returns.h"

#include <algorithm>
#include <optional>

#include "model/calendar.h"
#include "planner/finish_plan.h"
#include "planner/relations.h"
#include "planner/search/variants.h"
#include "planner/step_reasons.h"

namespace casplan::planner {
namespace {

/// Why a server cannot return as it is; empty where nothing is against it.
std::optional<std::string> harm_of_returning(const Organisation& returned, const Policy& policy) {
  Variants variants(policy.readings);
  Meetings meetings(variants, initial_state(returned));
  for (const ProxyPath& path : version_paths(returned)) {
    const bool is_new = policy.to_return.contains(path.front) || policy.to_return.contains(path.target);
    if (!is_new || !meetings.are_met_today(path) || meetings.faults_today(path) == 0) continue;
    const std::string front = at(returned.servers, path.front).name;
    const std::string target = at(returned.servers, path.target).name;
    return "Users might meet Event 46 between " + front + " and " + target + " if " +
           (policy.to_return.contains(path.front) ? front : target) +
           " returned to service as it is. Bring these two to builds or folders with which they work together, or let "
           "it "
           "stay out of service.";
  }
  return std::nullopt;
}

/// The returns, all as early as they can be.
std::vector<PlannedStep> returns(const Organisation& organisation, const Policy& policy) {
  const Calendars calendars(organisation, policy);
  std::vector<PlannedStep> steps;
  for (const ServerId server : policy.to_return) {
    const Minutes length = policy.durations.return_to_service;
    const auto start = calendars.of(server).earliest(policy.start, length);
    if (!start) return {};
    steps.push_back({"",
                     {StepKind::return_to_service, server, std::nullopt, std::nullopt, {}},
                     why_returned(at(organisation.servers, server)),
                     {},
                     Schedule{*start, *start + length}});
  }
  return steps;
}

/// The other steps come after all returns.
void append(Plan& plan, std::vector<PlannedStep> rest, const Organisation& organisation) {
  const std::size_t first = plan.steps.size();
  for (PlannedStep& step : rest) {
    for (Arrow& arrow : step.after) arrow.step = id_at<StepIndex>(arrow.step.value + first);
    if (!step.after.empty()) continue;
    for (std::size_t i = 0; i < first; ++i) {
      const Server& returned = at(organisation.servers, plan.steps[i].step.server);
      step.after.push_back({id_at<StepIndex>(i), reason_serves_again(returned)});
    }
  }
  for (PlannedStep& step : rest) plan.steps.push_back(std::move(step));
  for (std::size_t i = 0; i < plan.steps.size(); ++i) plan.steps[i].id = std::to_string(i + 1);
}

Organisation with_returned(Organisation organisation, const Policy& policy) {
  for (const ServerId server : policy.to_return) at(organisation.servers, server).in_service = true;
  return organisation;
}

}  // namespace

Planning return_first(const Organisation& organisation, const Policy& policy,
                      const std::function<Planning(const Organisation&, const Policy&)>& plan_rest) {
  const Organisation returned = with_returned(organisation, policy);
  if (auto harm = harm_of_returning(returned, policy)) return NotFound{{std::move(*harm)}};
  Plan plan;
  plan.goal = policy.goal;
  plan.steps = returns(organisation, policy);
  if (plan.steps.empty()) return NotFound{{"A server is to return to service, and no window of it is open any more."}};
  Policy later = policy;
  later.to_return.clear();
  for (const PlannedStep& step : plan.steps) later.start = std::max(later.start, step.schedule->end);
  Planning planning = plan_rest(returned, later);
  // Another plan may do something before the returns.
  if (auto* infeasible = std::get_if<Infeasible>(&planning)) return NotFound{std::move(infeasible->because)};
  auto* rest = std::get_if<Plan>(&planning);
  if (rest == nullptr) return planning;
  append(plan, std::move(rest->steps), organisation);
  plan.outcome = outcome_of(organisation, policy, plan);
  plan.outcome->because = std::move(rest->outcome->because);
  return plan;
}

}  // namespace casplan::planner
