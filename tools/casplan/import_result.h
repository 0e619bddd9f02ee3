#pragma once

#include <string>

#include "inventory/import.h"

namespace casplan::tools {

/// What `import --json` prints: the organisation document, the facts with their sources, conflicts, what is missing,
/// and notes.
[[nodiscard]] std::string write_import_result(const inventory::Import& import);

}  // namespace casplan::tools
