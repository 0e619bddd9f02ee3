#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "planner/relations.h"

namespace casplan::planner {

/// The folders that mend the paths that fail today under any open reading, one for each front and folder; and, in
/// `beyond`, those that no folder mends. `recycle_only` names fronts that only have to load what they hold.
struct Healing {
  std::vector<FolderWork> folders;
  std::map<ServerId, std::set<ServerId>> recycle_only;
  std::vector<ProxyPath> beyond;
  std::vector<std::string> missing;
};

[[nodiscard]] Healing healing_of(const Organisation& organisation, const std::vector<ProxyPath>& paths,
                                 const PhaseTable& phases);

/// A folder above all others of a server becomes its highest. Where the server is also a target, its fronts would need
/// that folder too, under the reading `folder_match=highest`; this planner does not follow that chain, and says so.
[[nodiscard]] std::optional<std::string> spoils_a_target(const Organisation& organisation,
                                                         const std::vector<ProxyPath>& paths, const PhaseTable& phases,
                                                         const std::vector<FolderWork>& folders);

}  // namespace casplan::planner
