#include "documents/policy_targets.h"

#include <algorithm>
#include <utility>

#include "documents/shown_text.h"
#include "model/catalogue.h"

namespace casplan::documents {
namespace {

constexpr const char* by_a_service_pack = " by a service pack, which cannot be removed";

Fault fault(std::string found, std::string expected) {
  return {"", std::move(found), std::move(expected), std::nullopt};
}

}  // namespace

std::optional<Fault> fault_of_withdrawal(const BuildVersion& build) {
  const Build* known = find_build(build);
  if (known == nullptr || !known->withdrawn) return std::nullopt;
  return fault(shown(to_string(build)) + ", which Microsoft withdrew", "a build that was not withdrawn");
}

std::optional<Fault> fault_of_roles(const Server& server, UpgradedRoles roles) {
  if (is_upgraded(server, roles)) return std::nullopt;
  if (roles == UpgradedRoles::client_access) {
    return fault(shown(server.name) + ", which does not have the role ClientAccess",
                 "the name of a Client Access server");
  }
  return fault(shown(server.name) + ", which has none of the roles that are upgraded",
               "the name of a server with the role ClientAccess, HubTransport, UnifiedMessaging or Mailbox");
}

std::optional<Fault> fault_of_own_target(const Organisation& organisation, const Policy& policy, ServerId id) {
  const BuildVersion& target = policy.targets.at(id);
  const auto obstacle = obstacle_to_target(organisation, policy, id, target);
  if (!obstacle) return std::nullopt;
  const Server& server = at(organisation.servers, id);
  const std::string today =
      " of " + shown(server.name) + " today (" + (server.build ? to_string(*server.build) : "not known") + ")";
  switch (*obstacle) {
    case TargetObstacle::withdrawn: return fault_of_withdrawal(target);
    case TargetObstacle::not_upgraded: return fault_of_roles(server, policy.roles);
    case TargetObstacle::other_product:
      return fault(shown(to_string(target)) + ", which is another product than the build" + today,
                   "a build of the same product");
    case TargetObstacle::service_pack: break;
  }
  return fault(shown(to_string(target)) + ", which is below the build" + today + by_a_service_pack,
               "a build of that level or a later one, or the server among \"frozen\"");
}

std::optional<Fault> fault_of_general_target(const Organisation& organisation, const Policy& policy) {
  constexpr std::size_t most_named = 5;
  if (!policy.target) return std::nullopt;
  if (auto withdrawn = fault_of_withdrawal(*policy.target)) return withdrawn;
  const auto above = servers_above_target(organisation, policy);
  if (above.empty()) return std::nullopt;
  std::string servers;
  for (std::size_t i = 0; i < std::min(above.size(), most_named); ++i) {
    const Server& server = at(organisation.servers, above[i]);
    servers += (i > 0 ? ", of " : " of ") + shown(server.name) + " (" + to_string(*server.build) + ")";
  }
  if (above.size() > most_named) servers += " and of " + std::to_string(above.size() - most_named) + " other servers";
  return fault(shown(to_string(*policy.target)) + ", which is below today's build" + servers + by_a_service_pack,
               "a build whose level no server has passed, or these servers among \"frozen\" or \"targets\"");
}

Diagnostics faults_of_targets(const Organisation& organisation, const Policy& policy) {
  Diagnostics faults;
  if (auto general = fault_of_general_target(organisation, policy)) faults.push_back(*std::move(general));
  for (const auto& [server, target] : policy.targets) {
    if (auto own = fault_of_own_target(organisation, policy, server)) faults.push_back(*std::move(own));
  }
  return faults;
}

}  // namespace casplan::documents
