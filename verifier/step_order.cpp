#include "verifier/step_order.h"

#include <algorithm>

#include "model/contracts.h"

namespace casplan::verifier {

StepOrder::StepOrder(const Plan& plan) : topological_(in_order_of_arrows(plan)) {
  const std::size_t steps = plan.steps.size();
  before_.starts.assign(steps + 1, 0);
  after_.starts.assign(steps + 1, 0);
  for (std::size_t i = 0; i < steps; ++i) {
    before_.starts[i + 1] = before_.starts[i] + plan.steps[i].after.size();
    for (const Arrow& arrow : plan.steps[i].after) ++after_.starts[arrow.step.value + 1];
  }
  for (std::size_t i = 0; i < steps; ++i) after_.starts[i + 1] += after_.starts[i];
  before_.entries.reserve(before_.starts.back());
  after_.entries.resize(after_.starts.back());
  std::vector<std::size_t> next = after_.starts;
  for (std::size_t i = 0; i < steps; ++i) {
    for (const Arrow& arrow : plan.steps[i].after) {
      before_.entries.push_back(arrow.step);
      after_.entries[next[arrow.step.value]++] = id_at<StepIndex>(i);
    }
  }
}

std::vector<bool> StepOrder::preceding(const std::vector<StepIndex>& steps) const {
  std::vector<bool> reached(topological_.size());
  std::vector<StepIndex> open;
  const auto reach = [&](StepIndex step) {
    if (reached[step.value]) return;
    reached[step.value] = true;
    open.push_back(step);
  };
  std::for_each(steps.begin(), steps.end(), reach);
  while (!open.empty()) {
    const StepIndex step = open.back();
    open.pop_back();
    std::for_each(before(step).begin(), before(step).end(), reach);
  }
  return reached;
}

std::vector<StepSet> StepOrder::among(const std::vector<StepIndex>& steps) const {
  expects(steps.size() <= most_steps, "an excerpt has few steps");
  std::vector<StepSet> order(steps.size());
  for (std::size_t later = 0; later < steps.size(); ++later) {
    const auto reached = preceding({steps[later]});
    for (std::size_t earlier = 0; earlier < steps.size(); ++earlier) {
      order[later][earlier] = earlier != later && reached[steps[earlier].value];
    }
  }
  return order;
}

std::vector<StepIndex> StepOrder::completed(const std::vector<StepIndex>& steps) const {
  std::vector<StepIndex> order;
  std::vector<bool> ended(topological_.size());
  for (const StepIndex step : steps) {
    const auto needed = preceding({step});
    for (const StepIndex before : topological_) {
      if (!needed[before.value] || ended[before.value]) continue;
      ended[before.value] = true;
      order.push_back(before);
    }
  }
  return order;
}

}  // namespace casplan::verifier
