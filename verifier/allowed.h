#pragma once

#include "model/policy.h"
#include "model/rules.h"
#include "model/state.h"
#include "model/step.h"
#include "model/topology.h"
#include "simulator/transition.h"

namespace casplan::verifier {

/// Whether Event 46 cannot be excluded. With a URL that is not known the path may fail, but not with Event 46.
[[nodiscard]] inline bool is_undecided(const Judgement& judgement) {
  return judgement.verdict == Verdict::cannot_tell && judgement.rule != RuleId::url_unknown;
}

/// Whether a step can break a path that worked: an upgrade of an end, or a folder that becomes the target's highest.
[[nodiscard]] inline bool may_break(const ProxyPath& path, const Step& step) {
  return step.kind == StepKind::upgrade || (step.kind == StepKind::ensure_folder && step.server == path.target);
}

/// Whether a step is refused because whether it fits cannot be told, and not because it does not.
[[nodiscard]] inline bool is_for_want_of_a_fact(simulator::RefusalReason reason) {
  return reason == simulator::RefusalReason::build_not_known || reason == simulator::RefusalReason::source_not_known;
}

/// Whether a path that fails with Event 46 today, and all the way, may fail at the end too: the workaround of the KB
/// can do nothing where the front is the older one, or where none of these servers holds the folder that it needs.
[[nodiscard]] bool is_beyond_copying(Goal goal, const Judgement& judgement, const State& state);

}  // namespace casplan::verifier
