#pragma once

#include "model/rules.h"
#include "model/step.h"
#include "model/topology.h"

namespace casplan::verifier {

/// Whether Event 46 cannot be excluded. With a URL that is not known the path may fail, but not with Event 46.
[[nodiscard]] inline bool is_undecided(const Judgement& judgement) {
  return judgement.verdict == Verdict::cannot_tell && judgement.rule != RuleId::url_unknown;
}

/// Whether a step can break a path that worked: an upgrade of an end, or a folder that becomes the target's highest.
[[nodiscard]] inline bool may_break(const ProxyPath& path, const Step& step) {
  return step.kind == StepKind::upgrade || (step.kind == StepKind::ensure_folder && step.server == path.target);
}

}  // namespace casplan::verifier
