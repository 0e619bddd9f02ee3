#include "verifier/allowed.h"

#include <algorithm>

namespace casplan::verifier {

bool is_beyond_copying(Goal goal, const Judgement& judgement, const State& state) {
  if (goal != Goal::heal_by_copy) return false;
  if (judgement.rule != RuleId::newer_front_without_folder || !judgement.folder) return true;
  return std::none_of(state.servers.begin(), state.servers.end(), [&](const ServerState& server) {
    return server.present.has(*judgement.folder) == Knowledge::yes;
  });
}

}  // namespace casplan::verifier
