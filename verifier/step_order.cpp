#include "verifier/step_order.h"

namespace casplan::verifier {

StepOrder::StepOrder(const Plan& plan)
    : topological_(in_order_of_arrows(plan)), words_(plan.steps.size() / 64 + 1), bits_(plan.steps.size() * words_) {
  for (const StepIndex step : topological_) {
    std::uint64_t* own = &bits_[step.value * words_];
    for (const Arrow& arrow : at(plan.steps, step).after) {
      const std::uint64_t* before = row(arrow.step);
      for (std::size_t word = 0; word < words_; ++word) own[word] |= before[word];
      own[arrow.step.value / 64U] |= std::uint64_t{1} << (arrow.step.value % 64U);
    }
  }
}

std::vector<StepIndex> StepOrder::completed(const std::vector<StepIndex>& steps) const {
  std::vector<StepIndex> order;
  std::vector<bool> ended(topological_.size());
  const auto end = [&](StepIndex step) {
    if (ended[step.value]) return;
    ended[step.value] = true;
    order.push_back(step);
  };
  for (const StepIndex step : steps) {
    for (const StepIndex before : topological_) {
      if (precedes(before, step)) end(before);
    }
    end(step);
  }
  return order;
}

}  // namespace casplan::verifier
