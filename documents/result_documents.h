#pragma once

#include <string>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/state.h"
#include "simulator/assessment.h"
#include "simulator/trace.h"
#include "verifier/verdict.h"

/// What `--json` prints (contract, "results with --json"). Users are rounded to three decimals; null is not known.
namespace casplan::documents {

/// Every proxy path and every site in one state.
[[nodiscard]] std::string write_check_result(const Organisation& organisation, const State& state,
                                             const simulator::Assessment& assessment);

/// The verdict on a plan, and how it goes wrong where it does; and in sentences, where a policy was named, how the plan
/// goes against it.
[[nodiscard]] std::string write_verification_result(const Organisation& organisation, const Plan& plan,
                                                    const verifier::Report& report,
                                                    const std::optional<std::vector<std::string>>& against_policy = {});

/// Why a command cannot tell: `{ "missing": [ sentences ] }`.
[[nodiscard]] std::string write_missing_facts(const std::vector<std::string>& missing);

}  // namespace casplan::documents
