#pragma once

#include <optional>
#include <vector>

#include "model/policy.h"

namespace casplan::planner {

/// The earliest start, not before `earliest`, at which work of this length on the server lies in one of its windows;
/// empty where none of them is long enough.
[[nodiscard]] std::optional<Moment> earliest_in_window(const Organisation& organisation, const Policy& policy,
                                                       ServerId server, Moment earliest, Minutes length);

}  // namespace casplan::planner
