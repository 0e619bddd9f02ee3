#pragma once

#include "property_tests/gate/case.h"
#include "property_tests/gate/followed.h"

namespace casplan::gate {

/// Whether those who carry out the step find the folder of the wrong fact missing, or not loaded, before they begin it.
///
/// The runbook has them look at folders that the step is the first to rely on, and for which the organisation's
/// document alone vouches: a folder that is listed on a front, and that the front needs for a target once the step has
/// ended; and, because the highest folder of a target may be the one that is needed, a listed folder of the target
/// above the version that it runs. Steps after which a path may be new to the front are the upgrade of the target, a
/// folder that becomes the target's highest, and the return of either end.
/// `now` is the state of the step's server: as long as a target is out of service nobody needs a folder for it.
[[nodiscard]] bool looks_at_folder(const Subject& subject, const Followed& followed, Place step, const WrongFact& fact,
                                   const oracle::NaiveServer& now);

}  // namespace casplan::gate
