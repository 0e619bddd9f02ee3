#include "verifier/schedule_check.h"

#include <algorithm>
#include <map>

namespace casplan::verifier {
namespace {

Counterexample fault_of_schedule(ViolationKind kind, StepIndex step, StepIndex other) {
  Counterexample found{};
  found.kind = kind;
  found.step = step;
  found.other_step = other;
  return found;
}

std::optional<Counterexample> violated_arrow(const Plan& plan) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    for (const Arrow& arrow : plan.steps[i].after) {
      if (at(plan.steps, arrow.step).schedule->end > plan.steps[i].schedule->start) {
        return fault_of_schedule(ViolationKind::order_violated, id_at<StepIndex>(i), arrow.step);
      }
    }
  }
  return std::nullopt;
}

std::optional<Counterexample> overlapping_steps(const Plan& plan) {
  std::map<ServerId, std::vector<StepIndex>> by_server;
  for (std::size_t i = 0; i < plan.steps.size(); ++i)
    by_server[plan.steps[i].step.server].push_back(id_at<StepIndex>(i));
  for (auto& [server, steps] : by_server) {
    const auto schedule = [&](StepIndex index) { return *at(plan.steps, index).schedule; };
    std::stable_sort(steps.begin(), steps.end(),
                     [&](StepIndex a, StepIndex b) { return schedule(a).start < schedule(b).start; });
    for (std::size_t i = 1; i < steps.size(); ++i) {
      if (schedule(steps[i]).start < schedule(steps[i - 1]).end) {
        return fault_of_schedule(ViolationKind::steps_overlap, steps[i], steps[i - 1]);
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Counterexample> check_schedule(const Plan& plan) {
  if (auto violated = violated_arrow(plan)) return violated;
  return overlapping_steps(plan);
}

}  // namespace casplan::verifier
