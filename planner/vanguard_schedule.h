#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "planner/server_work.h"

namespace casplan::planner {

/// A CAS that goes first in its site, and those that are held out until they change after it.
struct SiteWork {
  ServerWork first;
  std::vector<ServerWork> rear;
};

struct EntryWork {
  std::size_t front;             ///< that goes first, its place in `Vanguard::fronts`
  std::vector<ServerWork> rear;  ///< held out until all targets have changed; each in one entry point only
  std::int64_t share = 0;        ///< of the users, in percent
  bool is_only_front = false;
};

/// Who goes first, and who after whom.
struct Vanguard {
  std::vector<ServerWork> fronts;
  std::vector<EntryWork> entries;
  /// Sites whose first servers are drained and change before the only fronts of entry points, and wait for these.
  std::vector<SiteWork> ahead;
  /// One that changes right before the last of several only fronts, and comes back while that is out.
  std::optional<SiteWork> between;
  std::vector<SiteWork> sites;    ///< those with the most users for their time first
  std::vector<ServerWork> spare;  ///< at sites with a server that does not change: held out from the begin on
};

/// A vanguard in time.
struct VanguardSchedule {
  std::vector<TimedStep> steps;  ///< by start; copies name no source
  /// Users who are without service because of an upgrade anyway, while their front is out: minutes, in hundredths.
  std::int64_t hidden = 0;
  /// Users times minutes, in hundredths, from the first start until each site's first CAS has changed and its users
  /// have a front.
  std::int64_t lag = 0;
  Moment begin;
  Moment end;
};

/// Places the works, none before `begin`; empty where some window is too short.
[[nodiscard]] std::optional<VanguardSchedule> scheduled(const Policy& policy, const Vanguard& vanguard, Moment begin);

}  // namespace casplan::planner
