#include "whatif/words.h"

#include <algorithm>

namespace casplan::whatif {
namespace {

constexpr std::string_view gaps = " \t\r\n";
constexpr std::string_view word_ends = " \t\r\n\"";

/// Takes a word that begins with a quote; whether it has a closing one.
bool take_quoted(std::string_view& rest, std::string& word) {
  rest.remove_prefix(1);
  while (!rest.empty()) {
    const bool is_quote = rest.front() == '"';
    const bool is_doubled = rest.starts_with("\"\"");
    if (!is_quote || is_doubled) word += rest.front();
    rest.remove_prefix(is_doubled ? 2 : 1);
    if (is_quote && !is_doubled) return true;
  }
  return false;
}

}  // namespace

Words cut_into_words(std::string_view rest) {
  Words all;
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(gaps), rest.size()));
    if (rest.empty()) return all;
    std::string& word = all.words.emplace_back();
    if (rest.front() == '"') {
      all.has_open_quote = !take_quoted(rest, word);
      continue;
    }
    word = rest.substr(0, rest.find_first_of(word_ends));
    rest.remove_prefix(word.size());
  }
}

std::string as_word(std::string_view text) {
  if (!text.empty() && text.find_first_of(word_ends) == std::string_view::npos) return std::string(text);
  std::string word = "\"";
  for (const char c : text) word += c == '"' ? std::string("\"\"") : std::string(1, c);
  return word + "\"";
}

}  // namespace casplan::whatif
