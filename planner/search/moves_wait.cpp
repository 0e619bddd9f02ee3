#include <algorithm>

#include "planner/search/moves.h"

namespace casplan::planner {

std::optional<std::int32_t> Moves::next_window(const Situation& situation) const {
  const Policy& policy = problem_.policy;
  std::optional<std::int32_t> least;
  if (policy.windows.empty()) return least;
  const Moment now = policy.start + Minutes(situation.minute);
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const Worked& server = problem_.worked[i];
    std::vector<Minutes> lengths{policy.durations.ensure_folder, policy.durations.recycle, policy.durations.drain,
                                 policy.durations.return_to_service};
    if (situation.slots[i].hops_done < server.hops.size()) {
      lengths.emplace_back(server.minutes[situation.slots[i].hops_done]);
    }
    for (const Minutes length : lengths) {
      const auto start = problem_.calendars.of(server.members.front()).earliest(now, length);
      if (!start) continue;
      const auto wait = static_cast<std::int32_t>((*start - now).count());
      if (wait > 0 && (!least || wait < *least)) least = wait;
    }
  }
  return least;
}

/// Whether the clock runs, and nothing has been begun but drains that end later.
bool Moves::is_untouched(const Situation& situation) const {
  const Situation start = problem_.start();
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    Slot slot = situation.slots[i];
    if (slot.free_for != situation.slots.front().free_for) return false;
    slot.free_for = start.slots[i].free_for;
    if (slot != start.slots[i]) return false;
  }
  return situation.is_begun;
}

std::int32_t Moves::time_of_calendars(const Situation& situation) const {
  if (problem_.policy.windows.empty() && !problem_.policy.latest_end) return 0;
  if (situation.minute - situation.slack < recurring_from_ || problem_.policy.latest_end) return situation.minute;
  const auto week = static_cast<std::int32_t>(a_week.count());
  return recurring_from_ + (situation.minute - recurring_from_) % week;
}

/// Whether nothing is left that could be done to a server, but for a drain for the sake of another.
bool Moves::is_done(const Slot& slot, const Worked& server) const {
  const bool is_upgraded = slot.hops_done == server.hops.size() && slot.is_out != server.ends_in_service;
  return is_upgraded && !problem_.variants.has_to_load(slot.variant) &&
         std::all_of(server.folders.begin(), server.folders.end(),
                     [&](const OwaVersion& folder) { return problem_.variants.surely_holds(slot.variant, folder); });
}

/// The next minute in which some server may be worked on, or something ends.
std::optional<std::int32_t> Moves::next_minute(const Situation& situation) const {
  std::optional<std::int32_t> least;
  const auto consider = [&](std::int32_t minutes) {
    if (minutes > 0 && (!least || minutes < *least)) least = minutes;
  };
  const Moment next = problem_.policy.start + Minutes(situation.minute - situation.slack + 1);
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const Slot& slot = situation.slots[i];
    const Worked& server = problem_.worked[i];
    if (!is_idle(slot)) {
      consider(slot.left);
      continue;
    }
    if (is_done(slot, server)) continue;
    const auto open = problem_.calendars.of(server.members.front()).earliest(next, Minutes(0));
    if (open) consider(std::max(1, static_cast<std::int32_t>((*open - next).count() + 1 - situation.slack)));
  }
  return least;
}

/// After how many minutes something may start that may not start now: a step ends, a window opens, or a drain could
/// have been done.
std::optional<std::int32_t> Moves::next_change(const Situation& situation) const {
  const Moment now = problem_.policy.start + Minutes(situation.minute);
  const Minutes slack(situation.slack);
  std::optional<std::int32_t> least;
  const auto consider = [&](std::int32_t minutes) {
    if (minutes > 0 && (!least || minutes < *least)) least = minutes;
  };
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const Slot& slot = situation.slots[i];
    if (!is_idle(slot)) consider(slot.left);
    consider(drain_ - slot.free_for);
    consider(drain_ - slot.serving_for);
    const Calendar& calendar = problem_.calendars.of(problem_.worked[i].members.front());
    if (calendar.is_always_open()) continue;
    for (Moment after = now - slack - Minutes(drain_) - Minutes(1); after <= now;) {
      const auto boundary = calendar.next_boundary(after);
      if (!boundary) break;
      after = *boundary;
      for (const Minutes wait : {*boundary - now, *boundary - now + slack}) {
        consider(static_cast<std::int32_t>(wait.count()));
        consider(static_cast<std::int32_t>(wait.count()) + drain_);
      }
    }
  }
  return least;
}

/// In how many minutes something ends on a server: the step that runs, or the first drain that could still end.
std::vector<std::int32_t> Moves::ends_to_come(const Situation& situation, std::size_t worked) const {
  const Slot& slot = situation.slots[worked];
  if (!is_idle(slot)) return {slot.left};
  std::vector<std::int32_t> ends;
  if (slot.is_out) return ends;
  if (!slot.was_drained && slot.free_for < drain_) ends.push_back(drain_ - slot.free_for);
  const bool relieves = problem_.worked[worked].least_company > 0 && slot.serving_for < drain_;
  if (relieves) ends.push_back(drain_ - slot.serving_for);
  return ends;
}

/// Waits after which a chain of steps of this server ends when something on another one does.
template <class Consider>
void Moves::consider_common_ends(const Situation& situation, std::size_t worked, Consider consider) const {
  const Slot& slot = situation.slots[worked];
  if (!is_idle(slot)) return;
  const Durations& durations = problem_.policy.durations;
  const auto back = static_cast<std::int32_t>(durations.return_to_service.count());
  const auto load = static_cast<std::int32_t>(durations.recycle.count());
  const bool is_done = slot.hops_done == problem_.worked[worked].hops.size();
  std::vector<std::int32_t> own;
  if (is_done && slot.is_out) own = {back};
  if (!is_done && problem_.policy.crews > 1 && has_free_crew(situation)) {
    const std::int32_t upgrade = problem_.worked[worked].minutes[slot.hops_done];
    own = {upgrade, upgrade + back, upgrade + load + back};
  }
  for (std::size_t other = 0; !own.empty() && other < situation.slots.size(); ++other) {
    for (const std::int32_t end : ends_to_come(situation, other)) {
      for (const std::int32_t minutes : own) {
        for (const std::int32_t later : {0, back, load, load + back}) consider(end + later - minutes);
      }
    }
  }
}

/// The wait with which nothing is left out. The clock runs from the first step; if that is a drain, it ends as soon as
/// it may.
std::optional<std::int32_t> Moves::shortest_wait(const Situation& situation, const std::vector<Move>& moves) const {
  if (!situation.is_begun) return std::nullopt;
  if (is_untouched(situation)) {
    return situation.slots.front().free_for < drain_ ? std::optional<std::int32_t>(1) : std::nullopt;
  }
  const bool nothing_may_start = std::all_of(moves.begin(), moves.end(), [&](const Move& move) {
    return may_be_late(situation, move) && situation.late[move.worked];
  });
  return nothing_may_start ? next_change(situation) : next_minute(situation);
}

/// The wait for the next event.
std::optional<std::int32_t> Moves::wait_for_event(const Situation& situation) const {
  std::optional<std::int32_t> least = next_window(situation);
  const auto consider = [&](std::int32_t minutes) {
    if (minutes > 0 && (!least || minutes < *least)) least = minutes;
  };
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const Slot& slot = situation.slots[i];
    const Worked& server = problem_.worked[i];
    if (!is_idle(slot)) consider(slot.left);
    if (!situation.is_begun) continue;
    if (!slot.is_out && !slot.was_drained && is_idle(slot)) consider(drain_ - slot.free_for);
    if (server.least_company > 0 && serves(slot)) consider(drain_ - slot.serving_for);
    consider_common_ends(situation, i, consider);
  }
  return least;
}

void Moves::add_wait(const Situation& situation, std::vector<Move>& moves) {
  const auto wait = waits_ == Waits::every_minute ? shortest_wait(situation, moves) : wait_for_event(situation);
  if (wait) moves.push_back({.kind = Move::Kind::wait, .minutes = *wait});
}

}  // namespace casplan::planner
