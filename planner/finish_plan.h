#pragma once

#include <variant>

#include "planner/make_plan.h"
#include "planner/placement.h"
#include "planner/units.h"

namespace casplan::planner {

/// Places a draft in time, takes away the arrows that follow from others, and measures the result. The outcome's status
/// is `optimal` only where the measures reach their bounds.
[[nodiscard]] std::variant<Plan, Obstacle> finish_plan(const Organisation& organisation, const Policy& policy,
                                                       Draft draft, const std::vector<ProxyPath>& paths,
                                                       const Effort& effort = {});

/// The plan's measures, with bounds that hold for every plan. The status is `optimal` only where the measures reach
/// them.
[[nodiscard]] Outcome outcome_of(const Organisation& organisation, const Policy& policy, const Plan& plan);

/// Sentences in the order of their letters, each once.
[[nodiscard]] std::vector<std::string> united(std::vector<std::string> sentences);

/// The plan, or what an obstacle means: proved infeasible, or not found.
[[nodiscard]] Planning to_planning(std::variant<Plan, Obstacle> finished);

}  // namespace casplan::planner
