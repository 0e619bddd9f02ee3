#pragma once

#include <functional>
#include <queue>
#include <set>
#include <tl/expected.hpp>
#include <vector>

#include "model/dice.h"
#include "simulator/conduct.h"

/// The one walk through the events of a plan. Internal to this room.
namespace casplan::simulator {

/// What is carried out. Refers to all that it is made from.
struct Task {
  const Organisation& organisation;
  const Plan& plan;
  const Timetable& timetable;  ///< of the plan
  const Readings& readings;
};

/// Carries a plan out, event by event: within a minute what ends comes before what breaks down, and that before what
/// begins. Refers to all that it is made from.
class Execution {
 public:
  using Changed = std::function<void(ServerId, Minutes)>;
  using Interval = std::function<void(Minutes from, Minutes to)>;

  /// `state` is the one in which the plan begins, and is changed; `changed` is told of every server that does.
  Execution(const Task& task, const Conduct& conduct, State& state, Changed changed);

  /// Shows every interval between events. When everything is over: at the plan's end, or later.
  tl::expected<Minutes, RefusedStep> run(const Interval& interval);

  [[nodiscard]] std::optional<StepIndex> last_ended() const { return last_ended_; }
  [[nodiscard]] const std::vector<RefusedStep>& refused() const { return refused_; }
  /// Folders that were copied, also in vain or once more; and steps that found theirs in place.
  [[nodiscard]] std::int64_t copies() const { return copies_; }
  /// Whether every step has ended with its effect.
  [[nodiscard]] bool is_finished() const { return is_finished_; }
  /// A number that all draws of the run bear on, in their order: runs that went the same way have the same.
  [[nodiscard]] std::uint64_t final_draw() const { return final_draw_; }
  /// Whether some step did not fit its window any more, and had to wait for another one or was given up.
  [[nodiscard]] bool missed_window() const { return missed_window_; }

 private:
  /// In the order in which events of one minute happen.
  enum class EventKind {
    step_ends,
    put_right,
    server_is_back,
    front_is_back,
    day_begins,
    server_goes,
    front_goes,
    due
  };
  struct Event {
    Minutes at;
    EventKind kind;
    std::uint32_t subject;  ///< a step, a server or a day

    friend auto operator<=>(const Event&, const Event&) = default;
  };
  struct Progress {
    std::uint32_t waits_for = 0;  ///< steps that have to end first
    std::uint32_t tries = 0;      ///< that failed
    bool is_due = false;
    bool is_over = false;
    Minutes begun{0};
  };

  [[nodiscard]] const PlannedStep& planned(StepIndex step) const { return at(plan_.steps, step); }
  [[nodiscard]] const Step& step(StepIndex index) const { return planned(index).step; }
  [[nodiscard]] Minutes planned_start(StepIndex index) const {
    return timetable_.minute(planned(index).schedule->start);
  }
  [[nodiscard]] Minutes length(StepIndex index) const {
    return planned(index).schedule->end - planned(index).schedule->start;
  }
  [[nodiscard]] bool happens(FaultKind kind, std::uint32_t subject, std::uint32_t number, Probability probability) {
    if (conduct_.faults == nullptr) return false;
    const FaultId fault{kind, subject, number};
    final_draw_ = scrambled(final_draw_ ^ conduct_.faults->draw(fault));
    return conduct_.faults->happens(fault, probability);
  }
  void expect(Minutes moment, EventKind kind, std::uint32_t subject) { events_.push({moment, kind, subject}); }
  void note(FaultKind kind, std::uint32_t subject, std::uint32_t number, ServerId server, Minutes from, Minutes to) {
    if (conduct_.log != nullptr) conduct_.log->incidents.push_back({{kind, subject, number}, server, from, to});
  }

  [[nodiscard]] std::optional<Minutes> next_event(Minutes now) const;
  void settle(Minutes now);
  void happen(const Event& event);

  std::optional<RefusedStep> begin_steps(Minutes now);
  void become_due(StepIndex index, Minutes now);
  void line_up(StepIndex index);
  [[nodiscard]] bool must_wait(StepIndex index) const;
  [[nodiscard]] bool waits_for_source(const Step& step) const;
  bool misses_window(StepIndex index, Minutes now);
  std::optional<RefusedStep> begin_step(StepIndex index, Minutes now);
  [[nodiscard]] std::optional<Refusal> refusal_of(StepIndex index);
  std::optional<RefusedStep> refuse_step(StepIndex index, const Refusal& refusal, Minutes now);

  void end_try(StepIndex index, Minutes now);
  void fail_try(StepIndex index, Minutes now, const StepFault& fault);
  void succeed(StepIndex index, Minutes now);
  void bring_effect(StepIndex index, Minutes now);
  void put_right(StepIndex index, Minutes now);
  void give_up(StepIndex index, Abandoned why, Minutes now);
  void leave(StepIndex index, Abandoned why, Minutes now);
  void close(StepIndex index);

  void begin_day(std::uint32_t day, Minutes now);
  void break_off(Minutes now);
  void take_down(ServerId server, Minutes now);
  void take_out_of_rotation(ServerId server, Minutes now);

  const Organisation& organisation_;
  const Plan& plan_;
  const Timetable& timetable_;
  const Readings& readings_;
  const Conduct& conduct_;
  State& state_;
  Changed changed_;
  std::vector<Progress> steps_;
  std::vector<std::optional<StepIndex>> occupant_;  // by server: the step that is done to it, or tried again
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
  std::size_t next_ = 0;              // in timetable_.by_start
  std::set<std::uint32_t> lined_up_;  // places in timetable_.by_start of steps that could begin
  std::vector<ServerId> fronts_;      // that may fall out of rotation
  std::size_t open_;                  // steps that are not over
  std::size_t wrong_ = 0;             // what has to be put right yet
  int crews_busy_ = 0;
  std::int64_t copies_ = 0;
  bool is_finished_ = true;
  bool missed_window_ = false;
  std::optional<StepIndex> last_ended_;
  std::uint64_t final_draw_ = 0;
  std::vector<RefusedStep> refused_;
};

}  // namespace casplan::simulator
