#include "verifier/replay.h"

#include <algorithm>
#include <utility>

#include "simulator/transition.h"
#include "verifier/allowed.h"

namespace casplan::verifier {
namespace {

bool fails(const Judgement& judgement) {
  return judgement.verdict == Verdict::event46;
}

}  // namespace

/// One replay: the state, and what became of each path so far.
class ScheduleReplay::Run {
 public:
  Run(const ScheduleReplay& replay, const Readings& readings)
      : plan_(replay), readings_(readings), state_(initial_state(replay.organisation_)), paths_(replay.paths_.size()) {
    for (std::size_t path = 0; path < paths_.size(); ++path) begin_path(path);
  }

  Replay run() {
    for (const Event& event : plan_.events_) {
      if (!carry_out(event)) break;
    }
    if (!found_.counterexample) judge_the_end();
    for (std::size_t path = 0; path < paths_.size(); ++path) {
      if (paths_[path].broken_today) found_.broken_today.push_back({plan_.paths_[path], paths_[path].mended_by});
    }
    return std::move(found_);
  }

 private:
  struct PathRecord {
    Judgement today;
    Judgement now;
    bool broken_today = false;
    bool broken_since_today = false;
    bool may_have_changed = false;  // since today, so that what could not be told then may be otherwise now
    bool listed_as_undecided = false;
    std::optional<StepIndex> mended_by;
  };

  [[nodiscard]] PathEnd end_of(ServerId server) const {
    return {at(plan_.organisation_.servers, server), at(state_.servers, server)};
  }
  [[nodiscard]] Judgement judge_path(std::size_t path) const {
    return judge(end_of(plan_.paths_[path].front), end_of(plan_.paths_[path].target), readings_);
  }

  void begin_path(std::size_t path) {
    PathRecord& record = paths_[path];
    record.today = record.now = judge_path(path);
    record.broken_today = record.broken_since_today = fails(record.today);
  }

  void list_if_undecided(std::size_t path) {
    PathRecord& record = paths_[path];
    if (!is_undecided(record.now) || record.listed_as_undecided) return;
    record.listed_as_undecided = true;
    found_.undecided.push_back({plan_.paths_[path], record.now});
  }

  /// False where the replay ends here.
  bool carry_out(const Event& event) {
    if (event.kind == Event::Kind::end) return end(event.step);
    return start(event.step) && (!plan_.takes_no_time(event.step) || end(event.step));
  }

  bool start(StepIndex index) {
    const Step& step = at(plan_.plan_.steps, index).step;
    if (const auto refusal = simulator::begin(state_, step)) {
      Counterexample refused = counterexample(ViolationKind::step_refused, index);
      refused.refusal = refusal;
      refused.server = at(state_.servers, step.server);
      found_.counterexample = std::move(refused);
      return false;
    }
    return judge_paths_at(step.server, index);
  }

  bool end(StepIndex index) {
    const Step& step = at(plan_.plan_.steps, index).step;
    simulator::finish(state_, step, readings_);
    ended_.push_back(index);
    return judge_paths_at(step.server, index);
  }

  bool judge_paths_at(ServerId server, StepIndex touched) {
    for (const std::size_t path : at(plan_.paths_at_, server)) {
      PathRecord& record = paths_[path];
      record.now = judge_path(path);
      record.may_have_changed = record.may_have_changed || record.today.verdict == Verdict::idle ||
                                may_break(plan_.paths_[path], at(plan_.plan_.steps, touched).step);
      if (record.may_have_changed) list_if_undecided(path);
      if (fails(record.now) && !record.broken_since_today) {
        found_.counterexample = event46_at(path, ViolationKind::event46_on_the_way, touched);
        return false;
      }
      if (record.broken_since_today && !fails(record.now) && record.now.verdict != Verdict::idle) {
        record.broken_since_today = false;
        record.mended_by = touched;
      }
    }
    return true;
  }

  [[nodiscard]] bool may_fail_at_the_end(const PathRecord& record) const {
    return record.broken_since_today && is_beyond_copying(plan_.plan_.goal, record.now, state_);
  }

  void judge_the_end() {
    for (std::size_t path = 0; path < paths_.size(); ++path) list_if_undecided(path);
    for (std::size_t path = 0; path < paths_.size(); ++path) {
      if (!fails(paths_[path].now) || may_fail_at_the_end(paths_[path])) continue;
      found_.counterexample = event46_at(path, ViolationKind::event46_at_the_end, std::nullopt);
      return;
    }
  }

  [[nodiscard]] Counterexample counterexample(ViolationKind kind, std::optional<StepIndex> step) const {
    Counterexample found{};
    found.kind = kind;
    found.order = ended_;
    found.readings = readings_;
    found.step = step;
    return found;
  }

  [[nodiscard]] Counterexample event46_at(std::size_t path, ViolationKind kind, std::optional<StepIndex> step) const {
    Counterexample found = counterexample(kind, step);
    found.path = plan_.paths_[path];
    found.judgement = paths_[path].now;
    found.event = event46_sentence(end_of(plan_.paths_[path].front), end_of(plan_.paths_[path].target));
    return found;
  }

  const ScheduleReplay& plan_;
  const Readings& readings_;
  State state_;
  std::vector<PathRecord> paths_;
  std::vector<StepIndex> ended_;
  Replay found_;
};

ScheduleReplay::ScheduleReplay(const Organisation& organisation, const Plan& plan, const std::vector<ProxyPath>& paths)
    : organisation_(organisation), plan_(plan), paths_(paths), paths_at_(organisation.servers.size()) {
  for (std::size_t path = 0; path < paths.size(); ++path) {
    at(paths_at_, paths[path].front).push_back(path);
    at(paths_at_, paths[path].target).push_back(path);
  }
  for (const StepIndex step : in_order_of_arrows(plan)) {
    const Schedule& schedule = *at(plan.steps, step).schedule;
    events_.push_back({schedule.start, Event::Kind::start, step});
    if (!takes_no_time(step)) events_.push_back({schedule.end, Event::Kind::end, step});
  }
  std::stable_sort(events_.begin(), events_.end(), [](const Event& a, const Event& b) {
    return std::pair(a.time, a.kind) < std::pair(b.time, b.kind);
  });
}

bool ScheduleReplay::takes_no_time(StepIndex step) const {
  const Schedule& schedule = *at(plan_.steps, step).schedule;
  return schedule.start == schedule.end;
}

Replay ScheduleReplay::run(const Readings& readings) const {
  return Run(*this, readings).run();
}

}  // namespace casplan::verifier
