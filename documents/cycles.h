#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

/// Orders that contradict themselves. Internal to this room.
namespace casplan::documents {

/// For each element, those that it comes after.
using Predecessors = std::vector<std::vector<std::size_t>>;

/// Cycles of an order, each as its elements from the first in time; at least one where the order is cyclic, at most a
/// hundred. Takes time in proportion to the order's size, and no recursion.
[[nodiscard]] std::vector<std::vector<std::size_t>> find_cycles(const Predecessors& after);

/// `"A" before "B" before "A"`; the middle of a very long cycle is left out.
[[nodiscard]] std::string cycle_in_words(const std::vector<std::size_t>& cycle,
                                         const std::function<std::string(std::size_t)>& name);

}  // namespace casplan::documents
