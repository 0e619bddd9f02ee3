#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace casplan::inventory {

/// The text without blanks and tabs at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::string_view trimmed_right(std::string_view text);

/// ASCII letters in lower case; all else as it is.
[[nodiscard]] std::string lower(std::string_view text);

/// Without regard to the case of ASCII letters.
[[nodiscard]] bool starts_with(std::string_view text, std::string_view start);
[[nodiscard]] bool ends_with(std::string_view text, std::string_view end);
[[nodiscard]] bool contains(std::string_view text, std::string_view part);

/// Takes the lines off a text whose lines end in `\n`.
class LineReader {
 public:
  explicit LineReader(std::string_view text) : rest_(text) {}

  /// Goes on to the next line, at first to the first; false where there is none.
  bool next();
  /// The line, without its end.
  [[nodiscard]] std::string_view line() const { return line_; }
  /// From 1.
  [[nodiscard]] std::size_t number() const { return number_; }

 private:
  std::string_view rest_;
  std::string_view line_;
  std::size_t number_ = 0;
};

/// The trimmed parts between separators; empty parts are left out.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view text, char separator);

}  // namespace casplan::inventory
