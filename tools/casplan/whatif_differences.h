#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/organisation.h"
#include "model/plan.h"
#include "simulator/assessment.h"
#include "tools/casplan/console.h"
#include "whatif/difference.h"

/// Differences between two plans, as text.
namespace casplan::tools {

/// `+1200`, `-5`, `same`; `-` where one of the two is not known.
[[nodiscard]] std::string signed_difference(const std::optional<std::int64_t>& before,
                                            const std::optional<std::int64_t>& after);

/// The paths, sites and steps that differ. Times are minutes from the start of the plan before.
void print_difference(const Organisation& organisation, const Plan& before, const whatif::Difference& difference,
                      Console& console);
void print_step_differences(const Organisation& organisation, const Plan& before,
                            const std::vector<whatif::StepDifference>& steps, Console& console);

/// The steps of a plan that has none to be compared with.
void print_steps_of(const Organisation& organisation, const Plan& plan, Console& console);

/// What does not work in a state: paths that fail, and sites that are not served whole.
void print_state(const Organisation& organisation, const simulator::Assessment& state, Console& console);

}  // namespace casplan::tools
