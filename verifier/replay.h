#pragma once

#include <optional>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/topology.h"
#include "verifier/verdict.h"

namespace casplan::verifier {

/// What a replay of a schedule found under one combination of readings.
struct Replay {
  std::optional<Counterexample> counterexample;  ///< the first state in which the plan does what it must not do
  std::vector<BrokenToday> broken_today;
  std::vector<Undecided> undecided;  ///< each path once, as it was first met
};

/// Replays the schedule and judges every state that it passes through, also those that last no minute because several
/// steps start or end at the same time. Of the same minute, ends come before starts, and starts in the order of arrows.
///
/// A start or end of a step changes one server, so only the paths at that server are judged again: the cost is that of
/// the paths at the servers that are worked on. `paths` are `proxy_paths(organisation)`.
class ScheduleReplay {
 public:
  ScheduleReplay(const Organisation& organisation, const Plan& plan, const std::vector<ProxyPath>& paths);

  [[nodiscard]] Replay run(const Readings& readings) const;

 private:
  struct Event {
    enum class Kind { end, start };
    Moment time;
    Kind kind;
    StepIndex step;
  };
  class Run;

  [[nodiscard]] bool takes_no_time(StepIndex step) const;

  const Organisation& organisation_;
  const Plan& plan_;
  const std::vector<ProxyPath>& paths_;
  std::vector<std::vector<std::size_t>> paths_at_;  // by server: places in `paths_` of which it is an end
  std::vector<Event> events_;
};

}  // namespace casplan::verifier
