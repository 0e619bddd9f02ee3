#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "planner/server_work.h"

namespace casplan::planner {

/// A site whose CAS change one after the other, so that enough of them serve.
struct RelaySite {
  std::vector<ServerWork> first;  ///< in their order; of a site without fronts, all
  std::vector<ServerWork> rear;   ///< fronts that are held out once the first ones serve
  UserCount users = 0;
  std::size_t most_out = 0;      ///< at a time; 0: its only CAS, whose users are without service meanwhile
  bool keeps_service = false;    ///< the policy asks for some in service
  bool waits_for_rears = false;  ///< its first ones must not serve before the rears of other sites are out
};

struct Relay {
  std::vector<RelaySite> fronts;
  std::vector<RelaySite> targets;
};

/// What else may be chosen.
struct RelayOrder {
  bool one_site_leads = false;     ///< of those that wait, the largest has no outage, and the others a longer one
  bool long_chains_first = false;  ///< else who brings the most users for its time
  bool rears_last = false;         ///< they change in the time that the targets leave; else as soon as a crew is free
};

/// The steps by start; copies name no source. Empty where too few servers would serve.
[[nodiscard]] std::optional<std::vector<TimedStep>> scheduled(const Policy& policy, const Relay& relay,
                                                              const RelayOrder& order);

}  // namespace casplan::planner
