#include "planner/search/prospects.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace casplan::planner {

CrewQueue::CrewQueue(std::vector<Minute> free) : free_(std::move(free)) {
  std::make_heap(free_.begin(), free_.end(), std::greater<>());
}

void CrewQueue::take_until(Minute end) {
  std::pop_heap(free_.begin(), free_.end(), std::greater<>());
  free_.back() = end;
  std::push_heap(free_.begin(), free_.end(), std::greater<>());
}

Prospects::Prospects(Problem& problem)
    : problem_(problem),
      groups_(problem),
      loading_(problem.policy.readings.folder_load == FolderLoad::at_once ? 0
                                                                          : problem.policy.durations.recycle.count()),
      copying_(problem.policy.durations.ensure_folder.count() + loading_),
      returning_(problem.policy.durations.return_to_service.count()) {}

std::vector<Minute> Prospects::crews(const Situation& situation) const {
  std::vector<Minute> free;
  for (const Slot& slot : situation.slots) {
    if (is_crew_work(slot.doing)) free.push_back(situation.minute + slot.left);
  }
  free.resize(static_cast<std::size_t>(problem_.policy.crews), situation.minute);
  return free;
}

Minute Prospects::minutes_left(const Situation& situation, std::size_t worked) const {
  const Slot& slot = situation.slots[worked];
  const Worked& server = problem_.worked[worked];
  Minute minutes = 0;
  std::size_t hop = slot.hops_done;
  if (slot.doing == Slot::Doing::upgrade) {
    minutes += slot.left;
    ++hop;
  }
  for (; hop < server.hops.size(); ++hop) minutes += server.minutes[hop];
  return minutes;
}

/// A drain may have begun when the server was worked on last, or in any of its windows since.
Minute Prospects::may_be_out(const Situation& situation, std::size_t worked) const {
  const Slot& slot = situation.slots[worked];
  if (slot.is_out || !problem_.worked[worked].must_be_drained) return situation.minute;
  const Minute draining = problem_.policy.durations.drain.count();
  const Minute from = std::max<Minute>(situation.minute - slot.free_for, 0);
  return std::max<Minute>(situation.minute, earliest(worked, from, draining) + draining);
}

Minute Prospects::is_not_met(const Situation& situation, std::size_t front) const {
  const Slot& slot = situation.slots[front];
  if (!serves(slot) || slot.hops_done > 0) return situation.minute;
  if (problem_.worked[front].must_be_drained) return may_be_out(situation, front);
  return earliest(front, situation.minute, 0);
}

Minute Prospects::changed(const Situation& situation, std::size_t front, Minute crew_free) const {
  const Slot& slot = situation.slots[front];
  if (slot.doing == Slot::Doing::upgrade) return situation.minute + slot.left;
  if (slot.hops_done > 0) return situation.minute;
  const Minute length = problem_.worked[front].minutes.front();
  return earliest(front, std::max(crew_free, may_be_out(situation, front)), length) + length;
}

Minute Prospects::back(const Situation& situation, std::size_t worked, Minute changed, Copying copying) const {
  const Slot& slot = situation.slots[worked];
  const auto after = [&](Minute from, Minute length) { return earliest(worked, from, length) + length; };
  if (slot.doing == Slot::Doing::return_to_service) return situation.minute + slot.left;
  Minute at = changed;
  const bool copies_now = slot.doing == Slot::Doing::ensure_folder;
  if (copies_now || slot.doing == Slot::Doing::recycle) at += slot.left;
  if (copying == Copying::another) at = after(at, problem_.policy.durations.ensure_folder.count());
  if (copies_now || copying == Copying::another) at = after(at, loading_);
  return after(at, returning_);
}

VariantId Prospects::in_the_end(const Situation& situation, std::size_t worked) {
  const Slot& slot = situation.slots[worked];
  const Worked& server = problem_.worked[worked];
  VariantId variant = slot.next;
  std::size_t hop = slot.hops_done + (slot.doing == Slot::Doing::upgrade ? 1U : 0U);
  for (; hop < server.hops.size(); ++hop) {
    const Step upgrade{StepKind::upgrade, server.members.front(), server.hops[hop], std::nullopt, {}};
    variant = problem_.variants.after(variant, upgrade);
  }
  return variant;
}

std::vector<Way> Prospects::ways_back(const Situation& situation, std::size_t front, Minute at_once) {
  const VariantId variant = in_the_end(situation, front);
  std::vector<Way> ways{{at_once, variant}};
  if (!problem_.variants.has_to_load(variant)) return ways;
  const Slot& slot = situation.slots[front];
  const Step recycle{StepKind::recycle, problem_.worked[front].members.front(), std::nullopt, std::nullopt, {}};
  const Minute later = is_idle(slot) && slot.is_out ? loading_ : 0;
  ways.push_back({at_once + later, problem_.variants.after(variant, recycle)});
  return ways;
}

}  // namespace casplan::planner
