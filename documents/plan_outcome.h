#pragma once

#include <array>
#include <optional>

#include "documents/json_reader.h"
#include "model/plan.h"

/// How a plan came about. Internal to this room.
namespace casplan::documents {

inline constexpr std::array<PlanStatus, 4> all_plan_statuses{PlanStatus::optimal, PlanStatus::feasible,
                                                             PlanStatus::infeasible, PlanStatus::budget};

[[nodiscard]] std::optional<Outcome> read_outcome(const Node& node);
[[nodiscard]] std::optional<Digests> read_digests(const Node& node);

}  // namespace casplan::documents
