#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/organisation.h"
#include "planner/amount.h"

namespace casplan::planner {

/// A front in a ring: the only one of its entry point, the only CAS of its site, and a target of all the others.
struct RingFront {
  std::int64_t share = 0;    ///< of all users, in percent, who come by it
  UserCount users = 0;       ///< of its own site
  std::int64_t minutes = 0;  ///< of a crew: its upgrade and its copies, in which it is out of service
  std::int64_t loading = 0;  ///< minutes after that, before it may return
};

struct Ring {
  std::vector<RingFront> fronts;
  UserCount all_users = 0;   ///< of all sites, wherever they come in
  UserCount next_users = 0;  ///< of the site that is upgraded right after the fronts, and is without service anyway
  std::int64_t coming_back = 0;
};

/// In which order one crew changes the fronts. An unchanged one must not be in service together with a changed one, so
/// there is a moment at which all are out: the first ones wait for it when they have changed, and all the others from
/// it on until they have.
struct RingOrder {
  std::vector<std::size_t> fronts;  ///< places in `Ring::fronts`
  std::size_t before = 0;           ///< so many of them change before that moment
  /// Minutes from the end of the crew's work on these until it. Then those return that have loaded.
  std::int64_t pause = 0;
  /// In hundredths of users, times minutes: who has nothing because of the fronts, and how long the users of their
  /// sites wait for the new features after the crew began.
  Amount unavailable = 0;
  Amount lag = 0;
};

/// When each front is out of service, by its place, in minutes since the crew began.
struct Outage {
  std::int64_t from = 0;
  std::int64_t to = 0;
};
[[nodiscard]] std::vector<Outage> outages(const Ring& ring, const RingOrder& order);

/// More fronts have too many orders.
inline constexpr std::size_t most_in_a_ring = 6;

/// The order with the fewest users without service, as far as rounding tells, and of these with the least lag. A
/// contract: there are from two to `most_in_a_ring` fronts.
[[nodiscard]] RingOrder best_ring_order(const Ring& ring);

}  // namespace casplan::planner
