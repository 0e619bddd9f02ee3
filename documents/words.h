#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What people type, cut into words, before anybody asks what they mean: the steps of a hand-written sequence, or
/// changes. Names with blanks stand between quotes; what follows a `#` in its line is a comment.
namespace casplan::documents {

struct Word {
  std::string text;
  bool is_quoted = false;
};

/// What stands between two line ends or semicolons.
struct Phrase {
  std::size_t line = 1;
  std::vector<Word> words;      ///< at least one
  bool has_open_quote = false;  ///< the last word has no closing quote
};

/// Cuts a text into phrases, one after the other; what holds no word is none.
class Phrases {
 public:
  explicit Phrases(std::string_view text) : rest_(text) {}

  /// Empty at the end of the text.
  [[nodiscard]] std::optional<Phrase> next();

 private:
  [[nodiscard]] bool is_at(std::string_view characters) const;
  void read_phrase(Phrase& phrase);
  void read_plain(Phrase& phrase);
  void read_quoted(Phrase& phrase);
  void skip_comment();

  std::string_view rest_;
  std::size_t line_ = 1;
};

}  // namespace casplan::documents
