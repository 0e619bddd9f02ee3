#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/step.h"
#include "simulator/assessment.h"

/// Figures and lists in words.
namespace casplan::runbook {

/// `300`, `66.667` or `not known`.
[[nodiscard]] std::string users_text(const simulator::Users& users);

/// `not known` for an empty figure.
[[nodiscard]] std::string figure_text(const std::optional<std::int64_t>& figure);

/// `2009-10-03 22:00`, in UTC.
[[nodiscard]] std::string moment_text(Moment moment);

/// `1 minute`, `90 minutes`.
[[nodiscard]] std::string minutes_text(Minutes minutes);

/// `1 step`, `3 steps`: the noun with an s where there is not just one.
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

/// `a, b, c`.
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view separator = ", ");

/// A row of a Markdown table. The cells are Markdown already.
[[nodiscard]] std::string row(const std::vector<std::string>& cells);

/// The head of a Markdown table: titles and the line below them.
[[nodiscard]] std::string table_head(const std::vector<std::string>& titles);

}  // namespace casplan::runbook
