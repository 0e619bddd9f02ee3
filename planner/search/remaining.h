#pragma once

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

  /// Whether a plan may cost less than this in which all members of some herd are out of service at the same time.
  [[nodiscard]] bool may_gain_by_draining_a_herd(const Cost& cost);

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

  const Problem& problem_;
  Rates& rates_;
  CostOrder order_;
  std::vector<std::vector<Parts>> unavailable_without_;  // by worked server and member: and all members after it
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> worked_in_;  // by site: worked servers and members
  std::vector<bool> has_other_cas_;                                          // by site: a CAS on which nothing is done
};

}  // namespace casplan::planner
