#pragma once

#include <cstddef>
#include <functional>

#include "model/measures.h"

namespace casplan::planner {

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
  /// With so many servers to work on, and several crews or windows, every wait is tried: that is what proves a plan to
  /// be the best there. With fewer, the waits for events lead to good plans sooner, and nothing is proved.
  std::size_t fewest_for_every_minute = 13;
};

/// Little effort: only the smallest organisations are searched to the end.
[[nodiscard]] inline Effort little_effort() {
  Effort effort;
  effort.most_situations = 500;
  return effort;
}

}  // namespace casplan::planner
