#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "planner/units.h"

namespace casplan::planner {

/// Servers that carry the same users: the CAS of a site, or the fronts of an entry point.
struct Pool {
  enum class Strength {
    policy,   ///< the policy demands it
    comfort,  ///< kept wherever a single change does not make it impossible
  };
  std::string name;
  std::vector<ServerId> servers;  ///< found in service, or to return
  std::size_t least_in_service = 0;
  Strength strength = Strength::comfort;

  [[nodiscard]] std::size_t most_out() const {
    return servers.size() > least_in_service ? servers.size() - least_in_service : 0;
  }
};

/// The pools that limit how many servers are out at a time.
[[nodiscard]] std::vector<Pool> pools_of(const Organisation& organisation, const Policy& policy);

/// When servers are out of service, or leave it: a server that is being drained takes no new users.
class OutTimes {
 public:
  struct Interval {
    Moment start;
    Moment end;
  };

  void leave(ServerId server, Moment time);
  void come_back(ServerId server, Moment time);
  void upgrade(ServerId server, Moment start, Moment end);
  void add(const OutTimes& other);

  [[nodiscard]] std::vector<Interval> of(const std::vector<ServerId>& servers) const;

 private:
  std::map<ServerId, std::vector<Interval>> intervals_;
};

/// A sentence, where a change alone takes more servers out than the policy allows.
[[nodiscard]] std::optional<std::string> violated_by_itself(const Organisation& organisation,
                                                            const std::vector<Pool>& pools, const OutTimes& change);

/// The earliest start, not before `start`, at which a change that is out at `candidate` (when it starts at `start`) may
/// keep every pool; only one conflict is resolved at a time. A pool for comfort that the change alone breaks is left
/// out.
[[nodiscard]] Moment earliest_with_service(const std::vector<Pool>& pools, const OutTimes& placed,
                                           const OutTimes& candidate, Moment start);

/// Adds the arrows that keep every pool in each order that the plan permits. They agree with the schedules. Where steps
/// that take no time hand over within a minute, other arrows may forbid that: then the pool is not kept. The name of
/// one that the policy demands, if it is not.
[[nodiscard]] std::optional<std::string> keep_in_service_in_every_order(const Organisation& organisation,
                                                                        const Policy& policy, Draft& draft,
                                                                        const std::vector<Schedule>& schedules);

}  // namespace casplan::planner
