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

void Moves::add_wait(const Situation& situation, std::vector<Move>& moves) {
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
  if (least) moves.push_back({Move::Kind::wait, *least, {}, 0, std::nullopt, 0, false});
}

}  // namespace casplan::planner
