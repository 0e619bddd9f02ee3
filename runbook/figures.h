#pragma once

#include <string>
#include <vector>

#include "model/step.h"

/// Lengths as the page writes them, and its tables.
namespace casplan::runbook {

/// `1 minute`, `90 minutes`.
[[nodiscard]] std::string minutes_text(Minutes minutes);

/// A row of a Markdown table. The cells are Markdown already.
[[nodiscard]] std::string row(const std::vector<std::string>& cells);

/// The head of a Markdown table: titles and the line below them.
[[nodiscard]] std::string table_head(const std::vector<std::string>& titles);

}  // namespace casplan::runbook
