#pragma once

#include <optional>
#include <vector>

#include "planner/search/cost.h"
#include "planner/search/moves.h"
#include "planner/search/rates.h"

namespace casplan::planner {

/// What every way from a situation to the end costs at least.
class Remaining {
 public:
  Remaining(const Problem& problem, Rates& rates);

  [[nodiscard]] Cost at_least(const Situation& situation);

  /// What plans cost at least in which members of a herd wait out of service for others, or in which their users meet
  /// Event 46, so that their order counts; empty where there are no herds. The search over herds finds neither.
  [[nodiscard]] std::optional<Cost> with_herds_apart();

 private:
  struct Job {
    Parts lagging;
    std::int64_t minutes;
  };

  /// Of the member whose turn it is.
  [[nodiscard]] std::int64_t upgrade_minutes(const Situation& situation, std::size_t worked) const;
  [[nodiscard]] std::int64_t whole_upgrade_minutes(std::size_t worked) const;
  /// Members after the one whose turn it is, that change too.
  [[nodiscard]] std::size_t later_members(const Situation& situation, std::size_t worked) const;
  [[nodiscard]] std::int64_t unavailable(const Situation& situation) const;
  [[nodiscard]] std::int64_t lag(const Situation& situation);
  [[nodiscard]] std::int64_t makespan(const Situation& situation) const;
  [[nodiscard]] std::int64_t waiting_apart(std::size_t worked) const;
  [[nodiscard]] bool may_wait_between_fronts() const;

  const Problem& problem_;
  Rates& rates_;
  CostOrder order_;
  std::vector<std::vector<Parts>> unavailable_without_;  // by worked server and member: and all members after it
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> worked_in_;  // by site: worked servers and members
  std::vector<bool> has_other_cas_;                                          // by site: a CAS on which nothing is done
};

}  // namespace casplan::planner
