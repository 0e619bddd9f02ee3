#include <algorithm>

#include "planner/search/moves.h"

namespace casplan::planner {
namespace {

/// The times that are in both lists; each of them ascending.
std::vector<Times> in_both(const std::vector<Times>& some, const std::vector<Times>& others) {
  std::vector<Times> both;
  for (const Times& a : some) {
    for (const Times& b : others) {
      const std::int32_t earliest = std::max(a.latest - a.slack, b.latest - b.slack);
      const std::int32_t latest = std::min(a.latest, b.latest);
      if (earliest <= latest) both.push_back({latest, latest - earliest});
    }
  }
  return both;
}

/// The times of `all` that are in none of these.
std::vector<Times> without(const Times& all, const std::vector<Times>& taken) {
  std::vector<Times> rest;
  std::int32_t next = all.latest - all.slack;
  const auto add_until = [&](std::int32_t end) {
    if (next < end) rest.push_back({end - 1, end - 1 - next});
  };
  for (const Times& times : taken) {
    add_until(times.latest - times.slack);
    next = times.latest + 1;
  }
  add_until(all.latest + 1);
  return rest;
}

}  // namespace

bool Moves::fits_window(const Situation& situation, std::size_t worked, std::int32_t from, std::int32_t length) const {
  const Policy& policy = problem_.policy;
  const std::int32_t first = std::max(situation.minute - situation.slack + from, 0);
  std::int32_t last = situation.minute + from;
  if (policy.latest_end) {
    last = std::min(last, static_cast<std::int32_t>((*policy.latest_end - policy.start).count()) - length);
  }
  if (last < first) return false;
  if (policy.windows.empty()) return true;
  const Calendar& calendar = problem_.calendars.of(problem_.worked[worked].members.front());
  const Moment start = policy.start + Minutes(first);
  if (first == last) return calendar.is_open(start, start + Minutes(length));
  const auto open = calendar.earliest(start, Minutes(length));
  return open && *open <= policy.start + Minutes(last);
}

std::vector<Times> Moves::open_times(const Situation& situation, std::size_t worked, std::int32_t from,
                                     std::int32_t length) const {
  std::vector<Times> all;
  const Calendar& calendar = problem_.calendars.of(problem_.worked[worked].members.front());
  for (Situation left = situation; left.slack >= 0 && fits_window(left, worked, from, length);) {
    const std::int32_t soonest = std::max(left.minute - left.slack, -from);
    std::int32_t first = soonest;
    std::int32_t last = situation.minute;
    if (!calendar.is_always_open()) {
      const Moment open = *calendar.earliest(problem_.policy.start + Minutes(soonest + from), Minutes(length));
      const auto closes = calendar.next_boundary(open);
      const bool is_last = !closes || !calendar.is_open(open, *closes);
      const Minutes longer = is_last ? Minutes(0) : *closes - open - Minutes(length);
      first = static_cast<std::int32_t>((open - problem_.policy.start).count()) - from;
      last = std::min(last, first + static_cast<std::int32_t>(longer.count()));
    }
    if (problem_.policy.latest_end) {
      const auto end = static_cast<std::int32_t>((*problem_.policy.latest_end - problem_.policy.start).count());
      last = std::min(last, end - length - from);
    }
    all.push_back({last, last - first});
    left.slack = left.minute - last - 1;
  }
  return all;
}

/// At which of the situation's times the step of a move, and the drains right before it, are in their windows.
std::vector<Times> Moves::times_for(const Situation& situation, const Move& move) const {
  std::vector<Times> times{times_of(situation)};
  if (move.step) {
    times = in_both(times, open_times(situation, move.worked, 0, length(situation, move.worked, *move.step)));
  }
  for (const std::size_t drained : move.drained) {
    times = in_both(times, open_times(situation, drained, -drain_, drain_));
  }
  return times;
}

std::vector<Move> Moves::at_their_times(const Situation& situation, std::vector<Move> moves) const {
  if (situation.slack == 0) return moves;
  std::vector<Move> all;
  for (const Move& move : moves) {
    const auto times = times_for(situation, move);
    for (const Times& part : times) {
      all.push_back(move);
      if (part != times_of(situation)) all.back().times = part;
    }
  }
  return all;
}

/// The move alone at the times at which it may be made. The others are another situation.
std::vector<Move> Moves::apart(const Situation& situation, const Move& move) const {
  const auto times = times_for(situation, move);
  if (times.empty()) return {};
  if (times == std::vector{times_of(situation)}) return {move};
  std::vector<Move> all;
  for (const Times& part : times) all.push_back(narrowing_to(part));
  for (const Times& part : without(times_of(situation), times)) all.push_back(narrowing_to(part));
  return all;
}

}  // namespace casplan::planner
