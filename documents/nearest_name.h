#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Which valid name was perhaps meant.
namespace casplan::documents {

/// How much work may still be spent on near names, so that a hostile file cannot make it unbounded.
struct NearestBudget {
  std::size_t cells = 100'000'000;  ///< of edit-distance tables
};

/// The candidate with the fewest edits (insert, remove, replace a byte, or swap two neighbours; case does not count);
/// the first of several. Empty where none is near: more edits than about a third of the name, or more than three.
[[nodiscard]] std::optional<std::string> nearest_name(std::string_view name,
                                                      std::span<const std::string_view> candidates,
                                                      NearestBudget& budget);

}  // namespace casplan::documents
