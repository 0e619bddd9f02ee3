#pragma once

#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/readings.h"
#include "model/rules.h"
#include "model/topology.h"
#include "simulator/transition.h"

/// What a step is good for: what becomes of a plan without it, or with it in another place.
namespace casplan::planner {

/// A path that fails and would not if the plan were carried out as it is.
struct FailingPath {
  ProxyPath path;
  Judgement judgement;  ///< with its event
  Readings readings;    ///< the first of the open combinations under which it fails

  friend bool operator==(const FailingPath&, const FailingPath&) = default;
};

/// A step that then could not be carried out.
struct FailingStep {
  StepIndex step;
  simulator::Refusal refusal;
  ServerState server;  ///< of the step, at that time

  friend bool operator==(const FailingStep&, const FailingStep&) = default;
};

/// Under any open combination of readings.
struct Consequences {
  std::vector<FailingPath> paths;  ///< on the way or at the end; in the order of `proxy_paths`
  std::vector<FailingStep> steps;  ///< in the order in which they would be tried

  [[nodiscard]] bool are_none() const { return paths.empty() && steps.empty(); }
  friend bool operator==(const Consequences&, const Consequences&) = default;
};

/// Carries plans out step by step, in the order of their schedule but for what is changed, and judges the paths at the
/// servers of the steps that are changed or fail. Refers to the organisation and the plan, which is scheduled.
class Alternatives {
 public:
  Alternatives(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed);

  /// The step is left out.
  [[nodiscard]] Consequences without(StepIndex step) const;

  /// The step is done before another one that it comes after, and before all that comes after that one.
  [[nodiscard]] Consequences before(StepIndex step, StepIndex other) const;

 private:
  using Order = std::vector<StepIndex>;

  [[nodiscard]] Consequences compare(const Order& order, const std::vector<ServerId>& servers) const;
  [[nodiscard]] std::vector<FailingStep> failing_steps(const Order& order, const Readings& readings) const;

  const Organisation& organisation_;
  const Plan& plan_;
  std::vector<Readings> readings_;
  std::vector<ProxyPath> paths_;
  Order order_;
};

}  // namespace casplan::planner
