#include <algorithm>

#include "planner/search/moves.h"

namespace casplan::planner {

/// Whether the server's next upgrade may begin before a copy that begins now has ended.
bool Moves::is_upgraded_meanwhile(const Situation& situation, std::size_t worked) const {
  const Worked& server = problem_.worked[worked];
  const std::size_t hop = situation.slots[worked].hops_done;
  if (hop == server.hops.size()) return false;
  const Moment now = problem_.policy.start + Minutes(situation.minute);
  const auto start = problem_.calendars.of(server.members.front()).earliest(now, Minutes(server.minutes[hop]));
  return start && *start < now + problem_.policy.durations.ensure_folder;
}

/// Who could be the source. One stands for all, unless whoever it is would have to wait for its own upgrade.
std::vector<ServerId> Moves::sources(const Situation& situation, std::size_t worked, std::size_t folder) const {
  if (standing_sources_[folder]) return {*standing_sources_[folder]};
  const auto holds = [&](VariantId variant) {
    return problem_.variants.surely_holds(variant, problem_.wanted[folder]);
  };
  std::vector<ServerId> all;
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const Slot& slot = situation.slots[i];
    const Worked& server = problem_.worked[i];
    if (i == worked) continue;
    std::optional<ServerId> source;
    if (holds(slot.variant) && holds(slot.next)) {
      source = server.members[slot.members_done];
    } else if (server.members.size() > 1 && !server.hops.empty()) {
      if (slot.members_done > 0 && holds(server.after)) {
        source = server.members.front();
      } else if (slot.members_done + 1U < server.members.size() && holds(server.before)) {
        source = server.members.back();
      }
    }
    if (!source) continue;
    if (waits_ == Waits::for_events || !is_upgraded_meanwhile(situation, i)) return {*source};
    all.push_back(*source);
  }
  return all;
}

/// Whether another front may want the folder when nobody holds it any more, so that it is worth keeping here till then.
bool Moves::is_worth_keeping(const Situation& situation, std::size_t worked, std::size_t folder) {
  if (standing_sources_[folder]) return false;
  const OwaVersion& name = problem_.wanted[folder];
  bool is_wanted = false;
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const Slot& slot = situation.slots[i];
    const Worked& server = problem_.worked[i];
    const auto& folders = server.folders;
    const bool lacks_it_later = !problem_.variants.surely_holds(in_the_end(slot.variant, slot, server), name);
    if (problem_.variants.surely_holds(slot.variant, name) && !lacks_it_later) return false;
    const bool asks_for_it = std::find(folders.begin(), folders.end(), name) != folders.end();
    is_wanted = is_wanted || (i != worked && asks_for_it && lacks_it_later);
  }
  return is_wanted;
}

VariantId Moves::in_the_end(VariantId variant, const Slot& slot, const Worked& worked) {
  for (std::size_t hop = slot.hops_done; hop < worked.hops.size(); ++hop) {
    variant = problem_.variants.after(variant,
                                      {StepKind::upgrade, worked.members.front(), worked.hops[hop], std::nullopt, {}});
  }
  return variant;
}

/// Whether a path lacks the folder now, or will with the target as it is or as it becomes.
bool Moves::is_useful(const Situation& situation, std::size_t worked, const OwaVersion& folder) {
  const Slot& slot = situation.slots[worked];
  const Worked& front = problem_.worked[worked];
  const auto lacks = [&](VariantId own, VariantId target) {
    const auto wanting = problem_.meetings.wanting(own, target);
    return std::find(wanting.begin(), wanting.end(), folder) != wanting.end();
  };
  const Step ensure{StepKind::ensure_folder, front.members.front(), std::nullopt, folder, {}};
  const VariantId end_without = in_the_end(slot.variant, slot, front);
  const VariantId end_with = in_the_end(problem_.variants.after(slot.variant, ensure), slot, front);
  const bool lasts = problem_.variants.surely_holds(end_with, folder);
  for (const Encounter& encounter : front.encounters) {
    if (encounter.end == Encounter::End::target) continue;
    if (encounter.ailing && helps_users(situation, worked, encounter, ensure)) return true;
    VariantId target = encounter.fixed;
    VariantId target_end = target;
    if (encounter.other) {
      const Slot& other = situation.slots[*encounter.other];
      target = other.variant;
      target_end = in_the_end(target, other, problem_.worked[*encounter.other]);
    }
    if (lacks(slot.variant, target)) return true;
    if (lasts && (lacks(end_without, target) || lacks(end_without, target_end))) return true;
    const bool may_stay_older = problem_.policy.readings.older_front == OlderFront::needs_folder;
    const bool is_newer = problem_.variants.state(slot.variant, 0).owa_version > folder;
    if (encounter.other && (slot.hops_done == front.hops.size() || is_newer || may_stay_older)) {
      const Slot& other = situation.slots[*encounter.other];
      const Worked& target_server = problem_.worked[*encounter.other];
      for (std::size_t hop = other.hops_done; hop < target_server.hops.size(); ++hop) {
        target = problem_.variants.after(
            target, {StepKind::upgrade, target_server.members.front(), target_server.hops[hop], std::nullopt, {}});
        if (lacks(slot.variant, target)) return true;
      }
    }
  }
  return false;
}

void Moves::add_folder_work(const Situation& situation, std::vector<Move>& moves) {
  const bool may_copy =
      has_free_crew(situation) && (!problem_.policy.copies || situation.copies < *problem_.policy.copies);
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const Slot& slot = situation.slots[i];
    const Worked& server = problem_.worked[i];
    const bool is_one_cas =
        server.members.size() == 1 && at(problem_.organisation.servers, server.members.front()).is_cas();
    if (!is_one_cas || !is_idle(slot) || (slot.is_out && !server.ends_in_service)) continue;
    const auto add = [&](const Step& step, std::size_t which) {
      const std::size_t first = moves.size();
      if (!may_start(situation, i, step)) return;
      add_with(situation, slot.is_out ? Clearance{} : clearance(situation, i, step), i, step, moves);
      // On a server that does not change, the work may be begun with its drain.
      const bool may_be_begun_with_it = server.hops.empty() || has_path_to_hide(situation, i, step);
      if (!slot.is_out && may_be_begun_with_it) add_drained(situation, i, step, moves);
      for (std::size_t k = first; k < moves.size(); ++k) moves[k].rank = rank(i, which);
    };
    for (std::size_t k = 0; may_copy && k < problem_.wanted.size(); ++k) {
      const OwaVersion& folder = problem_.wanted[k];
      if (problem_.variants.surely_holds(slot.variant, folder)) continue;
      const auto from = sources(situation, i, k);
      if (from.empty() || (!is_useful(situation, i, folder) && !is_worth_keeping(situation, i, k))) continue;
      for (const ServerId source : from) {
        add({StepKind::ensure_folder, server.members.front(), std::nullopt, folder, {source}}, 3 + k);
      }
    }
    if (problem_.variants.has_to_load(slot.variant)) {
      add({StepKind::recycle, server.members.front(), std::nullopt, std::nullopt, {}}, 2);
    }
  }
}

}  // namespace casplan::planner
