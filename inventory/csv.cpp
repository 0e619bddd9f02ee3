#include "inventory/csv.h"

#include <algorithm>
#include <utility>

#include "inventory/text.h"

namespace casplan::inventory {
namespace {

constexpr std::string_view type_mark = "#TYPE ";

std::size_t count_unquoted(std::string_view line, char wanted) {
  std::size_t count = 0;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == wanted && !quoted) ++count;
  }
  return count;
}

char delimiter_of(std::string_view text) {
  std::string_view header;
  while (!text.empty() && (trimmed(header).empty() || !csv_type(header).empty())) {
    const auto end = std::min(text.find('\n'), text.size() - 1);
    header = text.substr(0, end + 1);
    header = header.substr(0, header.find('\n'));
    text.remove_prefix(end + 1);
  }
  constexpr std::string_view delimiters = ",;\t";
  return *std::max_element(delimiters.begin(), delimiters.end(),
                           [&](char a, char b) { return count_unquoted(header, a) < count_unquoted(header, b); });
}

// Rows of more columns than any export has end in one column that counts for all.
std::string& next_field(CsvRow& row) {
  constexpr std::size_t most_columns = 10'000;
  if (row.fields.size() < most_columns) return row.fields.emplace_back();
  row.fields.back().clear();
  return row.fields.back();
}

void add_row(FileContents& contents, const CsvRow& header, const CsvRow& row, const std::string& type) {
  if (row.fields.size() != header.fields.size()) {
    add_fault(contents, row.line, "a row of " + std::to_string(row.fields.size()) + " values",
              std::to_string(header.fields.size()) +
                  " values, one for each column: the file was edited or cut off, export it again");
    return;
  }
  Record record{type, Format::csv, row.line, {}};
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    add_property(record, trimmed(header.fields[i]), row.fields[i], row.line);
  }
  add_record(contents, std::move(record));
}

}  // namespace

std::string_view csv_type(std::string_view line) {
  line = trimmed(line);
  if (line.starts_with('"')) line.remove_prefix(1);
  return starts_with(line, type_mark) && line.size() > type_mark.size() ? trimmed(line.substr(type_mark.size()))
                                                                        : std::string_view();
}

CsvReader::CsvReader(std::string_view text) : rest_(text), delimiter_(delimiter_of(text)) {}

void CsvReader::skip_blank_lines() {
  for (auto end = rest_.find('\n'); end != std::string_view::npos && trimmed(rest_.substr(0, end)).empty();
       end = rest_.find('\n')) {
    rest_.remove_prefix(end + 1);
    ++line_;
  }
  if (trimmed(rest_).empty()) rest_ = {};
}

bool CsvReader::next(CsvRow& row) {
  skip_blank_lines();
  row = {{}, line_};
  while (!rest_.empty()) {
    take_field(next_field(row));
    const bool ends_row = rest_.empty() || rest_.front() == '\n';
    if (!rest_.empty()) rest_.remove_prefix(1);
    if (ends_row) {
      ++line_;
      break;
    }
    if (rest_.empty()) next_field(row);
  }
  return !row.fields.empty();
}

// A field ends at a delimiter or line end outside quotes.
void CsvReader::take_field(std::string& field) {
  while (!rest_.empty() && rest_.front() != delimiter_ && rest_.front() != '\n') {
    if (rest_.front() == '"' && trimmed(field).empty()) {
      field.clear();
      take_quoted(field);
    } else {
      field += rest_.front();
      rest_.remove_prefix(1);
    }
  }
}

void CsvReader::take_quoted(std::string& field) {
  rest_.remove_prefix(1);
  while (!rest_.empty()) {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (c == '"') {
      if (rest_.empty() || rest_.front() != '"') return;
      rest_.remove_prefix(1);
    }
    if (c == '\n') ++line_;
    field += c;
  }
  cut_off_ = true;
}

void read_csv(FileContents& contents, std::string_view text) {
  CsvReader reader(text);
  CsvRow header;
  std::string type;
  for (CsvRow row; reader.next(row);) {
    if (const auto stated = csv_type(row.fields.front()); !stated.empty()) {
      type = short_type(stated);
      header = {};
    } else if (header.fields.empty()) {
      header = std::move(row);
    } else {
      add_row(contents, header, row, type);
    }
  }
  if (!reader.is_cut_off()) return;
  add_fault(contents, 0, "a quoted value that does not end", "a whole export: the file was cut off, export it again");
}

}  // namespace casplan::inventory
