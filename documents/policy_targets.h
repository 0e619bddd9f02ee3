#pragma once

#include <optional>

#include "model/diagnostics.h"
#include "model/policy.h"

/// What no policy can want, in the words of a fault, which has no place yet.
namespace casplan::documents {

/// Of a server that has none of the roles that are upgraded.
[[nodiscard]] std::optional<Fault> fault_of_roles(const Server& server, UpgradedRoles roles);

/// Of a server's own target, which the policy has.
[[nodiscard]] std::optional<Fault> fault_of_own_target(const Organisation& organisation, const Policy& policy,
                                                       ServerId server);

/// Of the general target, where the policy has one.
[[nodiscard]] std::optional<Fault> fault_of_general_target(const Organisation& organisation, const Policy& policy);

/// Of every target that the policy has.
[[nodiscard]] Diagnostics faults_of_targets(const Organisation& organisation, const Policy& policy);

/// Of a build that Microsoft withdrew.
[[nodiscard]] std::optional<Fault> fault_of_withdrawal(const BuildVersion& build);

}  // namespace casplan::documents
