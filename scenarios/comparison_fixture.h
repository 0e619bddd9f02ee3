#pragma once

#include <string>
#include <vector>

#include "documents/scenario_document.h"
#include "scenarios/program_fixture.h"

namespace casplan::scenarios {

/// One sentence for each place where a command said something other than what is expected: the command, the place,
/// what was expected and what was found.
using Mismatches = std::vector<std::string>;

[[nodiscard]] Mismatches compare(const documents::CheckExpectation& expected, const Output& output);
[[nodiscard]] Mismatches compare(const documents::PlanExpectation& expected, const Output& output);
[[nodiscard]] Mismatches compare(const documents::VerifyExpectation& expected, const Output& output);
[[nodiscard]] Mismatches compare(const documents::SimulateExpectation& expected, const Output& output);

}  // namespace casplan::scenarios
