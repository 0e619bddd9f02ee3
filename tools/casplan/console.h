#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "model/diagnostics.h"
#include "tools/casplan/exit_code.h"
#include "tools/casplan/options.h"

namespace casplan::tools {

enum class Tone { plain, good, bad, doubtful, heading };

/// Where a command puts its results and its faults.
class Console {
 public:
  Console(std::ostream& out, std::ostream& error, Output output, Colour colour);

  [[nodiscard]] bool wants_json() const { return output_ == Output::json; }
  /// A line of text, or a whole JSON document.
  void print(const std::string& text);
  /// A heading and what stands below it, after an empty line; nothing where nothing stands below it.
  void print_section(Tone tone, const std::string& heading, const std::string& body);
  /// A sentence for people, on standard error.
  void warn(const std::string& sentence);
  /// Every fault of a file, on standard error; `file` is empty where the places name files. Returns `bad_input`.
  ExitCode fail(const std::string& file, const Diagnostics& faults);

  /// How many characters stand beside each other: those of the terminal, or 120 where there is none.
  [[nodiscard]] static std::size_t columns();

  /// The text in the tone's colour, where colours are on.
  [[nodiscard]] std::string in(Tone tone, std::string_view text) const;

 private:
  std::ostream& out_;
  std::ostream& error_;
  Output output_;
  bool coloured_;
};

/// Columns under a heading, as wide as they need to be.
class Table {
 public:
  explicit Table(std::vector<std::string> heading) : rows_{std::move(heading)} {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  [[nodiscard]] bool is_empty() const { return rows_.size() == 1; }
  /// The rows, each on a line that begins with two blanks.
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace casplan::tools
