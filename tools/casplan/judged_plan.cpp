#include "tools/casplan/judged_plan.h"

#include <algorithm>

#include "verifier/stops.h"
#include "verifier/verify.h"

namespace casplan::tools {

verifier::Report judge_plan(const PlanInput& input, const gate::GateOptions& gate) {
  auto report = verifier::verify(input.organisation, input.plan, input.fixed_readings());
  if (!report.counterexample && gate.cases > 0) {
    report.properties = gate::check_properties(input.organisation, input.plan, input.fixed_readings(), gate);
    const bool all_hold =
        std::all_of(report.properties.begin(), report.properties.end(), [](const auto& law) { return law.passed; });
    if (!all_hold) report.safety = verifier::Safety::unsafe;
  }
  if (report.safety == verifier::Safety::safe) {
    report.stops = verifier::judge_stops(input.organisation, input.plan, input.fixed_readings());
  }
  return report;
}

}  // namespace casplan::tools
