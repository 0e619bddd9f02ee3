#pragma once

#include "tools/casplan/load.h"
#include "tools/casplan/options.h"
#include "verifier/verdict.h"

namespace casplan::tools {

/// The verifier's verdict on a plan. Where that does not find it unsafe, and cases are asked for, the plan also has to
/// pass the gate: it is unsafe if one of the gate's laws is broken.
[[nodiscard]] verifier::Report judge_plan(const PlanInput& input, const gate::GateOptions& gate);

}  // namespace casplan::tools
