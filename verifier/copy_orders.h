#pragma once

#include <optional>
#include <vector>

#include "model/plan.h"
#include "verifier/counterexamples.h"
#include "verifier/order_columns.h"
#include "verifier/step_orders.h"

namespace casplan::verifier {

/// Judges in every order of a plan whether copies find their folders.
class CopyOrders {
 public:
  struct Finding {
    bool is_exhaustive = true;
    std::optional<Counterexample> counterexample;
  };

  /// Follows no more than so many situations at a time. Refers to all that it is made from.
  CopyOrders(const Plan& plan, const State& found, const FixedReadings& fixed, const StepsByServer& steps_at,
             const std::vector<std::vector<StepSet>>& own_orders, const StepOrder& order, std::size_t most_situations);

  /// Whether some single source, or its server itself, holds the folder whenever the step may begin; mostly one does.
  /// The columns are those of the step's server, among others. Where it says no, several may do so together.
  [[nodiscard]] bool surely_finds_its_folder(StepIndex ensure, const OrderColumns& columns) const;

  /// Looks at all sources together of copies of which that is not sure, until one is found that may be refused.
  [[nodiscard]] Finding judge_together(const std::vector<StepIndex>& ensures,
                                       const Counterexamples& counterexamples) const;

 private:
  [[nodiscard]] Excerpt excerpt_for_copy(StepIndex ensure, ServerId source, const OrderColumns& columns) const;
  [[nodiscard]] Excerpt excerpt_for_folder(StepIndex ensure) const;
  [[nodiscard]] bool finds_every_folder(const Excerpt& excerpt) const;

  const Plan& plan_;
  const StepsByServer& steps_at_;
  const std::vector<std::vector<StepSet>>& own_orders_;
  const StepOrder& order_;
  StepOrders step_orders_;
  StepOrders single_sources_;
};

}  // namespace casplan::verifier
