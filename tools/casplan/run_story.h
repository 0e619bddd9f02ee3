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

/// A value of the figure at this place; an empty makespan has no end, any other empty value is not known.
[[nodiscard]] std::string figure_words(std::size_t figure, const std::optional<std::int64_t>& value);

/// `12.34 %`, cut after two decimals; `0.01 %` at least where there are any, and below `100.00 %` where not all are.
[[nodiscard]] std::string share_words(std::size_t part, std::size_t whole);

}  // namespace casplan::tools
