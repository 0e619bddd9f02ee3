#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/policy.h"

namespace casplan::planner {

/// What is installed on a server, one after the other: a service pack, then perhaps a rollup of its level.
using Hops = std::vector<BuildVersion>;

/// The servers whose build changes.
using Changes = std::map<ServerId, Hops>;

/// What takes a server from one build to a later one of the same product.
[[nodiscard]] Hops hops(const BuildVersion& from, const BuildVersion& to);

/// The changes that the goal `upgrade` asks for. A server whose build is not known is named in `missing`.
[[nodiscard]] Changes upgrade_changes(const Organisation& organisation, const Policy& policy,
                                      std::vector<std::string>& missing);

}  // namespace casplan::planner
