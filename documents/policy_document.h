#pragma once

#include <string>
#include <string_view>

#include "model/diagnostics.h"
#include "model/organisation.h"
#include "model/policy.h"

namespace casplan::documents {

/// Reads a policy document, `casplan/policy/1` (contract, "policy"), for an organisation: its names become ids. What is
/// absent has the contract's default; `target` may be absent with a goal that heals. All faults are reported at once.
[[nodiscard]] Result<Policy> read_policy(std::string_view text, const Organisation& organisation);

/// Writes a policy with every default filled in: keys in the contract's order, two spaces for each level, a line break
/// at the end.
[[nodiscard]] std::string write_policy(const Policy& policy, const Organisation& organisation);

}  // namespace casplan::documents
