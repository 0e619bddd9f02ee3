#pragma once

#include <string>
#include <vector>

#include "runbook/input.h"

/// Modelled organisations and plans for the runbook's tests; no real one looks like this.
namespace casplan::runbook::modelled {

/// Site HQ with the fronts HQCAS1 and HQCAS2 behind mail.contoso.com, site Branch1 with BRCAS1; everything runs RTM,
/// and everyone is served.
[[nodiscard]] Organisation two_sites();

/// HQCAS1 already runs SP1 without the folder of BRCAS1, so that the path fails today.
[[nodiscard]] Organisation broken_today();

/// HQCAS1 drained, upgraded to SP2, given the folder of BRCAS1, restarted and returned; then BRCAS1 upgraded.
[[nodiscard]] Plan front_then_branch(const Organisation& organisation);

/// A plan of one step, which starts at 2009-10-03 22:00 UTC and takes ten minutes.
[[nodiscard]] Plan only(Step step);

/// A verdict "safe" over the schedule.
[[nodiscard]] verifier::Report safe();

/// The runbook of a plan as the simulator plays it, with its stops judged.
[[nodiscard]] std::string runbook_of(const Organisation& organisation, const Plan& plan,
                                     verifier::Report report = safe());

[[nodiscard]] ServerId server(const Organisation& organisation, std::string_view name);

}  // namespace casplan::runbook::modelled
