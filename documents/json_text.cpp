#include "documents/json_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "documents/shown_text.h"
#include "documents/text_bytes.h"
#include "documents/utf8.h"

namespace casplan::documents {
namespace {

using Library = nlohmann::json;

/// Builds the tree from the library's events, which come without recursion.
class TreeBuilder : public nlohmann::json_sax<Library> {
 public:
  explicit TreeBuilder(std::string_view text) : text_(text) {}

  bool null() override { return add({}); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override {
    if (std::in_range<std::int64_t>(value)) return add(static_cast<std::int64_t>(value));
    return add(OtherNumber{keep(std::to_string(value))});
  }
  bool number_float(number_float_t, const string_t& text) override { return add(OtherNumber{keep(text)}); }
  bool string(string_t& value) override { return add(keep(std::move(value))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(JsonObject{}); }
  bool start_array(std::size_t) override { return open(JsonList{}); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    open_.back().key = keep(std::move(name));
    return true;
  }
  bool parse_error(std::size_t bytes_read, const std::string& token, const Library::exception& error) override {
    constexpr int number_out_of_range = 406;
    if (error.id == number_out_of_range)
      return refuse_at(bytes_read, "the number " + shortened(token), "a smaller number");
    const auto character = first_character(text_.substr(start_of_character(bytes_read)));
    return refuse_at(bytes_read,
                     character ? shown(text_.substr(start_of_character(bytes_read), character->length)) +
                                     ", which JSON does not allow here"
                               : "the end of the file in the middle of a value",
                     "valid JSON: look near this place for a comma, quote or bracket that is missing or too many");
  }

  Result<JsonDocument> take() {
    if (fault_) return tl::unexpected(Diagnostics{*std::move(fault_)});
    return std::move(document_);
  }

 private:
  struct Open {
    JsonValue value;
    std::string_view key;  // of the member that is being read
  };
  using Content = decltype(JsonValue::content);

  std::string_view keep(std::string text) { return *document_.texts->insert(std::move(text)).first; }

  bool open(Content container) {
    if (open_.size() == deepest_nesting) {
      return refuse("lists and objects nested deeper than " + std::to_string(deepest_nesting) + " levels",
                    "at most " + std::to_string(deepest_nesting) + " levels");
    }
    if (values_ == most_values) return too_many();
    open_.push_back({JsonValue{std::move(container), values_++}, {}});
    return true;
  }

  bool close() {
    JsonValue value = std::move(open_.back().value);
    open_.pop_back();
    return place(std::move(value));
  }

  bool add(Content content) {
    if (values_ == most_values) return too_many();
    return place(JsonValue{std::move(content), values_++});
  }

  bool place(JsonValue value) {
    if (open_.empty()) {
      document_.root = std::move(value);
    } else if (auto* list = std::get_if<JsonList>(&open_.back().value.content)) {
      list->push_back(std::move(value));
    } else {
      std::get<JsonObject>(open_.back().value.content).push_back({open_.back().key, std::move(value)});
    }
    return true;
  }

  bool too_many() { return refuse("more than " + std::to_string(most_values) + " values", "a smaller document"); }

  /// The place of the last character among the bytes that were read; the end of the text where it was read to its end.
  [[nodiscard]] std::size_t start_of_character(std::size_t bytes_read) const {
    std::size_t place = bytes_read > 0 ? std::min(bytes_read - 1, text_.size()) : 0;
    while (place > 0 && place < text_.size() && is_utf8_continuation(text_[place])) --place;
    return place;
  }

  bool refuse_at(std::size_t bytes_read, std::string found, std::string expected) {
    const auto before = text_.substr(0, start_of_character(bytes_read));
    fault_ = Fault{line_and_column(before), std::move(found), std::move(expected), std::nullopt};
    return false;
  }

  bool refuse(std::string found, std::string expected) {
    fault_ = Fault{"", std::move(found), std::move(expected), std::nullopt};
    return false;
  }

  std::string_view text_;
  JsonDocument document_;
  std::vector<Open> open_;
  std::size_t values_ = 0;
  std::optional<Fault> fault_;
};

}  // namespace

Result<JsonDocument> parse_json(std::string_view text) {
  const auto checked = checked_text(text, {"", "an empty file", "a JSON document", std::nullopt});
  if (!checked) return tl::unexpected(checked.error());
  TreeBuilder builder(*checked);
  Library::sax_parse(checked->begin(), checked->end(), &builder);
  return builder.take();
}

std::string json_string(std::string_view text) {
  return Library(text).dump(-1, ' ', false, Library::error_handler_t::replace);
}

}  // namespace casplan::documents
