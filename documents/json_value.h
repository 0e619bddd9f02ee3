#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <variant>
#include <vector>

/// A JSON text as a tree. Internal to this room.
namespace casplan::documents {

struct JsonValue;
struct JsonMember;
using JsonList = std::vector<JsonValue>;
/// The members in the document's order; a key that the document repeats occurs as often here.
using JsonObject = std::vector<JsonMember>;

/// A number that is no integer of 64 bits, as it is written.
struct OtherNumber {
  std::string_view text;
};

struct JsonValue {
  std::variant<std::monostate, bool, std::int64_t, OtherNumber, std::string_view, JsonList, JsonObject> content;
  std::size_t position = 0;  ///< among all values of the document, in the order in which they begin

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(content); }
};

struct JsonMember {
  std::string_view key;
  JsonValue value;
};

/// A tree together with its texts. Each text is kept once, because a large document repeats few of them.
struct JsonDocument {
  std::unique_ptr<std::unordered_set<std::string>> texts = std::make_unique<std::unordered_set<std::string>>();
  JsonValue root;
};

}  // namespace casplan::documents
