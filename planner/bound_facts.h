#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "model/policy.h"
#include "model/state.h"
#include "planner/changes.h"
#include "planner/loads.h"
#include "planner/unavailable_bound.h"

namespace casplan::planner {

/// So many parts of a hundredth of a user are counted where up to six servers share a site's users.
inline constexpr std::int64_t parts_of_a_hundredth = 60;

/// What the bounds need of an organisation, a policy and the changes, which must live as long.
class BoundFacts {
 public:
  BoundFacts(const Organisation& of, const Policy& under, const Changes& by);
  BoundFacts(const BoundFacts&) = delete;
  BoundFacts& operator=(const BoundFacts&) = delete;

  /// The least, for all moments at which a plan may begin, of `at_end(s) - slope * s`, or less than that.
  [[nodiscard]] Amount least_from_beginning(const std::function<std::optional<Amount>(std::int64_t)>& at_end,
                                            Amount slope) const;

  /// With room for so much work of all crews, also where each upgrade leaves almost as much of a span unused.
  [[nodiscard]] OpenTime open_time(const Load& load, std::int64_t from, std::int64_t work) const;

  /// Whether all users of the site are proxied: no front is there, and no server to which they would be redirected.
  [[nodiscard]] bool is_only_proxied(SiteId site) const;

  /// Users who lag until some servers may be out, though their site has others that need no change: as many as are sent
  /// to those of them. By their open time, in parts of a hundredth of a user.
  [[nodiscard]] std::map<const Calendar*, std::int64_t> lagging_beside_others() const;

  const Organisation& organisation;
  const Policy& policy;
  const Changes& changes;
  const Calendars calendars;
  const std::vector<Load> loads;
  const std::vector<std::vector<std::size_t>> parts;
  std::vector<Load> unions;                   ///< of the parts with several loads, in their order
  std::vector<std::vector<ServerId>> cas_of;  ///< by site, those found in service
  const State found;
  const std::set<ServerId> all_fronts;

 private:
  [[nodiscard]] std::int64_t last_beginning() const;
  [[nodiscard]] std::size_t questions() const;
};

}  // namespace casplan::planner
