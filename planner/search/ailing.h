#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "planner/search/situation.h"
#include "planner/search/variants.h"

namespace casplan::planner {

/// How an end of a path may be met: as it is, and, while a step runs there, as that leaves it. Which of two steps ends
/// first, one at each end, nobody knows.
struct MetEnd {
  std::array<std::optional<VariantId>, 2> met;  ///< before and after the end of the step; empty: not in service
  std::size_t count = 1;                        ///< 2 while a step runs
};

/// An end as it is in a situation. A step on a server that stays out of service makes no difference to its paths.
[[nodiscard]] MetEnd met_end(const Slot& slot);

/// The end with a step begun that leads to a variant in service.
[[nodiscard]] MetEnd met_end(const Slot& slot, VariantId after);

/// What a path that fails today does with these ends: false where users might meet Event 46 as they do not today, or
/// where they did not any more. Remembers under which readings it works.
[[nodiscard]] bool go_on(Meetings& meetings, const ProxyPath& path, const MetEnd& front, const MetEnd& target,
                         WorkedBefore& worked);

/// The step at one end, while which the path could be met, has ended.
void end_at_front(WorkedBefore& worked);
void end_at_target(WorkedBefore& worked);

}  // namespace casplan::planner
