#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/policy.h"

/// How a plan that was made for another wish goes against this one.
namespace casplan::verifier {

enum class BreachKind {
  frozen_server,       ///< a step upgrades a server that is frozen
  outside_windows,     ///< a step is done when its server may not be worked on
  too_many_copies,     ///< more folders are copied than may be
  too_few_crews,       ///< more upgrades and copies go on at a time than there are crews
  too_few_in_service,  ///< a site has fewer CAS in service than it must keep
  wrong_order,         ///< an upgrade begins before one that is to be finished before it
  too_late,            ///< the work ends after the latest end
  not_at_target,       ///< a server does not have the build in the end that is wanted for it
};

struct Breach {
  BreachKind kind;
  std::optional<StepIndex> step{};      ///< that does it; the first, of several that only do it together
  std::optional<ServerId> server{};     ///< that has another build; of a wrong order, that is to be finished first
  std::optional<SiteId> site{};         ///< with too few in service
  std::optional<BuildVersion> build{};  ///< that the server has in the end
  int count = 0;                        ///< copies, crews or servers that there are

  friend bool operator==(const Breach&, const Breach&) = default;
};

/// Every way in which carrying a scheduled plan out at its times goes against the policy, whatever users meet: in the
/// order of the kinds, then of steps, sites or servers. Other orders that its arrows permit are not looked at. None
/// where the plan cannot be carried out under the first of the readings.
[[nodiscard]] std::vector<Breach> breaches(const Organisation& organisation, const Policy& policy, const Plan& plan);

/// `Against the policy: Step 4 upgrades HQCAS1, which is frozen.`
[[nodiscard]] std::string sentence(const Breach& breach, const Organisation& organisation, const Policy& policy,
                                   const Plan& plan);

}  // namespace casplan::verifier
