#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/diagnostics.h"

/// The bytes of a text, before anybody asks what they mean.
namespace casplan::documents {

inline constexpr std::size_t largest_text = std::size_t{256} << 20U;  ///< bytes

/// A text that is too large, not UTF-8, or holds a NUL byte; its place is a line and column in the text.
[[nodiscard]] std::optional<Fault> fault_of_bytes(std::string_view text);

/// The text without its byte-order mark. That of one that is empty or blank is the fault `blank`.
[[nodiscard]] Result<std::string_view> checked_text(std::string_view text, const Fault& blank);

/// `line 3, column 7`: the place that follows `before`, counted in characters.
[[nodiscard]] std::string line_and_column(std::string_view before);

}  // namespace casplan::documents
