#pragma once

#include <string>
#include <vector>

#include "model/organisation.h"
#include "simulator/assessment.h"

namespace casplan::tools {

/// What an administrator should know of the facts themselves: versions that the catalogue only infers, lists of folders
/// without the server's own, two folders that are one, servers that are out of service. One sentence each.
[[nodiscard]] std::vector<std::string> remarks_on_facts(const Organisation& organisation);

/// The facts without which some path cannot be judged, and how to find them out.
[[nodiscard]] std::vector<std::string> missing_facts(const Organisation& organisation,
                                                     const std::vector<simulator::PathAssessment>& paths);

/// Whether paths may be missing altogether: the site of some CAS is not known, or there are sites to proxy between, but
/// nobody knows by which servers users come.
[[nodiscard]] bool may_lack_paths(const Organisation& organisation);

}  // namespace casplan::tools
