#pragma once

#include <string>
#include <variant>
#include <vector>

#include "model/plan.h"
#include "model/policy.h"
#include "planner/effort.h"

/// Which order: finds the steps, the necessary order between them, and a schedule.
namespace casplan::planner {

/// Proved: no plan fulfils the policy. Each sentence is a reason of its own.
struct Infeasible {
  std::vector<std::string> because;
};

/// No plan was found, and it is not proved that there is none. Each sentence says what stood in the way.
struct NotFound {
  std::vector<std::string> because;
};

/// Whether there is a plan depends on facts that are not known. Each sentence names one.
struct FactsMissing {
  std::vector<std::string> missing;
};

using Planning = std::variant<Plan, Infeasible, NotFound, FactsMissing>;

/// Plans what the policy asks for. Fronts go before their targets, each drained while it lacks folders that its paths
/// need; servers that must be out together change together. The outcome says what an administrator has to know of the
/// plan besides its measures: paths that no folder mends, entry points with few fronts left. The digests are left
/// empty.
[[nodiscard]] Planning make_plan(const Organisation& organisation, const Policy& policy, const Effort& effort = {});

}  // namespace casplan::planner
