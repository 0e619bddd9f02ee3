#pragma once

#include <optional>
#include <set>
#include <vector>

#include "model/organisation.h"
#include "simulator/faults.h"
#include "simulator/timetable.h"
#include "simulator/transition.h"

/// How a plan is carried out, and what is noted of it.
namespace casplan::simulator {

/// A step that could not be carried out, and the state of its server when it was to begin.
struct RefusedStep {
  StepIndex step;
  Refusal refusal;
  Minutes at;
  ServerState server;
};

/// What a step that cannot be carried out means.
enum class OnRefusal {
  stop,   ///< nothing more is done
  go_on,  ///< all others are done, as far as they can be without its effect
};

/// One try of a step. Minutes count from the plan's start.
struct Try {
  StepIndex step;
  Minutes start;
  Minutes end;
  bool succeeds;
};

/// Something that went wrong: a fault, and when it begins and ends to matter. Of a step that fails these are when that
/// is found and when it can be tried again, the same where it is given up; of a late crew, the planned start and the
/// earliest; of a partial copy or a forgotten recycle, the end of the step and when it is put right.
struct Incident {
  FaultId fault;
  ServerId server;
  Minutes start;
  Minutes end;
};

/// Why a step is never carried out.
enum class Abandoned {
  tried_too_often,
  no_window,      ///< no window of its server is left that is long enough
  refused,        ///< it does not fit the state
  waits_forever,  ///< for a step that is never carried out
  no_end,         ///< ten years after the plan's end it had not been carried out
};

struct AbandonedStep {
  StepIndex step;
  Abandoned why;
  Minutes at;
};

/// What happened while a plan was carried out, in the order in which it happened.
struct Log {
  std::vector<Try> tries;
  std::vector<Incident> incidents;
  std::vector<AbandonedStep> abandoned;
};

/// How a plan is carried out. With nothing given, as its schedule says. Refers to all that it is made from.
struct Conduct {
  /// Steps begin when nothing stands in their way any more: the earliest moment that is not before the planned start,
  /// at which all that they wait for has ended, their server is up and has nothing else to do, a crew is free for an
  /// upgrade or a copy, a source is at hand for a copy, and the step ends in a window of its server. Of several that
  /// could begin, the one that is planned first does. Otherwise they begin as scheduled, or are refused.
  const WorkLimits* limits = nullptr;
  /// What goes wrong; asks for `limits`.
  const Faults* faults = nullptr;
  const std::set<ServerId>* frozen = nullptr;  ///< upgrades of these are refused
  OnRefusal on_refusal = OnRefusal::stop;
  Log* log = nullptr;
};

}  // namespace casplan::simulator
