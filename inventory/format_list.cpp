#include "inventory/format_list.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "inventory/encoding.h"
#include "inventory/text.h"

namespace casplan::inventory {
namespace {

constexpr std::string_view identifier_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

// Columns that a text takes on the console: characters, not bytes.
std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    static_cast<void>(take_code_point(text));
    ++columns;
  }
  return columns;
}

struct WrappedProperty {
  std::string_view name;
  std::size_t line = 0;
  std::vector<std::string_view> rows;  // the value, as the console broke it
  std::size_t value_column = 0;
};

std::string_view without_braces(std::string_view value) {
  const bool is_list = value.size() >= 2 && value.front() == '{' && value.back() == '}';
  return is_list ? value.substr(1, value.size() - 2) : value;
}

// Older consoles break a value anywhere, at the full width; newer ones break it at a blank, which they swallow, so that
// the row stays shorter than the widest broken row of the object.
std::string joined(const WrappedProperty& property, std::size_t widest) {
  std::string value;
  for (const std::string_view row : property.rows) {
    value += row;
    const bool is_last = &row == &property.rows.back();
    if (!is_last && property.value_column + width(row) < widest) value += ' ';
  }
  return value;
}

class ObjectReader {
 public:
  explicit ObjectReader(FileContents& contents) : contents_(contents) {}

  void read_line(std::string_view line, std::size_t number) {
    if (is_continuation(line)) {
      read_continuation(line);
    } else if (const auto key_line = parse_key_line(line)) {
      read_key_line(*key_line, number);
    } else {
      finish_object();
    }
  }

  void finish_object() {
    Record record{{}, Format::format_list, properties_.empty() ? 0 : properties_.front().line, {}};
    for (const WrappedProperty& property : properties_) {
      add_property(record, property.name, without_braces(joined(property, widest_)), property.line);
    }
    properties_.clear();
    last_key_line_.reset();
    widest_ = 0;
    add_record(contents_, std::move(record));
  }

 private:
  [[nodiscard]] bool is_continuation(std::string_view line) const {
    return last_key_line_ && !trimmed(line).empty() && indentation(line) >= last_key_line_->value_column;
  }

  void read_continuation(std::string_view line) {
    widest_ = std::max(widest_, last_key_line_->value_column + width(last_key_line_->value));
    last_key_line_->value = trimmed(line);
    if (read_property(last_key_line_->key)) properties_.back().rows.push_back(trimmed(line));
  }

  void read_key_line(const KeyLine& key_line, std::size_t number) {
    const auto name = read_property(key_line.key);
    if (name && has(*name)) finish_object();
    if (name) properties_.push_back({*name, number, {key_line.value}, key_line.value_column});
    last_key_line_ = key_line;
  }

  [[nodiscard]] bool has(std::string_view name) const {
    return std::any_of(properties_.begin(), properties_.end(),
                       [&](const WrappedProperty& property) { return property.name == name; });
  }

  FileContents& contents_;
  std::vector<WrappedProperty> properties_;
  std::optional<KeyLine> last_key_line_;  // its value is the last row of it
  std::size_t widest_ = 0;                // of the rows that the console broke
};

}  // namespace

std::optional<KeyLine> parse_key_line(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || line[colon - 1] != ' ') return std::nullopt;
  const auto key = trimmed(line.substr(0, colon));
  if (key.empty() || key.find_first_not_of(identifier_characters) != std::string_view::npos) return std::nullopt;
  return KeyLine{key, trimmed(line.substr(colon + 1)), colon + 2};
}

void read_format_list(FileContents& contents, std::string_view text) {
  ObjectReader reader(contents);
  for (LineReader lines(text); lines.next();) reader.read_line(lines.line(), lines.number());
  reader.finish_object();
}

}  // namespace casplan::inventory
