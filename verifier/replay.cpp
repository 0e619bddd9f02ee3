#include "verifier/replay.h"

#include <algorithm>
#include <utility>

#include "simulator/assessment.h"
#include "simulator/transition.h"

namespace casplan::verifier {
namespace {

struct Event {
  enum class Kind { end, start };
  Moment time;
  Kind kind;
  StepIndex step;
};

/// Starts and ends by time; of the same minute, first the ends of the steps that had started before it, then each start
/// in the plan's order, directly followed by its end where the step takes no time.
std::vector<Event> events_of(const Plan& plan) {
  std::vector<Event> events;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Schedule& schedule = *plan.steps[i].schedule;
    events.push_back({schedule.start, Event::Kind::start, id_at<StepIndex>(i)});
    if (schedule.end != schedule.start) events.push_back({schedule.end, Event::Kind::end, id_at<StepIndex>(i)});
  }
  std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::pair(a.time, a.kind) < std::pair(b.time, b.kind);
  });
  return events;
}

Counterexample refused_step(StepIndex step, const simulator::Refusal& refusal, const ReplayedMoment& moment,
                            const Readings& readings) {
  Counterexample found{};
  found.kind = ViolationKind::step_refused;
  found.order = moment.ended;
  found.readings = readings;
  found.step = step;
  found.refusal = refusal;
  return found;
}

class Replayer {
 public:
  Replayer(const Organisation& organisation, const Plan& plan, const Readings& readings)
      : organisation_(organisation), plan_(plan), readings_(readings) {
    replay_.paths = proxy_paths(organisation);
    now_.state = initial_state(organisation);
    judge();
    replay_.before = now_;
  }

  Replay run() {
    for (const Event& event : events_of(plan_)) {
      const bool takes_no_time = at(plan_.steps, event.step).schedule->start == at(plan_.steps, event.step).schedule->end;
      if (event.kind == Event::Kind::end) end(event.step);
      if (event.kind == Event::Kind::start && !start(event.step)) break;
      if (event.kind == Event::Kind::start && takes_no_time) end(event.step);
    }
    return std::move(replay_);
  }

 private:
  void judge() { now_.judgements = simulator::judge_paths(organisation_, replay_.paths, now_.state, readings_); }

  bool start(StepIndex index) {
    if (const auto refusal = simulator::begin(now_.state, at(plan_.steps, index).step)) {
      replay_.refused = refused_step(index, *refusal, now_, readings_);
      return false;
    }
    record(index);
    return true;
  }

  void end(StepIndex index) {
    simulator::finish(now_.state, at(plan_.steps, index).step, readings_);
    now_.ended.push_back(index);
    record(index);
  }

  void record(StepIndex index) {
    now_.touched = index;
    judge();
    replay_.moments.push_back(now_);
  }

  const Organisation& organisation_;
  const Plan& plan_;
  const Readings& readings_;
  Replay replay_;
  ReplayedMoment now_;
};

Counterexample event46_counterexample(ViolationKind kind, const Organisation& organisation, const ReplayedMoment& moment,
                                      const ProxyPath& path, const Judgement& judgement, const Readings& readings) {
  Counterexample found{};
  found.kind = kind;
  found.order = moment.ended;
  found.readings = readings;
  found.path = path;
  found.judgement = judgement;
  found.step = moment.touched;
  found.event = event46_sentence({at(organisation.servers, path.front), at(moment.state.servers, path.front)},
                                 {at(organisation.servers, path.target), at(moment.state.servers, path.target)});
  return found;
}

/// The workaround of the KB mends nothing where the front is the older one, and leaves such a path as it is today.
bool beyond_copying(const Plan& plan, const Replay& replay, std::size_t path) {
  return plan.goal == Goal::heal_by_copy && replay.before.judgements[path].rule == RuleId::older_front;
}

std::optional<Counterexample> broken_on_the_way(const Organisation& organisation, const Replay& replay,
                                                const Readings& readings) {
  std::vector<bool> failed_since_today;
  for (const Judgement& judgement : replay.before.judgements) {
    failed_since_today.push_back(judgement.verdict == Verdict::event46);
  }
  for (const ReplayedMoment& moment : replay.moments) {
    for (std::size_t path = 0; path < replay.paths.size(); ++path) {
      const bool fails = moment.judgements[path].verdict == Verdict::event46;
      if (fails && !failed_since_today[path]) {
        return event46_counterexample(ViolationKind::event46_on_the_way, organisation, moment, replay.paths[path],
                                      moment.judgements[path], readings);
      }
      if (!fails) failed_since_today[path] = false;
    }
  }
  return std::nullopt;
}

std::optional<Counterexample> broken_at_the_end(const Organisation& organisation, const Plan& plan,
                                                const Replay& replay, const Readings& readings) {
  const ReplayedMoment& last = replay.moments.empty() ? replay.before : replay.moments.back();
  for (std::size_t path = 0; path < replay.paths.size(); ++path) {
    if (last.judgements[path].verdict != Verdict::event46 || beyond_copying(plan, replay, path)) continue;
    return event46_counterexample(ViolationKind::event46_at_the_end, organisation, last, replay.paths[path],
                                  last.judgements[path], readings);
  }
  return std::nullopt;
}

}  // namespace

Replay replay_schedule(const Organisation& organisation, const Plan& plan, const Readings& readings) {
  return Replayer(organisation, plan, readings).run();
}

std::optional<Counterexample> find_violation(const Organisation& organisation, const Plan& plan, const Replay& replay,
                                             const Readings& readings) {
  if (auto found = broken_on_the_way(organisation, replay, readings)) return found;
  if (replay.refused) return replay.refused;
  return broken_at_the_end(organisation, plan, replay, readings);
}

}  // namespace casplan::verifier
