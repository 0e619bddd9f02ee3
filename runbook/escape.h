#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The edges where text from outside leaves: Markdown and PowerShell. No name may become markup or a command.
namespace casplan::runbook {

/// The text with each character that would not be seen, or would change how the rest is seen, written out: control
/// characters, line and paragraph separators, bidirectional marks, zero-width characters as `‹U+202E›`, bytes that are
/// no UTF-8 as `‹byte 0xFF›`.
[[nodiscard]] std::string visible_text(std::string_view outside);

/// Text for a Markdown page, also inside a table: what it shows is `visible_text(outside)`, and none of it is markup,
/// a link, a table's border, code or HTML.
[[nodiscard]] std::string markdown_text(std::string_view outside);

/// A PowerShell literal in single quotes, in which nothing is expanded. PowerShell takes the typographic quotes U+2018
/// to U+201B for single quotes, so they are doubled too. Empty where no command may carry the text: it holds a
/// character that `visible_text` writes out, or a double quote, which no Windows name holds and at which PowerShell
/// would split the argument of a program.
[[nodiscard]] std::optional<std::string> powershell_literal(std::string_view outside);

/// A block of code that no line of it can end.
[[nodiscard]] std::string fenced(std::string_view language, const std::vector<std::string>& lines);

}  // namespace casplan::runbook
