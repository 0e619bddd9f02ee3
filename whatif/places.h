#pragma once

#include "model/policy.h"
#include "whatif/change.h"

/// Windows of single places.
namespace casplan::whatif {

/// Takes the servers that work there out of every window. The others keep theirs, so that a window of their site may
/// come to name them one by one.
void drop_windows(Policy& policy, const Organisation& organisation, const Workplace& where);

/// Adds a window for the place.
void open_window(Policy& policy, const OpenWindow& change);

/// Whether some window concerns a server of the place.
[[nodiscard]] bool has_windows(const Policy& policy, const Organisation& organisation, const Workplace& where);

}  // namespace casplan::whatif
