#include "simulator/trace.h"

#include <algorithm>
#include <set>
#include <utility>

#include "model/contracts.h"
#include "simulator/all_figures.h"
#include "simulator/user_totals.h"

namespace casplan::simulator {
namespace {

/// `Figures` are told of every change of a server: `AllFigures` or `UserTotals`.
template <class Figures>
class Player {
 public:
  Player(const Organisation& organisation, const Plan& plan, const Readings& readings, const WantedBuilds& wanted,
         const ActivityTable* activity = nullptr)
      : plan_(plan),
        readings_(readings),
        wanted_(wanted),
        state_(initial_state(organisation)),
        first_(start_of(plan)),
        figures_(organisation, state_, readings_, wanted_, {activity, first_}),
        by_start_(order_of_schedule(plan)),
        worked_on_(organisation.servers.size()) {}

  /// Shows every interval between events to `interval(from, to)`.
  template <class Interval>
  tl::expected<Measures, RefusedStep> run(Interval interval) {
    Minutes now{0};
    while (true) {
      end_steps(now);
      if (auto refused = start_steps(now)) return tl::unexpected(std::move(*refused));
      const auto next = next_event();
      interval(now, next.value_or(now));
      if (!next) break;
      now = *next;
    }
    return at_the_end(now);
  }

  [[nodiscard]] PassingState passing(Minutes from, Minutes to) const {
    return {last_ended_, from, to, state_, figures_.now()};
  }

  /// Asked after `run`.
  [[nodiscard]] Measures logged_on() const {
    Measures measures = figures_.logged_on();
    if (wanted_.empty()) value(measures, Measure::feature_lag_user_minutes).reset();
    return measures;
  }

 private:
  [[nodiscard]] Minutes minute(Moment moment) const { return moment - first_; }
  [[nodiscard]] const PlannedStep& step(StepIndex index) const { return at(plan_.steps, index); }
  [[nodiscard]] std::optional<Minutes> next_event() const;
  void end_steps(Minutes now);
  std::optional<RefusedStep> start_steps(Minutes now);
  [[nodiscard]] Measures at_the_end(Minutes end);
  void finish_step(StepIndex index, Minutes now);

  const Plan& plan_;
  const Readings& readings_;
  const WantedBuilds& wanted_;
  State state_;
  Moment first_;
  Figures figures_;
  std::vector<StepIndex> by_start_;
  std::size_t next_ = 0;                            // in by_start_
  std::set<std::pair<Moment, StepIndex>> running_;  // by end
  std::vector<bool> worked_on_;                     // by server
  std::optional<StepIndex> last_ended_;
};

template <class Figures>
std::optional<Minutes> Player<Figures>::next_event() const {
  std::optional<Minutes> next;
  if (next_ < by_start_.size()) next = minute(step(by_start_[next_]).schedule->start);
  if (!running_.empty()) next = std::min(next.value_or(Minutes::max()), minute(running_.begin()->first));
  return next;
}

template <class Figures>
Measures Player<Figures>::at_the_end(Minutes end) {
  Measures measures = figures_.at_the_end(end);
  value(measures, Measure::copies) = std::count_if(plan_.steps.begin(), plan_.steps.end(), [](const PlannedStep& step) {
    return step.step.kind == StepKind::ensure_folder;
  });
  if (wanted_.empty()) value(measures, Measure::feature_lag_user_minutes).reset();
  value(measures, Measure::makespan_minutes) = end.count();
  return measures;
}

template <class Figures>
void Player<Figures>::finish_step(StepIndex index, Minutes now) {
  finish(state_, step(index).step, readings_);
  figures_.update(step(index).step.server, now);
  last_ended_ = index;
}

template <class Figures>
void Player<Figures>::end_steps(Minutes now) {
  while (!running_.empty() && minute(running_.begin()->first) == now) {
    const StepIndex index = running_.begin()->second;
    running_.erase(running_.begin());
    worked_on_[step(index).step.server.value] = false;
    finish_step(index, now);
  }
}

template <class Figures>
std::optional<RefusedStep> Player<Figures>::start_steps(Minutes now) {
  for (; next_ < by_start_.size() && minute(step(by_start_[next_]).schedule->start) == now; ++next_) {
    const StepIndex index = by_start_[next_];
    const PlannedStep& planned = step(index);
    const ServerId server = planned.step.server;
    if (worked_on_[server.value]) return RefusedStep{index, {RefusalReason::step_in_progress, server}, now, state_};
    if (const auto refusal = begin(state_, planned.step)) return RefusedStep{index, *refusal, now, state_};
    if (planned.schedule->end == planned.schedule->start) {
      finish_step(index, now);
      continue;
    }
    if (planned.step.kind == StepKind::upgrade) figures_.update(server, now);
    running_.emplace(planned.schedule->end, index);
    worked_on_[server.value] = true;
  }
  return std::nullopt;
}

}  // namespace

tl::expected<Trace, RefusedStep> play(const Organisation& organisation, const Plan& plan, const Readings& readings,
                                      const WantedBuilds& wanted) {
  Player<AllFigures> player(organisation, plan, readings, wanted);
  Trace trace;
  auto totals = player.run([&](Minutes from, Minutes to) {
    const PassingState now = player.passing(from, to);
    trace.states.push_back({now.after, now.start, now.end, now.state, now.assessment});
  });
  if (!totals) return tl::unexpected(std::move(totals.error()));
  trace.totals = *totals;
  return trace;
}

tl::expected<Totals, RefusedStep> play_through(const Organisation& organisation, const Plan& plan,
                                               const Readings& readings, const WantedBuilds& wanted,
                                               const ActivityTable& activity,
                                               const std::function<void(const PassingState&)>& watch) {
  Player<AllFigures> player(organisation, plan, readings, wanted, &activity);
  return player.run([&](Minutes from, Minutes to) { watch(player.passing(from, to)); }).map([&](const Measures& all) {
    return Totals{all, player.logged_on()};
  });
}

tl::expected<Measures, RefusedStep> measure(const Organisation& organisation, const Plan& plan,
                                            const Readings& readings, const WantedBuilds& wanted) {
  return Player<UserTotals>(organisation, plan, readings, wanted).run([](Minutes, Minutes) {});
}

tl::expected<Totals, RefusedStep> measure(const Organisation& organisation, const Plan& plan, const Readings& readings,
                                          const WantedBuilds& wanted, const ActivityTable& activity) {
  Player<UserTotals> player(organisation, plan, readings, wanted, &activity);
  return player.run([](Minutes, Minutes) {}).map([&](const Measures& all) { return Totals{all, player.logged_on()}; });
}

Moment start_of(const Plan& plan) {
  const auto first = std::min_element(plan.steps.begin(), plan.steps.end(), [](const auto& a, const auto& b) {
    return a.schedule->start < b.schedule->start;
  });
  return first != plan.steps.end() ? first->schedule->start : Moment{};
}

}  // namespace casplan::simulator
