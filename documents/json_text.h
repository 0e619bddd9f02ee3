#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "documents/json_value.h"
#include "model/diagnostics.h"

/// JSON as text. Internal to this room.
namespace casplan::documents {

inline constexpr std::size_t deepest_nesting = 64;      ///< lists and objects inside each other
inline constexpr std::size_t most_values = 32'000'000;  ///< in one document

/// Reads UTF-8, with or without a byte-order mark. A text that is empty, too large, not UTF-8, not JSON or nested too
/// deeply is a fault; keys that an object repeats are left to the reader of the object.
[[nodiscard]] Result<JsonDocument> parse_json(std::string_view text);

/// A JSON string with its quotes. Characters beyond ASCII stay as they are; bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace casplan::documents
