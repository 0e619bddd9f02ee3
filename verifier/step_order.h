#pragma once

#include <cstdint>
#include <vector>

#include "model/plan.h"

namespace casplan::verifier {

/// What the arrows of a plan say about any two of its steps. Takes an eighth of a byte for each pair of steps.
class StepOrder {
 public:
  explicit StepOrder(const Plan& plan);

  /// Whether `first` has ended before `second` begins, in every order that the arrows permit.
  [[nodiscard]] bool precedes(StepIndex first, StepIndex second) const {
    return (row(second)[first.value / 64U] >> (first.value % 64U) & 1U) != 0;
  }

  /// An order in which these steps end one after the other, as given, each after all that must precede it.
  [[nodiscard]] std::vector<StepIndex> completed(const std::vector<StepIndex>& steps) const;

 private:
  [[nodiscard]] const std::uint64_t* row(StepIndex step) const { return &bits_[step.value * words_]; }

  std::vector<StepIndex> topological_;
  std::size_t words_;
  std::vector<std::uint64_t> bits_;  // by step: the steps that precede it
};

}  // namespace casplan::verifier
