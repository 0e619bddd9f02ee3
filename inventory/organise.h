#pragma once

#include "inventory/import.h"
#include "inventory/merge.h"

namespace casplan::inventory {

/// Weighs what the files say, and makes the organisation of it. It may have no server.
[[nodiscard]] Import organise(Merged merged);

}  // namespace casplan::inventory
