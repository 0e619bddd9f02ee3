#pragma once

#include <cstddef>
#include <string_view>

/// What plan documents and hand-written sequences have in common.
namespace casplan::documents {

/// Why a step of a hand-written sequence comes after the one before it.
inline constexpr std::string_view order_of_sequence = "The sequence has the steps in this order.";

/// Of a plan document or a sequence.
inline constexpr std::size_t most_steps = 10'000'000;

}  // namespace casplan::documents
