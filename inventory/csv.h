#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/record.h"

namespace casplan::inventory {

/// One row of a CSV; its line is that of its beginning.
struct CsvRow {
  std::vector<std::string> fields;
  std::size_t line = 0;
};

/// Takes rows off a CSV whose quotes are doubled within quotes, and whose quoted values may hold line ends.
class CsvReader {
 public:
  /// The delimiter is the one of `,`, `;` and tab that the header, the first row below a `#TYPE` line, has most of.
  explicit CsvReader(std::string_view text);

  /// False at the end. Blank lines are passed over.
  [[nodiscard]] bool next(CsvRow& row);
  /// The text ended within quotes.
  [[nodiscard]] bool is_cut_off() const { return cut_off_; }

 private:
  void take_field(std::string& field);
  void take_quoted(std::string& field);
  void skip_blank_lines();

  std::string_view rest_;
  char delimiter_;
  std::size_t line_ = 1;
  bool cut_off_ = false;
};

/// The type of a `#TYPE` line, empty for any other line.
[[nodiscard]] std::string_view csv_type(std::string_view line);

/// Reads the objects of an Export-Csv file, with or without its `#TYPE` line.
void read_csv(FileContents& contents, std::string_view text);

}  // namespace casplan::inventory
