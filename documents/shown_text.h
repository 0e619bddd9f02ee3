#pragma once

#include <span>
#include <string>
#include <string_view>

/// Foreign text inside messages, so that it cannot pass for a part of them.
namespace casplan::documents {

/// Whether a character moves the cursor, ends a line or turns the direction of writing: such ones are never shown.
[[nodiscard]] bool is_control(char32_t code_point);

/// Whether a text holds none of them.
[[nodiscard]] bool is_free_of_controls(std::string_view text);

/// The text without quotes, cut after about 80 characters, with control characters as `\u001b`.
[[nodiscard]] std::string shortened(std::string_view text);

/// The same between quotes.
[[nodiscard]] std::string shown(std::string_view text);

/// `"never" or "minimise"`; a long list is cut.
[[nodiscard]] std::string alternatives(std::span<const std::string_view> words);

}  // namespace casplan::documents
