#pragma once

#include <vector>

#include "whatif/apply.h"

namespace casplan::whatif {

/// Changes that settle the same, and those that take away a window which another one makes longer. Each is a fault at
/// the change that comes second, or that takes away.
[[nodiscard]] Diagnostics contradictions(const Situation& situation, const std::vector<Stated>& changes);

}  // namespace casplan::whatif
