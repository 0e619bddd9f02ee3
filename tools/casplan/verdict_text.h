#pragma once

#include <string>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "tools/casplan/console.h"
#include "verifier/verdict.h"

namespace casplan::tools {

/// A verdict as sentences: what was judged, and how the plan goes wrong where it does.
[[nodiscard]] std::vector<std::string> verdict_text(const Organisation& organisation, const Plan& plan,
                                                    const verifier::Report& report);

/// The part of it that says how the plan goes wrong, and what cannot be told of it; empty for a safe plan.
[[nodiscard]] std::vector<std::string> faults_text(const Organisation& organisation, const Plan& plan,
                                                   const verifier::Report& report);

[[nodiscard]] ExitCode exit_code(const verifier::Report& report);

}  // namespace casplan::tools
