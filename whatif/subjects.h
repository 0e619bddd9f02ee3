#pragma once

#include <string>
#include <vector>

#include "whatif/change.h"
#include "whatif/situation.h"

namespace casplan::whatif {

/// What a change settles, in words: `whether HQCAS1 is frozen`. Two changes that settle the same contradict each other,
/// even where they say the same. Windows of one place add up, so they settle nothing among themselves.
[[nodiscard]] std::vector<std::string> subjects_of(const Change& change, const Situation& situation);

}  // namespace casplan::whatif
