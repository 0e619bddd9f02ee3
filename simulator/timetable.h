#pragma once

#include <vector>

#include "model/calendar.h"
#include "model/organisation.h"
#include "model/plan.h"
#include "model/policy.h"

/// What carrying out a plan asks of it again and again.
namespace casplan::simulator {

/// When a plan's steps are planned. Minutes count from the plan's start.
struct Timetable {
  /// A contract: the plan is scheduled.
  explicit Timetable(const Plan& plan);

  [[nodiscard]] Minutes minute(Moment moment) const { return moment - start; }

  Moment start;                      ///< of the step that is planned first; any where there is none
  Minutes end{0};                    ///< of the step that is planned last
  std::vector<StepIndex> by_start;   ///< as `order_of_schedule`
  std::vector<std::uint32_t> place;  ///< by step: in `by_start`
};

/// What the steps of a plan wait for when it is carried out under a policy, besides their planned starts.
struct WorkLimits {
  WorkLimits(const Organisation& organisation, const Plan& plan, const Policy& policy);

  int crews;                                    ///< upgrades and folder copies at a time
  Calendars calendars;                          ///< when servers may be worked on
  std::vector<std::vector<StepIndex>> waiting;  ///< by step: those that begin only after it has ended
  std::vector<std::uint32_t> waits_for;         ///< by step: how many have to end before it begins
};

}  // namespace casplan::simulator
