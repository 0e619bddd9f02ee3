#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/measures.h"
#include "model/policy.h"
#include "model/step.h"

namespace casplan {

/// A necessary order: the step that bears the arrow starts only after `step` has ended.
struct Arrow {
  StepIndex step;
  std::string reason;

  friend bool operator==(const Arrow&, const Arrow&) = default;
};

/// When a step is planned to run. `end` is not before `start`.
struct Schedule {
  Moment start;
  Moment end;

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

struct PlannedStep {
  std::string id;  ///< unique in the plan
  Step step;
  std::string why;  ///< why the step is there; empty in a hand-written sequence
  std::vector<Arrow> after;
  std::optional<Schedule> schedule;  ///< either every step of a plan has one, or none

  friend bool operator==(const PlannedStep&, const PlannedStep&) = default;
};

enum class PlanStatus {
  optimal,     ///< proved best
  feasible,    ///< a plan; whether a better one exists is not proved
  infeasible,  ///< proved that there is none
  budget,      ///< the search was cut short
};

/// How the plan came about: its measures, a proved bound for each, and the reasons where there is no plan.
struct Outcome {
  PlanStatus status = PlanStatus::feasible;
  Measures objective;
  Measures bound;
  std::vector<std::string> because;
  std::vector<std::string> core{};      ///< where there is no plan: the facts that together forbid it
  std::vector<std::string> remedies{};  ///< and the changes of which any one would allow it, the best first

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// SHA-256 of the documents that a plan was made for, as 64 hexadecimal digits.
struct Digests {
  std::string organisation;
  std::string policy;

  friend bool operator==(const Digests&, const Digests&) = default;
};

/// A partial order of steps, with one schedule that respects it. A hand-written sequence is a plan in which each step
/// comes after the one before it.
struct Plan {
  std::vector<PlannedStep> steps;
  Goal goal = Goal::upgrade;
  std::optional<Outcome> outcome;  ///< empty in a hand-written sequence
  std::optional<Digests> digests;

  friend bool operator==(const Plan&, const Plan&) = default;
};

/// The steps in an order in which each comes after all that it must come after; otherwise as in the plan. A contract:
/// the arrows run in no circle, which `documents` has seen to.
[[nodiscard]] std::vector<StepIndex> in_order_of_arrows(const Plan& plan);

/// The steps by start, then end; those that have both in common as their arrows say. A contract: the plan is scheduled,
/// and its arrows run in no circle.
[[nodiscard]] std::vector<StepIndex> order_of_schedule(const Plan& plan);

/// When the work stops with a step, whoever stops lets end what has begun: so many of the first steps of
/// `order_of_schedule`, which is `order`. They are those up to the step at `place`, and those that begin before its
/// end.
[[nodiscard]] std::size_t begun_by_the_end(const Plan& plan, const std::vector<StepIndex>& order, std::size_t place);

[[nodiscard]] std::string_view to_string(PlanStatus status);
[[nodiscard]] std::optional<PlanStatus> parse_plan_status(std::string_view text);

/// The plan with a schedule for each step. A plan that has one is returned as it is; the steps of a hand-written
/// sequence run one after the other without gaps from `start`.
[[nodiscard]] Plan scheduled(Plan plan, const Durations& durations, Moment start);
/// The same with what the plan's organisation tells: a step that takes a server back to an earlier build lasts as long
/// as a rollup.
[[nodiscard]] Plan scheduled(Plan plan, const Organisation& organisation, const Durations& durations, Moment start);

/// By step: the build that its server runs when the step begins; empty where it is not known. The steps of a server are
/// taken in the order of `in_order_of_arrows`, with the same contract.
[[nodiscard]] std::vector<std::optional<BuildVersion>> builds_before(const Plan& plan,
                                                                     const Organisation& organisation);

}  // namespace casplan
