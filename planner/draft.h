#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/plan.h"
#include "model/policy.h"
#include "planner/changes.h"
#include "planner/relations.h"

namespace casplan::planner {

/// An order between two steps of a draft: the step that bears the arrow comes after `step`.
struct DraftArrow {
  StepIndex step;
  std::string reason;
  Force force = Force::chosen;
  Purpose purpose = Purpose::safety;
};

/// A step that is not scheduled yet.
struct DraftStep {
  Step step;
  std::string why;
  ServerId owner;  ///< the server for whose change it is done
  std::vector<DraftArrow> after;
  std::optional<BuildVersion> from{};  ///< that an upgrade starts from; empty: not known, or the step is none
};

/// The steps of a plan and the necessary order between them, before they are placed in time.
struct Draft {
  std::vector<DraftStep> steps;
};

/// Makes the steps for the changes and for what the paths ask, with one arrow for each reason.
[[nodiscard]] Draft make_draft(const Organisation& organisation, const Policy& policy, const Changes& changes,
                               const Relations& relations, const std::vector<FolderWork>& heal_first);

struct Healing;

/// A draft in which the fronts get these folders and load them, and nothing else is done (goal `heal_by_copy`).
[[nodiscard]] Draft make_healing_draft(const Organisation& organisation, const Healing& healing);

}  // namespace casplan::planner
