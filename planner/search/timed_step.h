#pragma once

#include "model/plan.h"

namespace casplan::planner {

/// A step with its time.
struct TimedStep {
  Step step;
  Schedule schedule;
};

}  // namespace casplan::planner
