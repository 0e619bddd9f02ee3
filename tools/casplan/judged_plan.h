#pragma once

#include "tools/casplan/load.h"
#include "tools/casplan/options.h"
#include "verifier/verdict.h"

namespace casplan::tools {

/// The verifier's verdict on a plan. Where that has no counterexample, and cases are asked for, the plan also has to pass
/// the gate: it is unsafe if one of the gate's laws is broken. Of a safe plan it is said too where the work may stop.
[[nodiscard]] verifier::Report judge_plan(const PlanInput& input, const gate::GateOptions& gate);

}  // namespace casplan::tools
