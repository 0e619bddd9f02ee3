#pragma once

#include <vector>

#include "planner/make_plan.h"

/// What to do when work has begun: from the organisation as it was found meanwhile, also after a step has failed.
namespace casplan::planner {

/// What becomes of a step that was announced.
enum class Fate {
  done,     ///< the organisation shows it
  kept,     ///< it is in the new plan, at the same time
  moved,    ///< it is in the new plan, at another time
  dropped,  ///< the new plan does without it
};

struct Replanning {
  Planning planning;        ///< a step that was announced has the id that it had
  Policy policy;            ///< that the plan is for: with the servers that are to return
  std::vector<Fate> fates;  ///< by announced step; where there is no plan, those not done are dropped
};

/// Plans the rest of the work. What was announced is kept, times and all, where no plan is known that costs less by the
/// policy's measures; else its order is, with all of it put off alike or not, where that costs no more. Steps that take
/// longer under this policy than they were announced to put off those that come after them. Plans that heal, and
/// those of organisations with more than a million proxy paths, are made anew. A contract: the announced plan is
/// scheduled, and its ids are those of the organisation.
[[nodiscard]] Replanning replan(const Organisation& now, const Policy& policy, const Plan& announced,
                                const Effort& effort = {});

/// The same before any of the announced work is done, under another policy or for another organisation: whatever is out
/// of service is not out because of the plan.
[[nodiscard]] Planning reconsider(const Organisation& organisation, const Policy& policy, const Plan& announced,
                                  const Effort& effort = {});

}  // namespace casplan::planner
