#pragma once

#include <string>
#include <string_view>

#include "model/diagnostics.h"
#include "model/organisation.h"

namespace casplan::documents {

/// Reads an organisation document, `casplan/organisation/1` (contract, "organisation"). All faults are reported at
/// once.
///
/// An absent or null value is a fact that is not known. An organisation whose server lists one folder twice, under two
/// spellings, is no fault: `check` reports it.
[[nodiscard]] Result<Organisation> read_organisation(std::string_view text);

/// Writes an organisation: keys in the contract's order, two spaces for each level, a line break at the end. What
/// `read_organisation` returned is written and read again without a difference.
[[nodiscard]] std::string write_organisation(const Organisation& organisation);

}  // namespace casplan::documents
