#include "verifier/step_order.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "model/contracts.h"

namespace casplan::verifier {

StepOrder::StepOrder(const Plan& plan) : topological_(in_order_of_arrows(plan)) {
  const std::size_t steps = plan.steps.size();
  position_.resize(steps);
  for (std::size_t i = 0; i < steps; ++i) position_[topological_[i].value] = static_cast<std::uint32_t>(i);
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

std::optional<std::vector<StepSet>> StepOrder::among(const std::vector<StepIndex>& steps,
                                                     std::size_t most_arrows) const {
  expects(steps.size() <= most_steps, "an excerpt has few steps");
  std::uint32_t first = ~std::uint32_t{0};
  for (const StepIndex step : steps) first = std::min(first, position_[step.value]);
  std::vector<StepSet> order(steps.size());
  std::size_t followed = 0;
  for (std::size_t later = 0; later < steps.size(); ++later) {
    std::unordered_set<std::uint32_t> reached;
    std::vector<StepIndex> open{steps[later]};
    while (!open.empty()) {
      const auto arrows = before(open.back());
      open.pop_back();
      followed += arrows.size();
      if (followed > most_arrows) return std::nullopt;
      for (const StepIndex earlier : arrows) {
        // What stands before all of these steps leads back to none of them.
        if (position_[earlier.value] >= first && reached.insert(earlier.value).second) open.push_back(earlier);
      }
    }
    for (std::size_t earlier = 0; earlier < steps.size(); ++earlier) {
      order[later][earlier] = earlier != later && reached.contains(steps[earlier].value);
    }
  }
  return order;
}

std::vector<StepSet> StepOrder::among(const std::vector<StepIndex>& steps) const {
  return *among(steps, std::numeric_limits<std::size_t>::max());
}

std::vector<StepIndex> StepOrder::completed(const std::vector<StepIndex>& steps) const {
  std::vector<StepIndex> order;
  std::vector<bool> reached(topological_.size());
  const auto reach = [&](StepIndex step) {
    if (reached[step.value]) return;
    reached[step.value] = true;
    order.push_back(step);
  };
  for (const StepIndex step : steps) {
    const std::size_t first = order.size();
    reach(step);
    for (std::size_t next = first; next < order.size(); ++next) {
      for (const StepIndex earlier : before(order[next])) reach(earlier);
    }
    std::sort(order.begin() + static_cast<std::ptrdiff_t>(first), order.end(),
              [&](StepIndex a, StepIndex b) { return position_[a.value] < position_[b.value]; });
  }
  return order;
}

}  // namespace casplan::verifier
