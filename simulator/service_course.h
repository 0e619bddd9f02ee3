#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "simulator/conduct.h"

namespace casplan::simulator {

/// What becomes of the servers while a plan is carried out, without a look at any user.
struct ServiceCourse {
  std::vector<int> at_first;  ///< by site: the CAS that are in service before the plan begins
  std::vector<int> fewest;    ///< by site: the fewest at any time, that before the plan begins included
  State at_the_end;
};

/// Carries a scheduled plan out as `play` does, and costs no more than its steps.
[[nodiscard]] tl::expected<ServiceCourse, RefusedStep> service_course(const Organisation& organisation,
                                                                      const Plan& plan, const Readings& readings);

}  // namespace casplan::simulator
