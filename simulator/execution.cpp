#include "simulator/execution.h"

#include <algorithm>
#include <utility>

#include "model/contracts.h"

namespace casplan::simulator {

Execution::Execution(const Task& task, const Conduct& conduct, State& state, Changed changed)
    : organisation_(task.organisation),
      plan_(task.plan),
      timetable_(task.timetable),
      readings_(task.readings),
      conduct_(conduct),
      state_(state),
      changed_(std::move(changed)),
      steps_(task.plan.steps.size()),
      occupant_(task.organisation.servers.size()),
      open_(task.plan.steps.size()) {
  expects(conduct.faults == nullptr || conduct.limits != nullptr, "who meets faults has to wait");
  for (std::size_t i = 0; conduct.limits != nullptr && i < steps_.size(); ++i) {
    steps_[i].waits_for = conduct.limits->waits_for[i];
  }
  if (conduct.faults == nullptr) return;
  if (conduct.faults->model().front_out_of_rotation.probability != Probability()) fronts_ = fronts(organisation_);
  expect(Minutes(0), EventKind::day_begins, 0);
}

tl::expected<Minutes, RefusedStep> Execution::run(const Interval& interval) {
  Minutes now{0};
  while (true) {
    settle(now);
    if (auto refused = begin_steps(now)) return tl::unexpected(std::move(*refused));
    const auto next = next_event(now);
    interval(now, next.value_or(now));
    if (!next) return now;
    now = *next;
  }
}

std::optional<Minutes> Execution::next_event(Minutes now) const {
  std::optional<Minutes> next;
  const auto consider = [&](Minutes moment) { next = std::min(next.value_or(moment), moment); };
  const bool is_over = open_ == 0 && wrong_ == 0;
  if (is_over && now >= timetable_.end) return std::nullopt;
  if (is_over) consider(timetable_.end);
  if (next_ < timetable_.by_start.size()) consider(planned_start(timetable_.by_start[next_]));
  if (!events_.empty()) consider(events_.top().at);
  return next;
}

void Execution::settle(Minutes now) {
  while (!events_.empty() && events_.top().at == now) {
    const Event event = events_.top();
    events_.pop();
    happen(event);
  }
}

void Execution::happen(const Event& event) {
  const StepIndex index{event.subject};
  const ServerId server{event.subject};
  switch (event.kind) {
    case EventKind::step_ends: return end_try(index, event.at);
    case EventKind::put_right: return put_right(index, event.at);
    case EventKind::server_is_back: at(state_.servers, server).is_down = false; return changed_(server, event.at);
    case EventKind::front_is_back:
      at(state_.servers, server).is_out_of_rotation = false;
      return changed_(server, event.at);
    case EventKind::day_begins: return begin_day(event.subject, event.at);
    case EventKind::server_goes: return take_down(server, event.at);
    case EventKind::front_goes: return take_out_of_rotation(server, event.at);
    case EventKind::due: at(steps_, index).is_due = true; return line_up(index);
  }
}

/// Steps of no length end as they begin, and a step that is given up frees its server: others may wait for that.
std::optional<RefusedStep> Execution::begin_steps(Minutes now) {
  for (; next_ < timetable_.by_start.size() && planned_start(timetable_.by_start[next_]) == now; ++next_) {
    become_due(timetable_.by_start[next_], now);
  }
  for (auto place = lined_up_.begin(); place != lined_up_.end();) {
    const StepIndex index = timetable_.by_start[*place];
    if (!at(steps_, index).is_over && must_wait(index)) {
      ++place;
      continue;
    }
    place = lined_up_.erase(place);
    const std::size_t open_before = open_;
    if (at(steps_, index).is_over) continue;
    if (!misses_window(index, now)) {
      if (auto refused = begin_step(index, now)) return refused;
    }
    if (open_ != open_before) place = lined_up_.begin();
  }
  return std::nullopt;
}

void Execution::become_due(StepIndex index, Minutes now) {
  if (at(steps_, index).is_over) return;
  if (needs_crew(step(index).kind) && conduct_.faults != nullptr) {
    const auto& [probability, late] = conduct_.faults->model().late_crew;
    if (happens(FaultKind::late_crew, index.value, 0, probability)) {
      note(FaultKind::late_crew, index.value, 0, step(index).server, now, now + late);
      if (late > Minutes(0)) return expect(now + late, EventKind::due, index.value);
    }
  }
  at(steps_, index).is_due = true;
  line_up(index);
}

/// Where it is due, and all that it waits for has ended.
void Execution::line_up(StepIndex index) {
  const Progress& progress = at(steps_, index);
  if (progress.is_over || !progress.is_due || progress.waits_for > 0) return;
  lined_up_.insert(at(timetable_.place, index));
}

bool Execution::must_wait(StepIndex index) const {
  if (conduct_.limits == nullptr) return false;
  const Step& wanted = step(index);
  const auto& occupant = at(occupant_, wanted.server);
  if (occupant && *occupant != index) return true;
  if (at(state_.servers, wanted.server).is_down) return true;
  if (needs_crew(wanted.kind) && crews_busy_ >= conduct_.limits->crews) return true;
  return wanted.kind == StepKind::ensure_folder && waits_for_source(wanted);
}

/// Whether those that hold the folder are all down, or hold it in part.
bool Execution::waits_for_source(const Step& copy) const {
  if (at(state_.servers, copy.server).holds_whole(*copy.folder) == Knowledge::yes) return false;
  bool is_held = false;
  const auto is_at_hand = [&](ServerId source) {
    const ServerState& server = at(state_.servers, source);
    if (source == copy.server || server.present.has(*copy.folder) != Knowledge::yes) return false;
    is_held = true;
    return !server.is_down && server.holds_whole(*copy.folder) == Knowledge::yes;
  };
  if (!copy.sources.empty()) return std::none_of(copy.sources.begin(), copy.sources.end(), is_at_hand) && is_held;
  for (std::size_t i = 0; i < state_.servers.size(); ++i) {
    if (is_at_hand(id_at<ServerId>(i))) return false;
  }
  return is_held;
}

/// Whether the step does not fit a window any more. Then it is due in the next one, or given up where there is none.
bool Execution::misses_window(StepIndex index, Minutes now) {
  if (conduct_.limits == nullptr) return false;
  const Calendar& calendar = conduct_.limits->calendars.of(step(index).server);
  const auto earliest = calendar.earliest(timetable_.start + now, length(index));
  if (earliest == timetable_.start + now) return false;
  missed_window_ = true;
  if (earliest) {
    at(steps_, index).is_due = false;
    expect(timetable_.minute(*earliest), EventKind::due, index.value);
  } else {
    give_up(index, Abandoned::no_window, now);
  }
  return true;
}

std::optional<Refusal> Execution::refusal_of(StepIndex index) {
  const Step& wanted = step(index);
  if (at(occupant_, wanted.server) && at(steps_, index).tries == 0) {
    return Refusal{RefusalReason::step_in_progress, wanted.server};
  }
  const bool is_frozen = conduct_.frozen != nullptr && conduct_.frozen->contains(wanted.server);
  if (wanted.kind == StepKind::upgrade && is_frozen) return Refusal{RefusalReason::frozen, wanted.server};
  // An upgrade that is tried again has begun already.
  if (wanted.kind == StepKind::upgrade && at(steps_, index).tries > 0) return std::nullopt;
  return begin(state_, wanted);
}

std::optional<RefusedStep> Execution::begin_step(StepIndex index, Minutes now) {
  const Step& wanted = step(index);
  if (const auto refusal = refusal_of(index)) return refuse_step(index, *refusal, now);
  Progress& progress = at(steps_, index);
  progress.begun = now;
  at(occupant_, wanted.server) = index;
  if (needs_crew(wanted.kind)) ++crews_busy_;
  if (length(index) == Minutes(0)) {
    end_try(index, now);
    return std::nullopt;
  }
  if (wanted.kind == StepKind::upgrade && progress.tries == 0) changed_(wanted.server, now);
  expect(now + length(index), EventKind::step_ends, index.value);
  return std::nullopt;
}

/// What waits for a step that is refused is done all the same where the schedule alone counts.
std::optional<RefusedStep> Execution::refuse_step(StepIndex index, const Refusal& refusal, Minutes now) {
  RefusedStep refused{index, refusal, now, at(state_.servers, step(index).server)};
  if (conduct_.on_refusal == OnRefusal::stop) return refused;
  refused_.push_back(std::move(refused));
  if (conduct_.limits != nullptr) {
    give_up(index, Abandoned::refused, now);
  } else {
    is_finished_ = false;
    close(index);
  }
  return std::nullopt;
}

void Execution::end_try(StepIndex index, Minutes now) {
  const Step& ended = step(index);
  if (needs_crew(ended.kind)) --crews_busy_;
  if (ended.kind == StepKind::ensure_folder) ++copies_;
  const StepFault* fault = nullptr;
  if (conduct_.faults != nullptr) {
    fault = &fault_of(conduct_.faults->model(), ended, at(state_.servers, ended.server).build);
  }
  const std::uint32_t number = at(steps_, index).tries;
  const bool fails = fault != nullptr && happens(FaultKind::step_fails, index.value, number, fault->probability);
  if (conduct_.log != nullptr) conduct_.log->tries.push_back({index, at(steps_, index).begun, now, !fails});
  if (fails) return fail_try(index, now, *fault);
  succeed(index, now);
}

void Execution::succeed(StepIndex index, Minutes now) {
  at(occupant_, step(index).server).reset();
  bring_effect(index, now);
  changed_(step(index).server, now);
  last_ended_ = index;
  close(index);
  if (conduct_.limits == nullptr) return;
  for (const StepIndex next : at(conduct_.limits->waiting, index)) {
    --at(steps_, next).waits_for;
    line_up(next);
  }
}

void Execution::close(StepIndex index) {
  at(steps_, index).is_over = true;
  --open_;
}

}  // namespace casplan::simulator
