#pragma once

#include <cstdint>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/state.h"
#include "verifier/order_columns.h"

namespace casplan::verifier {

/// Servers that are alike in everything that the rules ask of an end of a path: what was found on them, and which steps
/// are done to them in which order of their own. By server, the number of its class; the first server is in class 0,
/// and numbers are given in the order of the servers.
[[nodiscard]] std::vector<std::uint32_t> server_classes(const Organisation& organisation, const State& found,
                                                        const Plan& plan, const StepsByServer& steps_at,
                                                        const std::vector<std::vector<StepSet>>& own_orders);

}  // namespace casplan::verifier
