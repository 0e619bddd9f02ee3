#include "documents/shown_text.h"

#include <array>
#include <cstdio>

#include "documents/utf8.h"

namespace casplan::documents {
namespace {

constexpr std::size_t most_characters = 80;

std::string escaped(char32_t code_point) {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "\\u%04x", static_cast<unsigned>(code_point));
  return buffer.data();
}

}  // namespace

bool is_control(char32_t c) {
  const bool ascii_or_latin = c < 0x20 || (c >= 0x7F && c <= 0x9F);
  const bool line_end = c == 0x2028 || c == 0x2029;
  const bool direction =
      c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return ascii_or_latin || line_end || direction || c == 0xFEFF;
}

bool is_free_of_controls(std::string_view text) {
  while (!text.empty()) {
    const auto character = first_character(text);
    if (!character || is_control(character->code_point)) return false;
    text.remove_prefix(character->length);
  }
  return true;
}

std::string shortened(std::string_view text) {
  std::string result;
  for (std::size_t count = 0; !text.empty(); ++count) {
    if (count == most_characters) return result + "...";
    const Utf8Character character = first_character(text).value_or(Utf8Character{0xFFFD, 1});
    if (is_control(character.code_point) || character.code_point == 0xFFFD) {
      result += escaped(character.code_point);
    } else {
      result += text.substr(0, character.length);
    }
    text.remove_prefix(character.length);
  }
  return result;
}

std::string shown(std::string_view text) {
  return '"' + shortened(text) + '"';
}

std::string alternatives(std::span<const std::string_view> words) {
  constexpr std::size_t most_words = 20;
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i == most_words) return text + " or another";
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += shown(words[i]);
  }
  return text;
}

}  // namespace casplan::documents
