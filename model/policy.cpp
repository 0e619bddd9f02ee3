#include "model/policy.h"

#include <array>

#include "model/catalogue.h"

namespace casplan {
namespace {

constexpr std::array<std::string_view, 3> goal_names{"upgrade", "heal_by_copy", "heal_by_patch"};
constexpr std::array<std::string_view, 2> roles_names{"client_access", "all"};
constexpr std::array<Role, 4> upgrade_order{Role::client_access, Role::hub_transport, Role::unified_messaging,
                                            Role::mailbox};

bool same_product(const BuildVersion& a, const BuildVersion& b) {
  return product_of(a.level()) == product_of(b.level());
}

/// Rollups can be removed, so a target may be below today's build; a service pack cannot.
bool is_below_its_level(const Organisation& organisation, const Policy& policy, ServerId id,
                        const BuildVersion& target) {
  const auto& build = at(organisation.servers, id).build;
  return policy.goal == Goal::upgrade && build && !policy.frozen.contains(id) && target.level() < build->level();
}

}  // namespace

Moment default_start() {
  using namespace std::chrono;
  return Moment(sys_days(2009y / October / 3d)) + Minutes(22 * 60);
}

bool is_upgraded(const Server& server, UpgradedRoles roles) {
  return server.is_cas() || (roles == UpgradedRoles::all && place_in_site(server).has_value());
}

std::optional<int> place_in_site(const Server& server) {
  for (std::size_t place = 0; place < upgrade_order.size(); ++place) {
    if (server.roles.contains(upgrade_order[place])) return static_cast<int>(place);
  }
  return std::nullopt;
}

std::optional<BuildVersion> wanted_build(const Organisation& organisation, const Policy& policy, ServerId id) {
  const Server& server = at(organisation.servers, id);
  if (policy.goal != Goal::upgrade || policy.frozen.contains(id)) return server.build;
  if (!is_upgraded(server, policy.roles)) return server.build;
  if (const auto own = policy.targets.find(id); own != policy.targets.end()) return own->second;
  if (!policy.target || !server.build || !same_product(*policy.target, *server.build)) return server.build;
  return policy.target;
}

bool serves_in_the_end(const Organisation& organisation, const Policy& policy, ServerId server) {
  return at(organisation.servers, server).was_found_in_service() || policy.to_return.contains(server);
}

std::optional<TargetObstacle> obstacle_to_target(const Organisation& organisation, const Policy& policy, ServerId id,
                                                 const BuildVersion& target) {
  const Server& server = at(organisation.servers, id);
  const Build* build = find_build(target);
  if (build != nullptr && build->withdrawn) return TargetObstacle::withdrawn;
  if (!is_upgraded(server, policy.roles)) return TargetObstacle::not_upgraded;
  if (server.build && !same_product(target, *server.build)) return TargetObstacle::other_product;
  if (is_below_its_level(organisation, policy, id, target)) return TargetObstacle::service_pack;
  return std::nullopt;
}

std::vector<ServerId> servers_above_target(const Organisation& organisation, const Policy& policy) {
  std::vector<ServerId> above;
  if (!policy.target) return above;
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    const auto id = id_at<ServerId>(i);
    const Server& server = organisation.servers[i];
    if (!is_upgraded(server, policy.roles) || policy.targets.contains(id) || !server.build) continue;
    if (!same_product(*server.build, *policy.target)) continue;
    if (is_below_its_level(organisation, policy, id, *policy.target)) above.push_back(id);
  }
  return above;
}

Minutes duration_of(const Step& step, const std::optional<BuildVersion>& from, const Durations& durations) {
  switch (step.kind) {
    case StepKind::drain: return durations.drain;
    case StepKind::ensure_folder: return durations.ensure_folder;
    case StepKind::recycle: return durations.recycle;
    case StepKind::return_to_service: return durations.return_to_service;
    case StepKind::upgrade: break;
  }
  const Build* build = step.build ? find_build(*step.build) : nullptr;
  const bool is_removal = from && step.build && removes_rollups(*from, *step.build);
  return is_removal || (build != nullptr && build->is_rollup()) ? durations.rollup : durations.service_pack;
}

std::string_view to_string(Goal goal) {
  return goal_names[static_cast<std::size_t>(goal)];
}

std::optional<Goal> parse_goal(std::string_view text) {
  for (std::size_t i = 0; i < goal_names.size(); ++i) {
    if (goal_names[i] == text) return static_cast<Goal>(i);
  }
  return std::nullopt;
}

std::string_view to_string(UpgradedRoles roles) {
  return roles_names[static_cast<std::size_t>(roles)];
}

}  // namespace casplan
