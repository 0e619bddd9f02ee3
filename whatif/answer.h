#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "planner/effort.h"
#include "planner/why_not.h"
#include "verifier/breach.h"
#include "verifier/verdict.h"
#include "whatif/apply.h"
#include "whatif/difference.h"
#include "whatif/situation.h"
#include "whatif/standstill.h"

/// What a change makes different: for a plan that is carried on with, and for the best plan under the change.
namespace casplan::whatif {

/// A plan that was judged on an organisation, and measured.
struct JudgedPlan {
  Plan plan;
  /// What is carried out in all: the plan, and what was done before it when it is the rest of work that has begun.
  Plan carried_out;
  verifier::Report report;                          ///< of the plan, in every order that it permits
  std::optional<simulator::Trace> trace;            ///< of all that is carried out; empty where a step cannot be
  std::optional<simulator::RefusedStep> refused{};  ///< that step
  Measures measures{};                              ///< empty where there is no trace; the lag also without a policy
  std::vector<verifier::Breach> breaches{};         ///< of the policy
};

/// That there is no plan, or none that was found.
struct NoPlan {
  enum class Reason { infeasible, not_found, facts_missing };
  Reason reason = Reason::infeasible;
  std::vector<std::string> because;
  std::optional<planner::WhyNot> why{};  ///< of a wish that is infeasible, where it was asked for
};

using Planned = std::variant<JudgedPlan, NoPlan>;

/// The work stopped at a step that failed.
struct Stopped {
  StepIndex failed;  ///< of the plan that was carried out until then
  Standstill standstill;
  simulator::Assessment today;           ///< what users have before any step
  simulator::Assessment then;            ///< what they have while nothing more is done
  verifier::Safety plan_safety;          ///< of that plan, had nothing failed
  std::optional<verifier::Stop> stop{};  ///< who has it worse than today; only of a plan that is safe
};

/// Which of two plans answers a question.
enum class Deciding { same_plan, best_plan };

struct Answer {
  Situation changed;  ///< with the plan that is carried on with
  /// What if the same plan is carried on with? Empty where there was none, or a step of it fails.
  std::optional<JudgedPlan> same_plan{};
  std::optional<Stopped> stopped{};  ///< where a step fails
  /// Where a step of the plan cannot be carried out before the one that fails.
  std::optional<simulator::RefusedStep> refused{};
  /// What would be the best plan then? Of a step that fails, what is left of the work: the plan is that of the rest,
  /// and measured is the whole. Empty without a policy.
  std::optional<Planned> best_plan{};
  /// Where a step fails and there is a policy: what is found then, and what is still wanted. That is what the best plan
  /// is for.
  std::optional<Situation> rest{};
  /// The same plan where it has another order because of the changes, or where there is no best plan.
  Deciding deciding = Deciding::best_plan;
  std::optional<Policy> policy_without_order{};  ///< as in `Changed`

  /// What the best plan is for.
  [[nodiscard]] const Situation& planned_for() const { return rest ? *rest : changed; }
};

/// The plan that decides, and the organisation and policy that it is for: those it can be verified and tracked with.
/// Empty where there is no such plan. A plan in an order that was asked for is for the policy that does not ask for it.
[[nodiscard]] std::optional<Situation> decided(const Answer& answer);

/// Whether reasons are looked for why a wish is infeasible; that takes many plannings.
enum class Explaining { yes, no };

struct Means {
  planner::Effort effort{};  ///< for each planning
  Explaining explaining = Explaining::yes;
};

/// Judges and measures a scheduled plan.
[[nodiscard]] JudgedPlan judge_plan(const Situation& situation, const Plan& plan);

/// The state of affairs before any change: the situation's plan, else the best one. A contract: it has a plan or a
/// policy.
[[nodiscard]] Planned before_any_change(const Situation& situation, const Means& means);

/// Answers for changes that were applied. `before` is the plan before them, whose ids and times are kept where that
/// costs nothing; null where there was none.
[[nodiscard]] Answer answer(const Changed& changed, const Plan* before, const Means& means);

}  // namespace casplan::whatif
