#pragma once

#include <optional>
#include <set>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/policy.h"
#include "model/readings.h"
#include "model/state.h"

/// What the laws about plans ask of a plan, each found in the plainest way.
namespace casplan {

/// The plan, where one is found.
[[nodiscard]] std::optional<Plan> plan_for(const Organisation& organisation, const Policy& policy);

/// The state that the plan's schedule leads to. Asks for a plan of which no step is refused.
[[nodiscard]] State end_of(const Organisation& organisation, const Plan& plan, const Readings& readings);

[[nodiscard]] int copies_of(const Plan& plan);

/// Whether the step is an upgrade or ensures a folder.
[[nodiscard]] bool keeps_a_crew_busy(const Step& step);

/// How many upgrades and ensure_folder steps run at the same time, at most.
[[nodiscard]] int most_crews_at_work(const Plan& plan);

/// The steps that upgrade the server, by their starts: a service pack, then perhaps a rollup.
[[nodiscard]] std::vector<PlannedStep> upgrades_of(const Plan& plan, ServerId server);

/// Whether one of the windows of the step's server, where it has any, is open in each minute of the step.
[[nodiscard]] bool keeps_to_windows(const Organisation& organisation, const Policy& policy, const PlannedStep& step);

/// Whether each site has as many CAS in service as the policy asks for, or as it has today, at every time.
[[nodiscard]] bool keeps_servers_in_service(const Organisation& organisation, const Policy& policy, const Plan& plan);

/// The OWA versions that the targets of a front run today, and whose folders the front may lack, under a reading that
/// the policy leaves open, once it has been upgraded alone.
[[nodiscard]] std::set<OwaVersion> versions_lacking_after_upgrade(const Organisation& organisation,
                                                                  const Policy& policy, ServerId front);

}  // namespace casplan
