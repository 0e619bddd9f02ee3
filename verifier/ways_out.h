#pragma once

#include <map>
#include <optional>
#include <vector>

#include "model/catalogue.h"
#include "model/policy.h"
#include "verifier/standing.h"
#include "verifier/stop.h"

namespace casplan::verifier {

/// An upgrade that the plan has carried out on a server.
struct Installed {
  const Build* build;
  std::optional<BuildVersion> build_before;
  std::optional<OwaVersion> owa_version_before;
};

/// A folder of which a failed step has left only a part.
struct PartialFolder {
  ServerId server;
  OwaVersion folder;
  ServerVariants without;                          ///< the server as it was before the step
  std::map<std::size_t, PathFault> relying_paths;  ///< by place; also those with an end out of service
};

/// A state in which the work stops.
struct StopPoint {
  const Standing& standing;
  const std::vector<std::optional<Installed>>& installed;  ///< by server: the last upgrade
  const std::vector<RollupRemoval>& removals;              ///< the readings of it that are open
  ServerId server;                                         ///< of the step at which it stops
  std::optional<ServerId> half_done;                       ///< a server that an upgrade or a copy has left half done
  StopTime time;
  std::optional<Installed> installed_now;  ///< by the step that has just ended
  std::optional<PartialFolder> partial{};
  bool is_end_of_plan = false;
};

/// More servers than this are not judged without their rollups: all paths among them would have to be.
inline constexpr std::size_t most_rollbacks = 16;

/// The ways out of a state that was judged to be of this safety, and the ones that seem to be and are not.
[[nodiscard]] std::vector<WayOut> ways_out(const StopPoint& point, Safety safety);

}  // namespace casplan::verifier
