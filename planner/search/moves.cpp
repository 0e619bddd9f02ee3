#include "planner/search/moves.h"

#include <algorithm>

#include "model/contracts.h"

namespace casplan::planner {
namespace {

/// How the server, or some member of the herd, may be met in service until its running step has ended, in whatever
/// order.
std::vector<VariantId> met_as(const Slot& slot, const Worked& worked) {
  std::vector<VariantId> all;
  if (!slot.is_out) all.push_back(slot.variant);
  const bool comes_in = slot.doing == Slot::Doing::return_to_service;
  if (!is_idle(slot) && (!slot.is_out || comes_in)) all.push_back(slot.next);
  if (worked.hops.empty() || worked.members.size() == 1) return all;
  if (slot.members_done > 0) all.push_back(worked.after);
  if (slot.members_done + 1U < worked.members.size()) all.push_back(worked.before);
  return all;
}

Slot::Doing doing(StepKind kind) {
  switch (kind) {
    case StepKind::upgrade: return Slot::Doing::upgrade;
    case StepKind::ensure_folder: return Slot::Doing::ensure_folder;
    case StepKind::recycle: return Slot::Doing::recycle;
    case StepKind::return_to_service: return Slot::Doing::return_to_service;
    case StepKind::drain: break;
  }
  return Slot::Doing::nothing;
}

/// Until all that is open once is over, and for a week more, in which drains may have begun.
std::int32_t minutes_until_weeks_recur(const Policy& policy) {
  Minutes last{0};
  for (const Window& window : policy.windows) {
    if (const auto* dated = std::get_if<DatedTime>(&window.time)) last = std::max(last, dated->end - policy.start);
  }
  return static_cast<std::int32_t>((last + a_week).count());
}

void end_step(Slot& slot, const Worked& worked) {
  const bool came_in =
      slot.doing == Slot::Doing::return_to_service || (slot.doing == Slot::Doing::upgrade && !slot.is_out);
  if (slot.doing == Slot::Doing::upgrade) ++slot.hops_done;
  if (slot.doing == Slot::Doing::return_to_service) slot.is_out = false;
  if (came_in) slot.serving_for = 0;
  slot.variant = slot.next;
  slot.doing = Slot::Doing::nothing;
  slot.source = 0;
  slot.left = 0;
  slot.free_for = 0;
  const bool next_turn =
      !worked.hops.empty() && slot.hops_done == worked.hops.size() && slot.members_done + 1U < worked.members.size();
  if (!next_turn) return;
  ++slot.members_done;
  slot.hops_done = 0;
  slot.variant = slot.next = worked.before;
}

}  // namespace

Moves::Moves(Problem& problem, Waits waits)
    : problem_(problem),
      waits_(waits),
      drain_(static_cast<std::int32_t>(problem.policy.durations.drain.count())),
      recurring_from_(minutes_until_weeks_recur(problem.policy)),
      last_beginning_(problem.policy.windows.empty() ? 0 : recurring_from_) {
  for (const OwaVersion& folder : problem.wanted) standing_sources_.push_back(problem.standing_source(folder));
}

std::int32_t Moves::length(const Situation& situation, std::size_t worked, const Step& step) const {
  if (step.kind == StepKind::upgrade) return problem_.worked[worked].minutes[situation.slots[worked].hops_done];
  return static_cast<std::int32_t>(duration_of(step, std::nullopt, problem_.policy.durations).count());
}

std::uint32_t Moves::rank(std::size_t worked, std::size_t which) const {
  return static_cast<std::uint32_t>(1 + worked * 64 + which);
}

std::uint64_t Moves::faults(const Encounter& encounter, VariantId own, VariantId other) {
  const bool is_front = encounter.end == Encounter::End::front;
  return problem_.meetings.faults(is_front ? own : other, is_front ? other : own);
}

bool Moves::is_clear(const Situation& situation, std::size_t worked, const Encounter& encounter, VariantId variant) {
  if (problem_.policy.event46 == Event46::minimise) return true;
  if (encounter.ailing) {
    WorkedBefore before = situation.worked_before[*encounter.ailing];
    const auto [front, target] = ends(situation, encounter, met_end(situation.slots[worked], variant));
    return go_on(problem_.meetings, encounter.path, front, target, before);
  }
  if (!encounter.other) return faults(encounter, variant, encounter.fixed) == 0;
  const auto met = met_as(situation.slots[*encounter.other], problem_.worked[*encounter.other]);
  return std::all_of(met.begin(), met.end(), [&](VariantId other) { return faults(encounter, variant, other) == 0; });
}

Moves::Clearance Moves::clearance(const Situation& situation, std::size_t worked, const Step& step) {
  Clearance result;
  const VariantId variant = problem_.variants.after(situation.slots[worked].variant, step);
  const auto add_once = [](std::vector<std::size_t>& servers, std::size_t server) {
    if (std::find(servers.begin(), servers.end(), server) == servers.end()) servers.push_back(server);
  };
  for (const Encounter& encounter : problem_.worked[worked].encounters) {
    const bool may_leave = encounter.other && may_be_drained(situation, *encounter.other);
    if (!is_clear(situation, worked, encounter, variant)) {
      if (!may_leave) return {false, {}, {}};
      add_once(result.to_drain, *encounter.other);
    } else if (may_leave && mends(situation, worked, encounter, step)) {
      add_once(result.to_hide, *encounter.other);
    }
  }
  std::sort(result.to_drain.begin(), result.to_drain.end());
  return result;
}

/// The running step of a server ends.
void Moves::end(Situation& situation, std::size_t worked) const {
  Slot& slot = situation.slots[worked];
  const bool could_be_met = met_end(slot).count == 2;
  end_step(slot, problem_.worked[worked]);
  if (!could_be_met || situation.worked_before.empty()) return;
  for (const Encounter& encounter : problem_.worked[worked].encounters) {
    if (!encounter.ailing) continue;
    WorkedBefore& before = situation.worked_before[*encounter.ailing];
    encounter.end == Encounter::End::front ? end_at_front(before) : end_at_target(before);
  }
}

/// Whether the upgrade of a server may begin: those of the servers that the policy wants before it have ended.
bool Moves::may_be_upgraded(const Situation& situation, std::size_t worked) const {
  const auto& before = problem_.worked[worked].upgraded_before;
  return std::all_of(before.begin(), before.end(), [&](std::size_t first) {
    return situation.slots[first].hops_done == problem_.worked[first].hops.size();
  });
}

bool Moves::keeps_company(const Situation& situation, const std::vector<std::size_t>& leaving, std::size_t worked,
                          std::int32_t since) const {
  const Worked& server = problem_.worked[worked];
  if (server.least_company == 0) return true;
  const auto stay = std::count_if(server.company.begin(), server.company.end(), [&](std::size_t other) {
    const Slot& slot = situation.slots[other];
    const bool leaves = other == worked || std::find(leaving.begin(), leaving.end(), other) != leaving.end();
    return !leaves && serves(slot) && slot.serving_for >= since;
  });
  return static_cast<std::size_t>(stay) + server.standing_company >= server.least_company;
}

bool Moves::may_be_drained(const Situation& situation, std::size_t worked) const {
  const Slot& slot = situation.slots[worked];
  const Worked& server = problem_.worked[worked];
  const bool is_changing_herd = server.members.size() > 1 && !server.hops.empty();
  return !is_changing_herd && !slot.was_drained && !slot.is_out && is_idle(slot) && slot.free_for >= drain_ &&
         keeps_company(situation, {}, worked, drain_) && fits_window(situation, worked, -drain_, drain_);
}

bool Moves::has_free_crew(const Situation& situation) const {
  const auto busy = std::count_if(situation.slots.begin(), situation.slots.end(),
                                  [](const Slot& slot) { return is_crew_work(slot.doing); });
  return busy < problem_.policy.crews;
}

bool Moves::is_a_source(const Situation& situation, std::size_t worked) const {
  return std::any_of(situation.slots.begin(), situation.slots.end(),
                     [&](const Slot& slot) { return slot.source == worked + 1; });
}

/// What does not depend on the other ends of its paths.
bool Moves::may_start(const Situation& situation, std::size_t worked, const Step& step) const {
  return is_idle(situation.slots[worked]) && fits_window(situation, worked, 0, length(situation, worked, step));
}

Step Moves::upgrade(const Situation& situation, std::size_t worked) const {
  const Worked& server = problem_.worked[worked];
  const Slot& slot = situation.slots[worked];
  return {StepKind::upgrade, server.members[slot.members_done], server.hops[slot.hops_done], std::nullopt, {}};
}

void Moves::add_with(const Situation& situation, const Clearance& clearance, std::size_t worked, const Step& step,
                     std::vector<Move>& moves) {
  if (!clearance.is_possible) return;
  std::vector<std::size_t> leaving;
  for (const std::size_t other : clearance.to_drain) {
    if (!keeps_company(situation, leaving, other, drain_)) return;
    leaving.push_back(other);
  }
  for (const std::size_t other : clearance.to_hide) {
    moves.push_back(drain_of(other));
    moves.back().hides_a_path = true;
  }
  moves.push_back(start_of(worked, step, std::move(leaving)));
}

bool Moves::harms_nobody(const Situation& situation, std::size_t worked) {
  const auto& encounters = problem_.worked[worked].encounters;
  return std::all_of(encounters.begin(), encounters.end(), [&](const Encounter& encounter) {
    const auto others = encounter.other ? met_as(situation.slots[*encounter.other], problem_.worked[*encounter.other])
                                        : std::vector<VariantId>{encounter.fixed};
    return std::all_of(others.begin(), others.end(),
                       [&](VariantId other) { return faults(encounter, situation.slots[worked].variant, other) == 0; });
  });
}

/// Whether every path works with the server as it is when those who are out now come back, as they are or in the end.
bool Moves::fits_those_who_are_out(const Situation& situation, std::size_t worked) {
  const auto& encounters = problem_.worked[worked].encounters;
  return std::all_of(encounters.begin(), encounters.end(), [&](const Encounter& encounter) {
    if (!encounter.other || !situation.slots[*encounter.other].is_out) return true;
    const Slot& other = situation.slots[*encounter.other];
    const VariantId own = situation.slots[worked].variant;
    const VariantId then = in_the_end(other.variant, other, problem_.worked[*encounter.other]);
    return faults(encounter, own, other.variant) == 0 && faults(encounter, own, then) == 0;
  });
}

/// Returns the first that harms nobody, if there is one: it is not put off at the times at which it may be.
std::vector<Move> Moves::add_returns(const Situation& situation, std::vector<Move>& moves) {
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const Slot& slot = situation.slots[i];
    const Worked& server = problem_.worked[i];
    const Step step{StepKind::return_to_service, server.members.front(), std::nullopt, std::nullopt, {}};
    const bool is_done = slot.hops_done == server.hops.size();
    // Who was found out of service may serve again until its upgrade.
    if (!slot.is_out || !server.ends_in_service || (slot.was_drained && !is_done)) continue;
    if (!may_start(situation, i, step)) continue;
    const std::size_t first = moves.size();
    add_with(situation, clearance(situation, i, step), i, step, moves);
    if (moves.size() == first) continue;
    for (std::size_t k = first; k < moves.size(); ++k) moves[k].rank = rank(i, 0);
    if (is_done && !server.may_rest && harms_nobody(situation, i) && fits_those_who_are_out(situation, i) &&
        !mends_a_path(situation, i, step)) {
      moves.back().rank = situation.last_start;
      if (auto parts = apart(situation, moves.back()); !parts.empty()) return parts;
    }
  }
  return {};
}

void Moves::add_drained(const Situation& situation, std::size_t worked, const Step& step, std::vector<Move>& moves) {
  if (may_be_drained(situation, worked)) moves.push_back(start_of(worked, step, {worked}));
}

/// Whether somebody may be at work on the other end of a path before the upgrade has ended, so that the server might
/// not be met at once.
bool Moves::may_have_to_wait(const Situation& situation, std::size_t worked) const {
  if (waits_ != Waits::every_minute) return false;
  const auto& encounters = problem_.worked[worked].encounters;
  return std::any_of(encounters.begin(), encounters.end(), [&](const Encounter& encounter) {
    if (!encounter.other) return false;
    const Slot& other = situation.slots[*encounter.other];
    return other.is_out || !is_idle(other) || other.hops_done < problem_.worked[*encounter.other].hops.size();
  });
}

void Moves::add_upgrades(const Situation& situation, std::vector<Move>& moves) {
  if (!has_free_crew(situation)) return;
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const Slot& slot = situation.slots[i];
    const Worked& server = problem_.worked[i];
    if (!is_idle(slot) || slot.hops_done >= server.hops.size() || is_a_source(situation, i)) continue;
    if (!may_be_upgraded(situation, i)) continue;
    const Step step = upgrade(situation, i);
    if (!may_start(situation, i, step)) continue;
    const std::size_t first = moves.size();
    if (slot.is_out) {
      moves.push_back(start_of(i, step));
    } else if (server.must_be_drained) {
      add_drained(situation, i, step, moves);
    } else {
      const Clearance undrained = clearance(situation, i, step);
      if (keeps_company(situation, undrained.to_drain, i, 0)) add_with(situation, undrained, i, step, moves);
      const bool may_wait = may_have_to_wait(situation, i) || has_path_to_hide(situation, i, step) ||
                            !fits_those_who_are_out(situation, i) ||
                            (problem_.policy.event46 == Event46::minimise && !server.encounters.empty());
      if (!undrained.is_possible || !undrained.to_drain.empty() || may_wait) add_drained(situation, i, step, moves);
    }
    for (std::size_t k = first; k < moves.size(); ++k) moves[k].rank = rank(i, 1);
  }
}

bool Moves::may_be_late(const Situation& situation, const Move& move) const {
  const bool is_upgrade = move.kind == Move::Kind::start && move.step && move.step->kind == StepKind::upgrade;
  if (waits_ != Waits::every_minute || !is_upgrade) return false;
  const bool was_out = situation.slots[move.worked].is_out && move.drained.empty();
  return was_out || move.drained == std::vector{move.worked};
}

/// Drains of which the users have something at once: nobody meets Event 46 there any more, or others carry them who are
/// ahead. All the others end when something needs them.
void Moves::add_drains(const Situation& situation, std::vector<Move>& moves) {
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    if (!may_be_drained(situation, i)) continue;
    moves.push_back(drain_of(i));
    moves.back().rank = rank(i, 63);
  }
}

std::vector<Move> Moves::of(const Situation& situation) {
  std::vector<Move> moves;
  if (!situation.is_begun) {
    moves.push_back({.kind = Move::Kind::begin});
    if (!problem_.policy.windows.empty()) add_wait(situation, moves);
    return moves;
  }
  if (auto harmless = add_returns(situation, moves); !harmless.empty()) return harmless;
  add_upgrades(situation, moves);
  add_folder_work(situation, moves);
  add_drains(situation, moves);
  for (Move& move : moves) move.is_tried = move.rank < situation.last_start;
  moves = at_their_times(situation, std::move(moves));
  add_wait(situation, moves);
  return moves;
}

Situation Moves::make(const Situation& situation, const Move& move) {
  Situation next = situation;
  if (move.times) {
    next.minute = move.times->latest;
    next.slack = move.times->slack;
  }
  if (move.kind == Move::Kind::narrow) return next;
  if (move.kind == Move::Kind::begin) {
    next.is_begun = true;
    if (waits_ == Waits::every_minute) next.minute = next.slack = last_beginning_;
    return next;
  }
  if (move.kind == Move::Kind::wait) {
    next.minute += move.minutes;
    next.last_start = 0;
    if (!next.is_begun) return next;
    for (std::size_t i = 0; i < next.slots.size(); ++i) {
      Slot& slot = next.slots[i];
      slot.serving_for = std::min(drain_, slot.serving_for + move.minutes);
      if (slot.doing == Slot::Doing::nothing) {
        slot.free_for = std::min(drain_, slot.free_for + move.minutes);
      } else if ((slot.left -= move.minutes) == 0) {
        end(next, i);
      }
    }
    return next;
  }
  for (const std::size_t drained : move.drained) {
    next.slots[drained].is_out = true;
    next.slots[drained].was_drained = true;
  }
  // Who is taken out for another one may be worked on at once, too.
  const bool only_itself = move.drained.empty() || (move.step && move.drained == std::vector{move.worked});
  next.last_start = only_itself ? move.rank : 0;
  if (!move.step) return next;
  Slot& slot = next.slots[move.worked];
  slot.doing = doing(move.step->kind);
  slot.next = slot.variant;
  if (move.step->kind != StepKind::return_to_service) slot.next = problem_.variants.after(slot.variant, *move.step);
  slot.left = length(situation, move.worked, *move.step);
  if (move.step->kind == StepKind::ensure_folder) {
    ++next.copies;
    const auto source = problem_.worked_with(move.step->sources.front());
    const bool is_alone = source && problem_.worked[*source].members.size() == 1;
    slot.source = static_cast<std::uint16_t>(is_alone ? *source + 1 : 0);
  }
  remember_what_works(next, move.worked);
  if (slot.left == 0) end(next, move.worked);
  return next;
}

bool Moves::is_goal(const Situation& situation) {
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const Slot& slot = situation.slots[i];
    const Worked& server = problem_.worked[i];
    if (!is_idle(slot) || slot.hops_done < server.hops.size()) return false;
    if (slot.is_out && server.ends_in_service) return false;
    for (const Encounter& encounter : server.encounters) {
      const VariantId other = encounter.other ? situation.slots[*encounter.other].variant : encounter.fixed;
      const bool is_front = encounter.end == Encounter::End::front;
      if (!problem_.meetings.works(is_front ? slot.variant : other, is_front ? other : slot.variant)) return false;
    }
  }
  return true;
}

}  // namespace casplan::planner
