#include "planner/amount.h"

#include <cmath>

namespace casplan::planner {

std::int64_t to_measure(Amount hundredths) {
  constexpr Amount most = 4e18L;
  if (!(hundredths > 0) || hundredths > most) return 0;
  return static_cast<std::int64_t>(std::floor((2 * hundredths + percent) / (2 * percent)));
}

}  // namespace casplan::planner
