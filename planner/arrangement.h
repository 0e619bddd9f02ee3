#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace casplan::planner {

/// Two jobs, and what a minute between them costs in either order.
struct Tie {
  std::size_t first;
  std::size_t second;
  std::int64_t in_order = 0;  ///< where `first` is done before `second`
  std::int64_t reversed = 0;
};

/// Jobs of one crew in a line, and the ties between them (rules, 7.6: a weighted minimum linear arrangement).
struct Line {
  std::vector<std::int64_t> minutes;  ///< of each job; a job without length is a moment
  std::vector<Tie> ties;
};

/// What an order of the jobs costs: for each tie, its price times the minutes of the jobs between its ends.
[[nodiscard]] long double price(const Line& line, const std::vector<std::size_t>& order);

/// The order, improved by moving single jobs to other places as long as that makes it cheaper, those with the most ties
/// first. It ends after so much work that it takes less than about a second. The same input gives the same order.
[[nodiscard]] std::vector<std::size_t> improved(const Line& line, std::vector<std::size_t> order);

}  // namespace casplan::planner
