#pragma once

#include <set>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"

namespace casplan::planner {

/// How far a plan has come, as the organisation tells that was found meanwhile.
struct Underway {
  std::vector<bool> is_done;     ///< by step
  std::set<ServerId> to_return;  ///< the plan took them out of service, or an upgrade left them so
};

/// Compares builds, folders and service with what each step brings about. An upgrade is done where its build runs, a
/// copy where the folder is there and the upgrades before it are done, and whatever a done step comes after is done
/// too. A step that failed is not done. A server that is out of service and that the plan drains or upgrades is taken
/// to be out because of the plan. A contract: the plan is scheduled, and its ids are those of the organisation.
[[nodiscard]] Underway underway(const Organisation& now, const Plan& announced);

}  // namespace casplan::planner
