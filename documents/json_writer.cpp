#include "documents/json_writer.h"

#include <algorithm>
#include <utility>

#include "documents/json_text.h"

namespace casplan::documents {
namespace {

bool needs_no_escape(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

}  // namespace

void JsonWriter::value(std::string_view text) {
  scalar(needs_no_escape(text) ? '"' + std::string(text) + '"' : json_string(text));
}

void JsonWriter::decimal(std::int64_t number, int decimals) {
  std::int64_t unit = 1;
  for (int i = 0; i < decimals; ++i) unit *= 10;
  std::string part = std::to_string(unit + number % unit).substr(1);
  part.erase(part.find_last_not_of('0') + 1);
  scalar(std::to_string(number / unit) + (part.empty() ? "" : "." + part));
}

JsonWriter& JsonWriter::key(std::string_view name) {
  value(name);
  text_ += ": ";
  after_key_ = true;
  return *this;
}

std::string JsonWriter::take() {
  text_ += '\n';
  return std::exchange(text_, {});
}

void JsonWriter::open(char bracket, Layout layout) {
  separate();
  text_ += bracket;
  ++depth_;
  layout_ = layout;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  --depth_;
  if (!first_ && layout_ == Layout::lines) break_line();
  text_ += bracket;
  layout_ = Layout::lines;
  first_ = false;
}

void JsonWriter::scalar(std::string_view text) {
  separate();
  text_ += text;
}

void JsonWriter::separate() {
  if (std::exchange(after_key_, false)) return;
  if (!first_) text_ += layout_ == Layout::lines ? "," : ", ";
  if (depth_ > 0 && layout_ == Layout::lines) break_line();
  first_ = false;
}

void JsonWriter::break_line() {
  text_ += '\n';
  text_.append(2 * depth_, ' ');
}

}  // namespace casplan::documents
