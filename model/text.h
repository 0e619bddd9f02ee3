#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/users.h"

/// Words and figures that every room writes alike in sentences, pages and tables for people.
namespace casplan {

/// `1 step`, `3 steps`: the noun with an s where there is not just one.
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

/// `1 copy`, `2 copies`.
[[nodiscard]] std::string counted(std::size_t count, std::string_view one, std::string_view many);

/// `A, B, C`.
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view separator = ", ");

/// `A`, `A and B`, `A, B and C`.
[[nodiscard]] std::string listed(const std::vector<std::string>& parts);

/// `007`: the number with zeros before it, at least so many digits wide. The number is not negative.
[[nodiscard]] std::string padded(std::int64_t number, std::size_t digits);

/// `not known` for an empty figure.
[[nodiscard]] std::string figure_text(const std::optional<std::int64_t>& figure);

/// `300`, `66.667` or `not known`: at most three decimals.
[[nodiscard]] std::string figure_text(const std::optional<ExactSum>& users);

}  // namespace casplan
