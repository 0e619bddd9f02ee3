#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Writing JSON as text, with two spaces for each level. Internal to this room.
namespace casplan::documents {

/// Writes one document, from its first bracket to its last. Lists and objects close themselves.
class JsonWriter {
 public:
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(std::int64_t number) { scalar(std::to_string(number)); }
  void value(int number) { value(std::int64_t{number}); }
  void value(bool truth) { scalar(truth ? "true" : "false"); }
  void null() { scalar("null"); }
  /// A number of thousandths, as a number with at most three decimals.
  void thousandths(std::int64_t number) { decimal(number, 3); }
  /// A number of units of the last of so many decimals, without zeros at the end.
  void decimal(std::int64_t number, int decimals);
  template <class Value>
  void value(const std::optional<Value>& known) {
    if (known) {
      value(*known);
    } else {
      null();
    }
  }

  /// An object; `members` writes its members.
  template <class Members>
  void object(Members members) {
    open('{', Layout::lines);
    members();
    close('}');
  }
  /// A list; `write` writes each element.
  template <class List, class Write>
  void list(const List& elements, Write write) {
    open('[', Layout::lines);
    for (const auto& element : elements) write(element);
    close(']');
  }
  /// A list on one line, for short scalars.
  template <class List, class Write>
  void line(const List& elements, Write write) {
    open('[', Layout::one_line);
    for (const auto& element : elements) write(element);
    close(']');
  }

  /// The key of the value that is written next.
  JsonWriter& key(std::string_view name);
  template <class Value>
  void member(std::string_view name, const Value& content) {
    key(name).value(content);
  }

  /// The document, with a line break at its end.
  [[nodiscard]] std::string take();

 private:
  enum class Layout { lines, one_line };
  void open(char bracket, Layout layout);
  void close(char bracket);
  void scalar(std::string_view text);
  void separate();  // what stands before the next value or key
  void break_line();

  std::string text_;
  std::size_t depth_ = 0;
  Layout layout_ = Layout::lines;
  bool first_ = true;  // nothing written yet in the innermost list or object
  bool after_key_ = false;
};

}  // namespace casplan::documents
