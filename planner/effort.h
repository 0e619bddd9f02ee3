#pragma once

#include <cstddef>
#include <functional>

#include "model/measures.h"

namespace casplan::planner {

/// Where something is done to more servers than these (herds count once), not all plans are searched, however long.
inline constexpr std::size_t most_searched_servers = 40;

/// What is known while a search goes on.
struct Progress {
  std::size_t situations = 0;  ///< looked at until now
  Measures bound;              ///< no plan is below
  Measures plan;               ///< of the best plan so far; empty where there is none yet
};

/// How long a plan may be improved and proved.
struct Effort {
  std::size_t most_situations = 50'000;         ///< of the exact search
  std::function<bool()> is_out_of_time;         ///< asked now and then; empty: never
  std::function<void(const Progress&)> report;  ///< told now and then; empty: nobody
};

/// Little effort: only the smallest organisations are searched to the end.
[[nodiscard]] inline Effort little_effort() {
  Effort effort;
  effort.most_situations = 500;
  return effort;
}

/// The same, of which nobody is told: what no plan is below under a stricter policy is no bound.
[[nodiscard]] inline Effort quiet(Effort effort) {
  effort.report = nullptr;
  return effort;
}

}  // namespace casplan::planner
