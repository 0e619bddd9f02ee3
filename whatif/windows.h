#pragma once

#include <set>

#include "model/policy.h"
#include "whatif/change.h"

/// The windows of single places, in a policy.
namespace casplan::whatif {

/// Takes the servers that work there out of every window. The others keep theirs, so that a window of their site may
/// come to name them one by one.
void drop_windows(Policy& policy, const Organisation& organisation, const Workplace& where);

/// Adds a window for the place.
void open_window(Policy& policy, const OpenWindow& change);

/// Whether each server of the place may be worked on at the same times under both policies.
[[nodiscard]] bool have_same_windows(const Policy& a, const Policy& b, const Organisation& organisation,
                                     const Workplace& where);

/// The servers of the place: of a site, its servers; or the one.
[[nodiscard]] std::set<ServerId> servers_at(const Organisation& organisation, const Workplace& where);

}  // namespace casplan::whatif
