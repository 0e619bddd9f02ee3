#pragma once

#include <optional>

#include "model/plan.h"
#include "verifier/verdict.h"

namespace casplan::verifier {

/// Whether the schedule keeps the plan's arrows and does one thing at a time to each server.
[[nodiscard]] std::optional<Counterexample> check_schedule(const Plan& plan);

}  // namespace casplan::verifier
