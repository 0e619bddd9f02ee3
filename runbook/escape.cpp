#include "runbook/escape.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace casplan::runbook {
namespace {

/// One character of a text: its code point, or none where the byte is no UTF-8, and its bytes.
struct Character {
  std::optional<char32_t> code;
  std::string_view bytes;
};

struct CodeRange {
  char32_t first;
  char32_t last;
};

constexpr std::array<CodeRange, 12> unseen{{{0x00, 0x1F},
                                            {0x7F, 0x9F},
                                            {0xAD, 0xAD},
                                            {0x61C, 0x61C},
                                            {0x180E, 0x180E},
                                            {0x200B, 0x200F},
                                            {0x2028, 0x202E},
                                            {0x2060, 0x206F},
                                            {0xFEFF, 0xFEFF},
                                            {0xFFF9, 0xFFFB},
                                            {0xE0000, 0xE007F},
                                            {0x110000, 0xFFFFFFFF}}};

bool is_unseen(char32_t code) {
  return std::any_of(unseen.begin(), unseen.end(),
                     [&](const CodeRange& range) { return code >= range.first && code <= range.last; });
}

std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

/// Whether a sequence is longer than needed, half of a surrogate pair, or beyond Unicode.
bool is_forbidden(char32_t code, std::size_t length) {
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  return code < least[length] || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF;
}

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const Character broken{std::nullopt, text.substr(0, 1)};
  const std::size_t length = sequence_length(lead);
  if (length == 0 || length > text.size()) return broken;
  char32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
  for (const char next : text.substr(1, length - 1)) {
    const auto byte = static_cast<unsigned char>(next);
    if ((byte & 0xC0U) != 0x80U) return broken;
    code = (code << 6U) | (byte & 0x3FU);
  }
  if (is_forbidden(code, length)) return broken;
  return {code, text.substr(0, length)};
}

std::vector<Character> characters(std::string_view text) {
  std::vector<Character> all;
  while (!text.empty()) {
    all.push_back(first_character(text));
    text.remove_prefix(all.back().bytes.size());
  }
  return all;
}

std::string hexadecimal(std::uint32_t value, std::size_t digits) {
  std::string text;
  for (; value != 0 || text.size() < digits; value >>= 4U) text.insert(text.begin(), "0123456789ABCDEF"[value & 0xFU]);
  return text;
}

std::string shown(const Character& character) {
  if (!character.code) {
    return "‹byte 0x" + hexadecimal(static_cast<unsigned char>(character.bytes.front()), 2) + "›";
  }
  if (is_unseen(*character.code)) return "‹U+" + hexadecimal(*character.code, 4) + "›";
  return std::string(character.bytes);
}

bool is_markup(char c) {
  return std::string_view("\\`*_[]<>|~&$#{}").find(c) != std::string_view::npos;
}

bool ends_with_www(std::string_view text) {
  constexpr std::size_t length = 3;
  if (text.size() < length) return false;
  text.remove_prefix(text.size() - length);
  return std::all_of(text.begin(), text.end(), [](char c) { return c == 'w' || c == 'W'; });
}

/// Whether a character, harmless elsewhere, starts a list or a rule at the start of a line.
bool opens_block(std::string_view before, std::string_view rest) {
  const char c = rest.front();
  if (before.empty()) return c == '-' || c == '+' || c == '=';
  const bool ends_word = rest.size() == 1 || rest[1] == ' ';
  return (c == '.' || c == ')') && ends_word && before.find_first_not_of("0123456789") == std::string_view::npos;
}

bool opens_link(std::string_view before, std::string_view rest) {
  return rest.substr(0, 3) == "://" || (rest.front() == '.' && ends_with_www(before));
}

bool is_single_quote(char32_t code) {
  return code == U'\'' || (code >= 0x2018 && code <= 0x201B);
}

}  // namespace

std::string visible_text(std::string_view outside) {
  std::string text;
  for (const Character& character : characters(outside)) text += shown(character);
  return text;
}

std::string markdown_text(std::string_view outside) {
  const std::string text = visible_text(outside);
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto before = std::string_view(text).substr(0, i);
    const auto rest = std::string_view(text).substr(i);
    if (is_markup(text[i]) || opens_block(before, rest) || opens_link(before, rest)) escaped += '\\';
    escaped += text[i];
    // An address is found in the finished text, where a backslash is gone; an empty comment keeps its halves apart.
    if (text[i] == '@') escaped += "<!-- -->";
  }
  return escaped;
}

std::optional<std::string> powershell_literal(std::string_view outside) {
  std::string literal = "'";
  for (const Character& character : characters(outside)) {
    if (!character.code || is_unseen(*character.code) || *character.code == U'"') return std::nullopt;
    if (is_single_quote(*character.code)) literal += character.bytes;
    literal += character.bytes;
  }
  return literal + "'";
}

std::string fenced(std::string_view language, const std::vector<std::string>& lines) {
  std::size_t longest = 2;
  for (const std::string& line : lines) {
    std::size_t run = 0;
    for (const char c : line) {
      run = c == '`' ? run + 1 : 0;
      longest = std::max(longest, run);
    }
  }
  const std::string fence(longest + 1, '`');
  std::string block = fence + std::string(language) + "\n";
  for (const std::string& line : lines) block += line + "\n";
  return block + fence + "\n";
}

}  // namespace casplan::runbook
