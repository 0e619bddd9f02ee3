#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "inventory/source.h"

namespace casplan::inventory {

/// Stands for a character that could not be read or must not be there.
inline constexpr char32_t replacement_character = U'\uFFFD';
inline constexpr std::string_view replacement_text = "\xEF\xBF\xBD";

/// A file as UTF-8 with `\n` at the end of lines. Bytes that are no character, control characters, and marks that turn
/// the direction of writing are replaced by U+FFFD.
struct DecodedText {
  std::string text;
  std::size_t replaced = 0;             ///< how many characters
  std::size_t first_replaced_line = 0;  ///< 0: none
};

/// Reads UTF-16 (either byte order) by its byte-order mark, and UTF-8 with or without one. Faults: the file is larger
/// than `largest_file`, holds NUL characters, or ends within a character.
[[nodiscard]] tl::expected<DecodedText, Fault> decode(const SourceFile& file);

/// Takes the first code point off a text that is not empty; the replacement character where it is malformed.
[[nodiscard]] char32_t take_code_point(std::string_view& text);
void append_utf8(std::string& text, char32_t code_point);

/// A value on one line: trimmed, and with every control character, also tabs and line ends, replaced by U+FFFD.
[[nodiscard]] std::string cleaned_value(std::string_view value);

}  // namespace casplan::inventory
