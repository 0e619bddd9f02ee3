#include "simulator/trace.h"

#include <algorithm>
#include <set>

#include "model/contracts.h"

namespace casplan::simulator {
namespace {

/// The user-minutes of one measure; empty as soon as one of its figures is not known.
class UserMinutes {
 public:
  void add(const Users& users, Minutes duration) {
    if (duration.count() == 0) return;
    if (!users) known_ = false;
    if (users) sum_.add(*users, duration.count());
  }
  [[nodiscard]] std::optional<std::int64_t> total() const {
    return known_ ? std::optional(sum_.nearest()) : std::nullopt;
  }

 private:
  ExactSum sum_;
  bool known_ = true;
};

class Player {
 public:
  Player(const Organisation& organisation, const Plan& plan, const Readings& readings, const WantedBuilds& wanted)
      : organisation_(organisation),
        plan_(plan),
        readings_(readings),
        wanted_(wanted),
        paths_(proxy_paths(organisation)),
        state_(initial_state(organisation)) {
    for (const PlannedStep& step : plan.steps) expects(step.schedule.has_value(), "a plan that is played is scheduled");
    order_ = in_order_of_arrows(plan);
    std::stable_sort(order_.begin(), order_.end(), [&](StepIndex a, StepIndex b) {
      return at(plan.steps, a).schedule->start < at(plan.steps, b).schedule->start;
    });
  }

  tl::expected<Trace, RefusedStep> run();

 private:
  [[nodiscard]] Minutes minute(Moment moment) const { return moment - start_of(plan_); }
  [[nodiscard]] std::set<Minutes> event_times() const;
  void end_steps(Minutes now);
  std::optional<RefusedStep> start_steps(Minutes now);
  [[nodiscard]] bool is_worked_on(ServerId server) const;
  void finish_step(StepIndex index);
  void record(Minutes from, Minutes to, Trace& trace) const;

  const Organisation& organisation_;
  const Plan& plan_;
  const Readings& readings_;
  const WantedBuilds& wanted_;
  std::vector<ProxyPath> paths_;
  State state_;
  std::vector<StepIndex> order_;  // by start; of the same minute, in the order of arrows
  std::size_t next_ = 0;          // in order_
  std::set<StepIndex> running_;
  std::optional<StepIndex> last_ended_;
};

std::set<Minutes> Player::event_times() const {
  std::set<Minutes> times{Minutes(0)};
  for (const PlannedStep& step : plan_.steps) {
    times.insert(minute(step.schedule->start));
    times.insert(minute(step.schedule->end));
  }
  return times;
}

void Player::finish_step(StepIndex index) {
  finish(state_, at(plan_.steps, index).step, readings_);
  last_ended_ = index;
}

void Player::end_steps(Minutes now) {
  std::vector<StepIndex> ending;
  std::copy_if(running_.begin(), running_.end(), std::back_inserter(ending),
               [&](StepIndex index) { return minute(at(plan_.steps, index).schedule->end) == now; });
  for (const StepIndex index : ending) {
    finish_step(index);
    running_.erase(index);
  }
}

bool Player::is_worked_on(ServerId server) const {
  return std::any_of(running_.begin(), running_.end(),
                     [&](StepIndex index) { return at(plan_.steps, index).step.server == server; });
}

std::optional<RefusedStep> Player::start_steps(Minutes now) {
  for (; next_ < order_.size() && minute(at(plan_.steps, order_[next_]).schedule->start) == now; ++next_) {
    const StepIndex index = order_[next_];
    const PlannedStep& step = at(plan_.steps, index);
    if (is_worked_on(step.step.server)) {
      return RefusedStep{index, {RefusalReason::step_in_progress, step.step.server}, now, state_};
    }
    if (const auto refusal = begin(state_, step.step)) return RefusedStep{index, *refusal, now, state_};
    if (step.schedule->end == step.schedule->start) {
      finish_step(index);
    } else {
      running_.insert(index);
    }
  }
  return std::nullopt;
}

void Player::record(Minutes from, Minutes to, Trace& trace) const {
  trace.states.push_back({last_ended_, from, to, state_, assess(organisation_, paths_, state_, readings_, wanted_)});
}

Measures totals(const Trace& trace, const Plan& plan, const WantedBuilds& wanted) {
  UserMinutes event46_minutes;
  UserMinutes unavailable_minutes;
  UserMinutes lag_minutes;
  for (const TraceState& state : trace.states) {
    for (const SiteAssessment& site : state.assessment.sites) {
      event46_minutes.add(site.event46, state.end - state.start);
      unavailable_minutes.add(site.unavailable, state.end - state.start);
      lag_minutes.add(site.lagging, state.end - state.start);
    }
  }
  Measures measures;
  value(measures, Measure::event46_user_minutes) = event46_minutes.total();
  value(measures, Measure::unavailable_user_minutes) = unavailable_minutes.total();
  value(measures, Measure::copies) = std::count_if(plan.steps.begin(), plan.steps.end(), [](const PlannedStep& step) {
    return step.step.kind == StepKind::ensure_folder;
  });
  if (!wanted.empty()) value(measures, Measure::feature_lag_user_minutes) = lag_minutes.total();
  value(measures, Measure::makespan_minutes) = trace.states.back().end.count();
  return measures;
}

tl::expected<Trace, RefusedStep> Player::run() {
  Trace trace;
  const auto times = event_times();
  for (auto time = times.begin(); time != times.end(); ++time) {
    end_steps(*time);
    if (auto refused = start_steps(*time)) return tl::unexpected(std::move(*refused));
    const auto next = std::next(time);
    record(*time, next != times.end() ? *next : *time, trace);
  }
  trace.totals = totals(trace, plan_, wanted_);
  return trace;
}

}  // namespace

tl::expected<Trace, RefusedStep> play(const Organisation& organisation, const Plan& plan, const Readings& readings,
                                      const WantedBuilds& wanted) {
  return Player(organisation, plan, readings, wanted).run();
}

Moment start_of(const Plan& plan) {
  const auto first = std::min_element(plan.steps.begin(), plan.steps.end(), [](const auto& a, const auto& b) {
    return a.schedule->start < b.schedule->start;
  });
  return first != plan.steps.end() ? first->schedule->start : Moment{};
}

}  // namespace casplan::simulator
