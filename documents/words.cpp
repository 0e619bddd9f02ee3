#include "documents/words.h"

#include <algorithm>

namespace casplan::documents {
namespace {

constexpr std::string_view gaps = " \t\r,";
constexpr std::string_view phrase_ends = ";\n";
constexpr std::string_view word_ends = " \t\r,;\n\"";

}  // namespace

bool Phrases::is_at(std::string_view characters) const {
  return !rest_.empty() && characters.find(rest_.front()) != std::string_view::npos;
}

std::optional<Phrase> Phrases::next() {
  while (!rest_.empty()) {
    Phrase phrase;
    phrase.line = line_;
    read_phrase(phrase);
    if (is_at("\n")) ++line_;
    if (!rest_.empty()) rest_.remove_prefix(1);
    if (!phrase.words.empty()) return phrase;
  }
  return std::nullopt;
}

void Phrases::read_phrase(Phrase& phrase) {
  while (!rest_.empty() && !is_at(phrase_ends)) {
    if (is_at(gaps)) {
      rest_.remove_prefix(1);
    } else if (is_at("#")) {
      skip_comment();
    } else if (is_at("\"")) {
      read_quoted(phrase);
    } else {
      read_plain(phrase);
    }
  }
}

void Phrases::skip_comment() {
  rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
}

void Phrases::read_plain(Phrase& phrase) {
  const std::size_t length = std::min(rest_.find_first_of(word_ends), rest_.size());
  phrase.words.push_back({std::string(rest_.substr(0, length)), false});
  rest_.remove_prefix(length);
}

/// Up to the closing quote, of which two stand for one, or to the end of the line.
void Phrases::read_quoted(Phrase& phrase) {
  Word word{"", true};
  rest_.remove_prefix(1);
  while (!rest_.empty() && !is_at("\n")) {
    const bool is_quote = is_at("\"");
    const bool is_doubled = rest_.starts_with("\"\"");
    if (!is_quote || is_doubled) word.text += rest_.front();
    rest_.remove_prefix(is_doubled ? 2 : 1);
    if (is_quote && !is_doubled) return phrase.words.push_back(std::move(word));
  }
  phrase.has_open_quote = true;
  phrase.words.push_back(std::move(word));
}

}  // namespace casplan::documents
