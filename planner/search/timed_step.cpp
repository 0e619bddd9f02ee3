#include "planner/search/timed_step.h"

#include <algorithm>

#include "simulator/trace.h"

namespace casplan::planner {

std::optional<Measures> measured(const Organisation& organisation, const Policy& policy,
                                 const std::vector<TimedStep>& steps) {
  Plan plan;
  for (const TimedStep& step : steps) plan.steps.push_back({{}, step.step, {}, {}, step.schedule});
  const auto totals =
      simulator::measure(organisation, plan, first_of(policy.readings), simulator::wanted_builds(organisation, policy));
  return totals ? std::optional(*totals) : std::nullopt;
}

bool keeps_limits(const Policy& policy, const std::vector<TimedStep>& steps) {
  const auto copies = std::count_if(steps.begin(), steps.end(),
                                    [](const TimedStep& step) { return step.step.kind == StepKind::ensure_folder; });
  if (policy.copies && copies > *policy.copies) return false;
  return std::all_of(steps.begin(), steps.end(), [&](const TimedStep& step) {
    return !policy.latest_end || step.schedule.end <= *policy.latest_end;
  });
}

}  // namespace casplan::planner
