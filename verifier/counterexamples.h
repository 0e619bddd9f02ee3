#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "verifier/path_orders.h"
#include "verifier/step_order.h"
#include "verifier/step_orders.h"
#include "verifier/verdict.h"

namespace casplan::verifier {

/// Makes of the faults that were met in the orders of an excerpt what is shown to people: one that the fewest steps
/// lead to, with all that must precede them, met again by the simulator on the whole organisation, and the arrow that
/// would have prevented it.
class Counterexamples {
 public:
  /// Whether nothing is wrong in any order of an excerpt.
  using IsSafe = std::function<bool(const Excerpt&)>;

  Counterexamples(const Organisation& organisation, const Plan& plan, const State& found, const StepOrder& order)
      : organisation_(organisation), plan_(plan), found_(found), order_(order) {}

  /// `faults` are met in the excerpt, and not empty.
  [[nodiscard]] Counterexample of(const ProxyPath& path, const Excerpt& excerpt,
                                  const std::vector<PathViolation>& faults, const IsSafe& is_safe) const;
  [[nodiscard]] Counterexample of(const Excerpt& excerpt, const std::vector<StepViolation>& faults,
                                  const IsSafe& is_safe) const;

 private:
  struct Witness {
    const Readings* readings;
    const Exploration::Fault* met;
  };

  [[nodiscard]] Witness shortest(const Excerpt& excerpt, const std::vector<Witness>& witnesses) const;
  [[nodiscard]] Counterexample start(ViolationKind kind, const Excerpt& excerpt, const Witness& witness,
                                     const IsSafe& is_safe) const;
  [[nodiscard]] std::vector<StepIndex> ended_steps(const Excerpt& excerpt, const Exploration::Fault& met) const;
  [[nodiscard]] std::optional<MissingArrow> missing_arrow(const Excerpt& excerpt, const Exploration::Fault& met,
                                                          const IsSafe& is_safe) const;
  void replay(Counterexample& found, const std::vector<StepIndex>& running) const;
  void refused(Counterexample& found, const State& state, StepIndex step, const simulator::Refusal& refusal) const;

  const Organisation& organisation_;
  const Plan& plan_;
  const State& found_;
  const StepOrder& order_;
};

}  // namespace casplan::verifier
