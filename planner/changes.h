#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/policy.h"

namespace casplan::planner {

/// The builds that a server is brought to, one after the other: a service pack, then perhaps a rollup of its level; or
/// an earlier build of its level, by removing rollups.
using Hops = std::vector<BuildVersion>;

/// The servers whose build changes.
using Changes = std::map<ServerId, Hops>;

/// What takes a server from one build to a later one of the same product, or to an earlier one of the same level.
[[nodiscard]] Hops hops(const BuildVersion& from, const BuildVersion& to);

/// The changes that the goal `upgrade` asks for. A server that is above its target by a service pack stays as it is:
/// no service pack can be removed. A server whose build is not known is named in `missing`, and so is one that is no CAS
/// and whose site is not known: its place in the order of roles depends on it.
[[nodiscard]] Changes upgrade_changes(const Organisation& organisation, const Policy& policy,
                                      std::vector<std::string>& missing);

}  // namespace casplan::planner
