#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/plan.h"
#include "verifier/excerpt.h"

namespace casplan::verifier {

/// The arrows of a plan, kept so that they can be followed both ways. Memory: 16 bytes for each arrow and step.
class StepOrder {
 public:
  explicit StepOrder(const Plan& plan);

  /// Every step, each after all that must precede it.
  [[nodiscard]] const std::vector<StepIndex>& topological() const { return topological_; }
  /// The steps with an arrow to this one.
  [[nodiscard]] std::span<const StepIndex> before(StepIndex step) const { return before_.of(step); }
  /// The steps to which this one has an arrow.
  [[nodiscard]] std::span<const StepIndex> after(StepIndex step) const { return after_.of(step); }

  /// For each of a few steps, which of the others must end before it begins: places in `steps`, of which there are at
  /// most `most_steps`. Follows every arrow that leads to one of them.
  [[nodiscard]] std::vector<StepSet> among(const std::vector<StepIndex>& steps) const;

  /// The same, given up (empty) where it means to follow more than so many arrows.
  [[nodiscard]] std::optional<std::vector<StepSet>> among(const std::vector<StepIndex>& steps,
                                                          std::size_t most_arrows) const;

  /// An order in which these steps end one after the other, as given, each after all that must precede it.
  [[nodiscard]] std::vector<StepIndex> completed(const std::vector<StepIndex>& steps) const;

  /// By step, whether it is one of these, or must precede one of them.
  [[nodiscard]] std::vector<bool> preceding(const std::vector<StepIndex>& steps) const;

 private:
  /// A list for each step, all in one block.
  struct Lists {
    std::vector<std::size_t> starts;
    std::vector<StepIndex> entries;
    [[nodiscard]] std::span<const StepIndex> of(StepIndex step) const {
      return std::span(entries).subspan(starts[step.value], starts[step.value + 1] - starts[step.value]);
    }
  };

  std::vector<StepIndex> topological_;
  std::vector<std::uint32_t> position_;  // by step: its place in topological_
  Lists before_;
  Lists after_;
};

}  // namespace casplan::verifier
