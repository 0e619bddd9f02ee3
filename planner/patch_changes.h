#pragma once

#include "model/policy.h"
#include "model/topology.h"
#include "planner/changes.h"

namespace casplan::planner {

/// What `heal_by_patch` changes: the fewest updates found that make every path work without copies. A target behind its
/// front is brought to the front's build; a front behind its target is raised to the target's.
struct PatchChanges {
  Changes changes;
  std::vector<std::string> impossible;  ///< why no patch mends some path
  std::vector<std::string> missing;     ///< facts without which it cannot be told
};

[[nodiscard]] PatchChanges patch_changes(const Organisation& organisation, const Policy& policy,
                                         const std::vector<ProxyPath>& paths);

}  // namespace casplan::planner
