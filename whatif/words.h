#pragma once

#include <string>
#include <string_view>
#include <vector>

/// A change as words, before anybody asks what they mean.
namespace casplan::whatif {

struct Words {
  std::vector<std::string> words;
  bool has_open_quote = false;  ///< the last word has no closing quote
};

/// Cuts a text at blanks. What stands between quotes is one word, in which two quotes stand for one.
[[nodiscard]] Words cut_into_words(std::string_view text);

/// The text as one word, between quotes where it would be cut.
[[nodiscard]] std::string as_word(std::string_view text);

}  // namespace casplan::whatif
