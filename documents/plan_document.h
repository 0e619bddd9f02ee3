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

/// Reads a hand-written sequence as people type it: one step on a line, or several with `;` between them.
///
///     upgrade HQCAS1 8.2.176.2                   # and what stands behind a # that begins a word is a comment
///     ensure HQCAS1 8.0.685.24 from BRCAS1, BRCAS2
///     recycle HQCAS1; drain BRCAS1; return BRCAS1
///
/// Verbs (the kinds of steps; `ensure` is short for `ensure_folder`) and names are read without regard to case. A name
/// with blanks or one of `,;#"` in it stands between double quotes, where `""` is one quote. `to` may stand before the
/// build; without `from`, any holder of the folder is a source. Steps have their numbers as ids, from 1, and each
/// comes after the one before. All faults are reported at once, each with line and step.
[[nodiscard]] Result<Plan> read_sequence(std::string_view text, const Organisation& organisation);

/// Reads a file by its content: what begins like JSON is a plan document, everything else a sequence.
[[nodiscard]] Result<Plan> read_plan_or_sequence(std::string_view text, const Organisation& organisation);

/// Whether a text would be read as a sequence.
[[nodiscard]] bool is_sequence(std::string_view text);

/// Writes a plan: keys in the contract's order, two spaces for each level, a line break at the end. `read_plan` reads
/// it again without a difference.
[[nodiscard]] std::string write_plan(const Plan& plan, const Organisation& organisation);

}  // namespace casplan::documents
