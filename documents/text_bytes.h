#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/diagnostics.h"

/// The bytes of a file, before anybody asks what they mean. Internal to this room.
namespace casplan::documents {

inline constexpr std::size_t largest_file = std::size_t{256} << 20U;  ///< bytes

/// The text without its byte-order mark. A text that is empty or blank, too large, not UTF-8, or holds a NUL byte is a
/// fault; `expected` says what it should have been.
[[nodiscard]] Result<std::string_view> checked_text(std::string_view text, std::string_view expected);

/// `line 3, column 7`: the place that follows `before`, counted in characters.
[[nodiscard]] std::string line_and_column(std::string_view before);

}  // namespace casplan::documents
