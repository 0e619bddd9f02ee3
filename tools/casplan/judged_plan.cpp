#include "tools/casplan/judged_plan.h"

#include <algorithm>

#include "verifier/verify.h"

namespace casplan::tools {

verifier::Report judge_plan(const PlanInput& input, const gate::GateOptions& gate) {
  auto report = verifier::verify(input.organisation, input.plan, input.fixed_readings());
  if (report.safety == verifier::Safety::unsafe || gate.cases == 0) return report;
  report.properties = gate::check_properties(input.organisation, input.plan, input.fixed_readings(), gate);
  const bool all_hold =
      std::all_of(report.properties.begin(), report.properties.end(), [](const auto& law) { return law.passed; });
  if (!all_hold) report.safety = verifier::Safety::unsafe;
  return report;
}

}  // namespace casplan::tools
