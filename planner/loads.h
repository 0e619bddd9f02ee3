#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "model/calendar.h"
#include "planner/capacity.h"
#include "planner/changes.h"

namespace casplan::planner {

/// The whole time of a server's upgrades, and of the first.
[[nodiscard]] std::int64_t minutes_of(const Organisation& organisation, const Policy& policy, ServerId server,
                                      const Hops& hops);
[[nodiscard]] std::int64_t first_minutes_of(const Organisation& organisation, const Policy& policy, ServerId server,
                                            const Hops& hops);

[[nodiscard]] std::vector<ServerId> in_service(const Organisation& organisation, const std::vector<ServerId>& servers);

/// Whether the users of each site who come by each entry point can be counted.
[[nodiscard]] bool knows_users(const Organisation& organisation);

/// The OWA version that a server runs when the changes are done; empty where it is not known.
[[nodiscard]] std::optional<OwaVersion> version_in_the_end(const Organisation& organisation, const Changes& changes,
                                                           ServerId server);

/// Whether the server is below its wanted build, and changes.
[[nodiscard]] bool lags(const Organisation& organisation, const Policy& policy, const Changes& changes,
                        ServerId server);

/// What has to be done while some calendars are open.
struct Load {
  std::vector<const Calendar*> calendars;
  std::vector<std::int64_t> lengths;    ///< of the upgrades, each once
  std::size_t upgrades = 0;             ///< how many
  std::int64_t work = 0;                ///< minutes of them all
  std::vector<OpenTime::Job> sites;     ///< whose users all lag until the first of some servers has changed
  std::vector<SiteId> site_ids;         ///< in the order of `sites`
  std::vector<ServerId> their_servers;  ///< those of the sites
};

/// The changes by open time. A site whose servers have several calendars is a load of its own with all of them.
[[nodiscard]] std::vector<Load> loads_of(const Organisation& organisation, const Policy& policy, const Changes& changes,
                                         const Calendars& calendars);

/// Loads whose calendars are open at the same time, by their places; they share the crews. Alone in a part: it shares
/// with none, as far as is seen soon after the policy's start.
[[nodiscard]] std::vector<std::vector<std::size_t>> sharing_crews(const std::vector<Load>& loads, Moment start);

/// The load's calendars with some of its sites: not what has to be done, but who waits for it.
[[nodiscard]] Load with_sites(const Load& load, const std::vector<std::vector<ServerId>>& servers_of,
                              const std::function<bool(SiteId)>& is_taken);

[[nodiscard]] Load together(const std::vector<Load>& loads, const std::vector<std::size_t>& places);

}  // namespace casplan::planner
