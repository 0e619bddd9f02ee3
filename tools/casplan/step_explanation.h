#pragma once

#include <string>
#include <vector>

#include "model/plan.h"
#include "model/policy.h"
#include "planner/consequences.h"
#include "tools/casplan/console.h"

namespace casplan::tools {

/// An arrow of a step, to or from another one, and what becomes of the plan if the two change their order.
struct ExplainedArrow {
  StepIndex other;
  std::string reason;
  planner::Consequences otherwise;
};

/// Why a step is in a plan, where it is.
struct StepExplanation {
  StepIndex step;
  std::string start;                   ///< why it starts when it does: `waits for step 3`
  std::vector<ExplainedArrow> after;   ///< what it comes after
  std::vector<ExplainedArrow> before;  ///< what comes after it
  planner::Consequences left_out;      ///< what becomes of the plan without it
};

[[nodiscard]] StepExplanation explain_step(const Organisation& organisation, const Policy& policy, const Plan& plan,
                                           StepIndex step);

void print_step(const Organisation& organisation, const Policy& policy, const Plan& plan,
                const StepExplanation& explanation, Console& console);

[[nodiscard]] std::string step_to_json(const Organisation& organisation, const Policy& policy, const Plan& plan,
                                       const StepExplanation& explanation);

}  // namespace casplan::tools
