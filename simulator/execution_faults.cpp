#include "simulator/execution.h"

/// What goes wrong in an execution.
namespace casplan::simulator {
namespace {

/// After the plan's end. Nobody waits longer.
constexpr Minutes most_delay = std::chrono::days(3653);

}  // namespace

/// The server is kept for the step until it has succeeded or is given up; the crew goes.
void Execution::fail_try(StepIndex index, Minutes now, const StepFault& fault) {
  Progress& progress = at(steps_, index);
  const std::uint32_t number = progress.tries++;
  const bool was_last = static_cast<int>(progress.tries) >= conduct_.faults->model().tries;
  note(FaultKind::step_fails, index.value, number, step(index).server, now, was_last ? now : now + fault.repair);
  if (was_last) return give_up(index, Abandoned::tried_too_often, now);
  progress.is_due = false;
  expect(now + fault.repair, EventKind::due, index.value);
}

void Execution::bring_effect(StepIndex index, Minutes now) {
  const Step& ended = step(index);
  const auto go_wrong = [&](FaultKind kind, const PassingFault& fault) {
    if (!happens(kind, index.value, 0, fault.probability)) return false;
    note(kind, index.value, 0, ended.server, now, now + fault.minutes);
    if (fault.minutes == Minutes(0)) return false;
    expect(now + fault.minutes, EventKind::put_right, index.value);
    ++wrong_;
    return true;
  };
  const bool may_go_wrong = conduct_.faults != nullptr;
  if (may_go_wrong && ended.kind == StepKind::recycle &&
      go_wrong(FaultKind::forgotten_recycle, conduct_.faults->model().forgotten_recycle)) {
    return;
  }
  ServerState& server = at(state_.servers, ended.server);
  const bool copies = ended.kind == StepKind::ensure_folder && server.holds_whole(*ended.folder) != Knowledge::yes;
  finish(state_, ended, readings_);
  if (may_go_wrong && copies && go_wrong(FaultKind::partial_copy, conduct_.faults->model().partial_copy)) {
    server.partial.insert(*ended.folder);
  }
}

void Execution::put_right(StepIndex index, Minutes now) {
  const Step& wrong = step(index);
  if (wrong.kind == StepKind::recycle) {
    finish(state_, wrong, readings_);
  } else {
    at(state_.servers, wrong.server).partial.erase(*wrong.folder);
    ++copies_;
  }
  changed_(wrong.server, now);
  --wrong_;
}

/// With all that waits for it.
void Execution::give_up(StepIndex index, Abandoned why, Minutes now) {
  std::vector<StepIndex> lost{index};
  while (!lost.empty()) {
    const StepIndex next = lost.back();
    lost.pop_back();
    if (at(steps_, next).is_over) continue;
    leave(next, next == index ? why : Abandoned::waits_forever, now);
    const auto& waiting = at(conduct_.limits->waiting, next);
    lost.insert(lost.end(), waiting.begin(), waiting.end());
  }
}

/// A server whose upgrade is given up stays out of service.
void Execution::leave(StepIndex index, Abandoned why, Minutes now) {
  if (conduct_.log != nullptr) conduct_.log->abandoned.push_back({index, why, now});
  is_finished_ = false;
  close(index);
  const Step& left = step(index);
  if (at(occupant_, left.server) != index) return;
  at(occupant_, left.server).reset();
  if (left.kind != StepKind::upgrade) return;
  at(state_.servers, left.server).service = Service::drained;
  changed_(left.server, now);
}

void Execution::begin_day(std::uint32_t day, Minutes now) {
  if (now > timetable_.end + most_delay) break_off(now);
  const FaultModel& model = conduct_.faults->model();
  const auto draw = [&](FaultKind kind, ServerId server, const PassingFault& fault, EventKind event) {
    const FaultId id{kind, server.value, day};
    if (!happens(kind, server.value, day, fault.probability)) return;
    expect(now + conduct_.faults->minute_of_day(id), event, server.value);
  };
  for (std::size_t i = 0; i < organisation_.servers.size(); ++i) {
    draw(FaultKind::server_down, id_at<ServerId>(i), model.server_down, EventKind::server_goes);
  }
  for (const ServerId front : fronts_) {
    draw(FaultKind::front_out_of_rotation, front, model.front_out_of_rotation, EventKind::front_goes);
  }
  expect(now + std::chrono::days(1), EventKind::day_begins, day + 1);
}

void Execution::break_off(Minutes now) {
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (!steps_[i].is_over) give_up(id_at<StepIndex>(i), Abandoned::no_end, now);
  }
}

/// What goes wrong with a server while it is worked on is the step's own fault, so nothing more happens to it then.
void Execution::take_down(ServerId server, Minutes now) {
  const Minutes minutes = conduct_.faults->model().server_down.minutes;
  ServerState& state = at(state_.servers, server);
  if (at(occupant_, server) || state.is_down || minutes == Minutes(0)) return;
  const auto day = static_cast<std::uint32_t>(now / std::chrono::days(1));
  note(FaultKind::server_down, server.value, day, server, now, now + minutes);
  state.is_down = true;
  changed_(server, now);
  expect(now + minutes, EventKind::server_is_back, server.value);
}

void Execution::take_out_of_rotation(ServerId server, Minutes now) {
  const Minutes minutes = conduct_.faults->model().front_out_of_rotation.minutes;
  ServerState& state = at(state_.servers, server);
  if (state.is_out_of_rotation || minutes == Minutes(0)) return;
  const auto day = static_cast<std::uint32_t>(now / std::chrono::days(1));
  note(FaultKind::front_out_of_rotation, server.value, day, server, now, now + minutes);
  state.is_out_of_rotation = true;
  changed_(server, now);
  expect(now + minutes, EventKind::front_is_back, server.value);
}

}  // namespace casplan::simulator
