#include "model/plan.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "model/contracts.h"

namespace casplan {
namespace {

constexpr std::array<std::string_view, 4> status_names{"optimal", "feasible", "infeasible", "budget"};

}  // namespace

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
  const auto planned = std::count_if(plan.steps.begin(), plan.steps.end(),
                                     [](const PlannedStep& step) { return step.schedule.has_value(); });
  expects(planned == 0 || planned == std::ssize(plan.steps), "either every step of a plan has a schedule, or none");
  Moment clock = start;
  for (PlannedStep& step : plan.steps) {
    if (step.schedule) continue;
    step.schedule = Schedule{clock, clock + duration_of(step.step, durations)};
    clock = step.schedule->end;
  }
  return plan;
}

}  // namespace casplan
