#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "inventory/record.h"

namespace casplan::inventory {

/// A line `Name   : value` of Format-List text.
struct KeyLine {
  std::string_view key;
  std::string_view value;        ///< without blanks at its ends
  std::size_t value_column = 0;  ///< where the value begins, or would begin; continuation lines are indented as far
};

/// Empty for any other line: prompts, comments, continuations.
[[nodiscard]] std::optional<KeyLine> parse_key_line(std::string_view line);

/// Reads the objects of Format-List text, from a file or copied off the console, of one cmdlet or of several.
void read_format_list(FileContents& contents, std::string_view text);

}  // namespace casplan::inventory
