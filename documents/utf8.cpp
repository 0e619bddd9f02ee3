#include "documents/utf8.h"

namespace casplan::documents {
namespace {

struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t lowest;  // a smaller code point would have a shorter form
};

std::optional<Lead> lead(unsigned char byte) {
  if (byte < 0x80U) return Lead{1, byte, 0};
  if ((byte & 0xE0U) == 0xC0U) return Lead{2, byte & 0x1FU, 0x80};
  if ((byte & 0xF0U) == 0xE0U) return Lead{3, byte & 0x0FU, 0x800};
  if ((byte & 0xF8U) == 0xF0U) return Lead{4, byte & 0x07U, 0x10000};
  return std::nullopt;
}

constexpr bool is_surrogate(char32_t code_point) {
  return code_point >= 0xD800 && code_point <= 0xDFFF;
}

}  // namespace

std::optional<Utf8Character> first_character(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto first = lead(static_cast<unsigned char>(text[0]));
  if (!first || first->length > text.size()) return std::nullopt;
  char32_t code_point = first->bits;
  for (std::size_t i = 1; i < first->length; ++i) {
    if (!is_utf8_continuation(text[i])) return std::nullopt;
    code_point = code_point << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  if (code_point < first->lowest || code_point > 0x10FFFF || is_surrogate(code_point)) return std::nullopt;
  return Utf8Character{code_point, first->length};
}

std::size_t valid_utf8_prefix(std::string_view text) {
  std::size_t valid = 0;
  while (valid < text.size()) {
    const auto character = first_character(text.substr(valid));
    if (!character) break;
    valid += character->length;
  }
  return valid;
}

}  // namespace casplan::documents
