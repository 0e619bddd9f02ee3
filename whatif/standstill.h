#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/readings.h"
#include "simulator/trace.h"

/// Where the work stands once a step has failed.
namespace casplan::whatif {

struct Standstill {
  /// As it is found then, but for a part of a folder that a failed copy left: a list of folders cannot say that, so it
  /// counts as removed.
  Organisation organisation;
  State state;
  Moment since;                  ///< when everything that had begun has ended
  std::vector<StepIndex> ended;  ///< in the order of the schedule
  /// The steps that have ended; where an upgrade failed, also that its server went out of service when it began.
  Plan so_far;
};

/// Carries a scheduled plan out until a step fails at its end; steps that come before it in the order of the schedule,
/// or begin before its end, do end. Refused where one of them cannot be carried out.
[[nodiscard]] tl::expected<Standstill, simulator::RefusedStep> stand_still(const Organisation& organisation,
                                                                           const Plan& plan, StepIndex failed,
                                                                           const Readings& readings);

}  // namespace casplan::whatif
