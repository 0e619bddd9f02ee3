#include "planner/assemble.h"

#include <algorithm>

#include "planner/step_graph.h"

namespace casplan::planner {

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

}  // namespace casplan::planner
