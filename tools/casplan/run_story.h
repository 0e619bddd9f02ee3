#pragma once

#include <optional>
#include <string>

#include "model/organisation.h"
#include "simulator/runs.h"
#include "tools/casplan/console.h"

namespace casplan::tools {

/// What went wrong in a run, what that cost, when each step was done, and what the run came to.
void print_story(const Organisation& organisation, const simulator::Rehearsal& rehearsal, std::uint64_t seed,
                 const simulator::Story& story, Console& console);

}  // namespace casplan::tools
