#include "simulator/timetable.h"

#include <algorithm>

namespace casplan::simulator {

Timetable::Timetable(const Plan& plan) : by_start(order_of_schedule(plan)), place(plan.steps.size()) {
  if (by_start.empty()) return;
  start = at(plan.steps, by_start.front()).schedule->start;
  for (const PlannedStep& step : plan.steps) end = std::max(end, minute(step.schedule->end));
  for (std::size_t i = 0; i < by_start.size(); ++i) at(place, by_start[i]) = static_cast<std::uint32_t>(i);
}

WorkLimits::WorkLimits(const Organisation& organisation, const Plan& plan, const Policy& policy)
    : crews(policy.crews), calendars(organisation, policy), waiting(plan.steps.size()) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    waits_for.push_back(static_cast<std::uint32_t>(plan.steps[i].after.size()));
    for (const Arrow& arrow : plan.steps[i].after) at(waiting, arrow.step).push_back(id_at<StepIndex>(i));
  }
}

}  // namespace casplan::simulator
