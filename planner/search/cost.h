#pragma once

#include <array>

#include "model/policy.h"

namespace casplan::planner {

/// Users, in a unit so small that every part that occurs is a whole number of it.
using Parts = std::int64_t;

/// What a plan costs, the most important measure first: those of the policy's objective, then the others in the
/// contract's order. User-minutes are counted in parts of users. Compared from the first on.
using Cost = std::array<std::int64_t, measure_count>;

/// Where each measure stands in a cost.
class CostOrder {
 public:
  explicit CostOrder(const Policy& policy) {
    for (const Measure measure : policy.objective) add(measure);
    for (const Measure measure : all_measures()) add(measure);
  }

  [[nodiscard]] std::int64_t& of(Cost& cost, Measure measure) const {
    return cost[place_[static_cast<std::size_t>(measure)]];
  }
  [[nodiscard]] std::int64_t of(const Cost& cost, Measure measure) const {
    return cost[place_[static_cast<std::size_t>(measure)]];
  }

 private:
  void add(Measure measure) {
    for (std::size_t i = 0; i < count_; ++i) {
      if (order_[i] == measure) return;
    }
    order_[count_] = measure;
    place_[static_cast<std::size_t>(measure)] = count_++;
  }

  std::array<Measure, measure_count> order_{};
  std::array<std::size_t, measure_count> place_{};
  std::size_t count_ = 0;
};

/// The policy's measures in whole users, the nearest number.
[[nodiscard]] inline Measures in_users(const Cost& cost, const Policy& policy, Parts parts_of_a_user) {
  const CostOrder order(policy);
  Measures measures;
  for (const Measure measure : policy.objective) {
    const bool counts_users = measure != Measure::copies && measure != Measure::makespan_minutes;
    const Parts unit = counts_users ? parts_of_a_user : 1;
    value(measures, measure) = (order.of(cost, measure) * 2 + unit) / (2 * unit);
  }
  return measures;
}

[[nodiscard]] inline Cost sum(Cost a, const Cost& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  return a;
}

}  // namespace casplan::planner
