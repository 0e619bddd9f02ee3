#include "model/policy.h"

#include <array>

#include "model/catalogue.h"

namespace casplan {
namespace {

constexpr std::array<std::string_view, 3> goal_names{"upgrade", "heal_by_copy", "heal_by_patch"};

bool same_product(const BuildVersion& a, const BuildVersion& b) {
  return product_of(a.level()) == product_of(b.level());
}

}  // namespace

Moment default_start() {
  using namespace std::chrono;
  return Moment(sys_days(2009y / October / 3d)) + Minutes(22 * 60);
}

std::optional<BuildVersion> wanted_build(const Organisation& organisation, const Policy& policy, ServerId id) {
  const Server& server = at(organisation.servers, id);
  if (policy.goal != Goal::upgrade || !server.is_cas() || policy.frozen.contains(id)) return server.build;
  if (const auto own = policy.targets.find(id); own != policy.targets.end()) return own->second;
  if (!policy.target || !server.build || !same_product(*policy.target, *server.build)) return server.build;
  return policy.target;
}

Minutes duration_of(const Step& step, const Durations& durations) {
  switch (step.kind) {
    case StepKind::drain: return durations.drain;
    case StepKind::ensure_folder: return durations.ensure_folder;
    case StepKind::recycle: return durations.recycle;
    case StepKind::return_to_service: return durations.return_to_service;
    case StepKind::upgrade: break;
  }
  const Build* build = step.build ? find_build(*step.build) : nullptr;
  return build != nullptr && build->is_rollup() ? durations.rollup : durations.service_pack;
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

}  // namespace casplan
