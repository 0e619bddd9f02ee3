#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// UTF-8, character by character. Internal to this room.
namespace casplan::documents {

[[nodiscard]] constexpr bool is_utf8_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The first character of a text; its length in bytes.
struct Utf8Character {
  char32_t code_point;
  std::size_t length;
};

/// Empty where the text does not begin with a well-formed character (also for overlong forms and surrogates).
[[nodiscard]] std::optional<Utf8Character> first_character(std::string_view text);

/// How many bytes at the beginning of the text are well-formed UTF-8.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text);

}  // namespace casplan::documents
