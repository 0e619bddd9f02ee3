#pragma once

#include <string>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "simulator/trace.h"
#include "verifier/verdict.h"

namespace casplan::runbook {

/// What a runbook is made of: the plan, what it does, and what the verifier says of it.
struct RunbookInput {
  const Organisation& organisation;
  const Plan& plan;               ///< scheduled: every step has start and end
  const simulator::Trace& trace;  ///< of this plan, under these readings
  const verifier::Report& report;
  Readings readings{};  ///< the first of those that the policy leaves open
  std::vector<std::string>
      against_policy{};  ///< how the plan goes against the policy, in sentences; no matter of safety
};

}  // namespace casplan::runbook
