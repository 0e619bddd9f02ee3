#pragma once

#include <string>
#include <string_view>

#include "model/diagnostics.h"
#include "model/organisation.h"
#include "model/plan.h"

namespace casplan::documents {

/// Reads a plan document, `casplan/plan/1` (contract, "plan"), for an organisation: its names become ids. All faults
/// are reported at once.
///
/// A document without `after` and without times is a hand-written sequence: each step gets an arrow to the one before.
/// Steps without an id get their number, from 1.
[[nodiscard]] Result<Plan> read_plan(std::string_view text, const Organisation& organisation);

/// Writes a plan: keys in the contract's order, two spaces for each level, a line break at the end. `read_plan` reads
/// it again without a difference.
[[nodiscard]] std::string write_plan(const Plan& plan, const Organisation& organisation);

}  // namespace casplan::documents
