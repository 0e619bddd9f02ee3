#include "model/step.h"

#include <algorithm>

namespace casplan {

bool removes_rollups(const BuildVersion& from, const BuildVersion& to) {
  return to < from && to.level() == from.level();
}

bool needs_crew(StepKind kind) {
  return kind == StepKind::upgrade || kind == StepKind::ensure_folder;
}

bool moves_users(StepKind kind) {
  return kind == StepKind::drain || kind == StepKind::return_to_service;
}

std::string_view to_string(StepKind kind) {
  switch (kind) {
    case StepKind::drain: return "drain";
    case StepKind::upgrade: return "upgrade";
    case StepKind::ensure_folder: return "ensure_folder";
    case StepKind::recycle: return "recycle";
    case StepKind::return_to_service: return "return";
  }
  return "recycle";
}

std::optional<StepKind> parse_step_kind(std::string_view text) {
  const auto& kinds = all_step_kinds();
  const auto place = std::find_if(kinds.begin(), kinds.end(), [&](StepKind kind) { return to_string(kind) == text; });
  return place != kinds.end() ? std::optional(*place) : std::nullopt;
}

const std::vector<StepKind>& all_step_kinds() {
  static const std::vector<StepKind> kinds{StepKind::drain, StepKind::upgrade, StepKind::ensure_folder,
                                           StepKind::recycle, StepKind::return_to_service};
  return kinds;
}

}  // namespace casplan
