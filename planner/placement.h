#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/units.h"

namespace casplan::planner {

/// When each step of a draft runs, in the draft's order; or why some unit can never run.
struct Placement {
  std::vector<Schedule> schedules;
  std::optional<std::string> never;
};

/// Places the units one by one, each at the earliest time at which its arrows, the crews, the windows and the servers
/// that must stay in service allow. Where the last server of a site or of an entry point need not go out together with
/// another, it does not. Arrows that keep servers in service in every order are added to the draft.
[[nodiscard]] Placement place(const Organisation& organisation, const Policy& policy, Draft& draft,
                              const std::vector<Unit>& units);

}  // namespace casplan::planner
