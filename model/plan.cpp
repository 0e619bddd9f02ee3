#include "model/plan.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <utility>

#include "model/contracts.h"

namespace casplan {
namespace {

constexpr std::array<std::string_view, 4> status_names{"optimal", "feasible", "infeasible", "budget"};

using Builds = std::vector<std::optional<BuildVersion>>;

/// `before`: by step, the build that its server runs when it begins.
Plan schedule(Plan plan, const Builds& before, const Durations& durations, Moment start) {
  const auto planned = std::count_if(plan.steps.begin(), plan.steps.end(),
                                     [](const PlannedStep& step) { return step.schedule.has_value(); });
  expects(planned == 0 || planned == std::ssize(plan.steps), "either every step of a plan has a schedule, or none");
  Moment clock = start;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    PlannedStep& step = plan.steps[i];
    if (step.schedule) continue;
    step.schedule = Schedule{clock, clock + duration_of(step.step, before[i], durations)};
    clock = step.schedule->end;
  }
  return plan;
}

}  // namespace

std::vector<StepIndex> in_order_of_arrows(const Plan& plan) {
  std::vector<std::vector<StepIndex>> followers(plan.steps.size());
  std::vector<std::size_t> waiting(plan.steps.size());
  std::set<StepIndex> ready;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    waiting[i] = plan.steps[i].after.size();
    for (const Arrow& arrow : plan.steps[i].after) at(followers, arrow.step).push_back(id_at<StepIndex>(i));
    if (waiting[i] == 0) ready.insert(id_at<StepIndex>(i));
  }
  std::vector<StepIndex> order;
  while (!ready.empty()) {
    order.push_back(*ready.begin());
    ready.erase(ready.begin());
    for (const StepIndex follower : at(followers, order.back())) {
      if (--at(waiting, follower) == 0) ready.insert(follower);
    }
  }
  expects(order.size() == plan.steps.size(), "the arrows of a plan run in no circle");
  return order;
}

std::vector<StepIndex> order_of_schedule(const Plan& plan) {
  for (const PlannedStep& step : plan.steps) expects(step.schedule.has_value(), "the plan is scheduled");
  const auto key = [&](StepIndex step) {
    const Schedule& schedule = *at(plan.steps, step).schedule;
    return std::pair(schedule.start, schedule.end);
  };
  std::vector<StepIndex> order = in_order_of_arrows(plan);
  std::stable_sort(order.begin(), order.end(), [&](StepIndex a, StepIndex b) { return key(a) < key(b); });
  return order;
}

std::size_t begun_by_the_end(const Plan& plan, const std::vector<StepIndex>& order, std::size_t place) {
  const Moment end = at(plan.steps, order[place]).schedule->end;
  const auto begun = std::partition_point(order.begin(), order.end(),
                                          [&](StepIndex step) { return at(plan.steps, step).schedule->start < end; });
  return std::max(place + 1, static_cast<std::size_t>(begun - order.begin()));
}

std::string_view to_string(PlanStatus status) {
  return status_names[static_cast<std::size_t>(status)];
}

std::optional<PlanStatus> parse_plan_status(std::string_view text) {
  for (std::size_t i = 0; i < status_names.size(); ++i) {
    if (status_names[i] == text) return static_cast<PlanStatus>(i);
  }
  return std::nullopt;
}

Plan scheduled(Plan plan, const Durations& durations, Moment start) {
  const Builds not_known(plan.steps.size());
  return schedule(std::move(plan), not_known, durations, start);
}

Plan scheduled(Plan plan, const Organisation& organisation, const Durations& durations, Moment start) {
  const Builds before = builds_before(plan, organisation);
  return schedule(std::move(plan), before, durations, start);
}

std::vector<std::optional<BuildVersion>> builds_before(const Plan& plan, const Organisation& organisation) {
  Builds running;  // by server
  for (const Server& server : organisation.servers) running.push_back(server.build);
  Builds before(plan.steps.size());
  for (const StepIndex index : in_order_of_arrows(plan)) {
    const Step& step = at(plan.steps, index).step;
    at(before, index) = at(running, step.server);
    if (step.build) at(running, step.server) = step.build;
  }
  return before;
}

}  // namespace casplan
