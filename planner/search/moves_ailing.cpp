#include <algorithm>

#include "model/contracts.h"
#include "planner/search/moves.h"

namespace casplan::planner {

std::uint64_t Moves::ailing_under(const Situation& situation, const Encounter& encounter) {
  if (!encounter.ailing || situation.worked_before.empty()) return 0;
  return problem_.meetings.faults_today(encounter.path) & ~situation.worked_before[*encounter.ailing].front();
}

/// The ends of the path of an encounter, the front's first.
std::pair<MetEnd, MetEnd> Moves::ends(const Situation& situation, const Encounter& encounter, const MetEnd& own) {
  const MetEnd other =
      encounter.other ? met_end(situation.slots[*encounter.other]) : MetEnd{{encounter.fixed, std::nullopt}, 1};
  return encounter.end == Encounter::End::front ? std::pair(own, other) : std::pair(other, own);
}

/// Whether the path of an encounter fails today, and could be better not seen to work until the step has ended: the
/// upgrade of an end, or a folder that is put on the target, may let it fail again.
bool Moves::is_to_be_hidden(const Situation& situation, std::size_t worked, const Encounter& encounter,
                            const Step& step) {
  if (!encounter.other || ailing_under(situation, encounter) == 0) return false;
  const std::size_t other = *encounter.other;
  const auto hops_to_come = [&](std::size_t i) {
    return problem_.worked[i].hops.size() - situation.slots[i].hops_done;
  };
  const std::size_t upgrades = hops_to_come(worked) + hops_to_come(other) - (step.kind == StepKind::upgrade ? 1 : 0);
  const std::size_t target = encounter.end == Encounter::End::target ? worked : other;
  return upgrades > 0 || !problem_.worked[target].folders.empty();
}

bool Moves::has_path_to_hide(const Situation& situation, std::size_t worked, const Step& step) {
  const auto& encounters = problem_.worked[worked].encounters;
  return std::any_of(encounters.begin(), encounters.end(),
                     [&](const Encounter& encounter) { return is_to_be_hidden(situation, worked, encounter, step); });
}

/// Whether a path that is to be hidden comes to work with a step.
bool Moves::mends(const Situation& situation, std::size_t worked, const Encounter& encounter, const Step& step) {
  if (!is_to_be_hidden(situation, worked, encounter, step)) return false;
  const Slot& slot = situation.slots[worked];
  const auto [front, target] = ends(situation, encounter, met_end(slot, problem_.variants.after(slot.variant, step)));
  WorkedBefore seen = situation.worked_before[*encounter.ailing];
  WorkedBefore not_seen = seen;
  (void)go_on(problem_.meetings, encounter.path, front, target, seen);
  (void)go_on(problem_.meetings, encounter.path, MetEnd{{}, front.count}, MetEnd{{}, target.count}, not_seen);
  return seen != not_seen;
}

bool Moves::mends_a_path(const Situation& situation, std::size_t worked, const Step& step) {
  const auto& encounters = problem_.worked[worked].encounters;
  return std::any_of(encounters.begin(), encounters.end(),
                     [&](const Encounter& encounter) { return mends(situation, worked, encounter, step); });
}

/// What a variant of a server becomes, by and by.
std::vector<VariantId> Moves::to_come(const Situation& situation, std::size_t worked, VariantId variant) {
  const Slot& slot = situation.slots[worked];
  const Worked& server = problem_.worked[worked];
  std::vector<VariantId> all{variant};
  for (std::size_t hop = slot.hops_done; hop < server.hops.size(); ++hop) {
    const Step step{StepKind::upgrade, server.members.front(), server.hops[hop], std::nullopt, {}};
    all.push_back(problem_.variants.after(all.back(), step));
  }
  return all;
}

/// Whether a folder on the front of a path that fails today makes it work, now or some time, for users who are counted,
/// which is under the first value of each reading, or where it must not fail any more.
bool Moves::helps_users(const Situation& situation, std::size_t worked, const Encounter& encounter,
                        const Step& ensure) {
  const std::uint64_t may_fail = ailing_under(situation, encounter);
  if (may_fail == 0) return false;
  const std::uint64_t matters = ~may_fail | 1U;
  const VariantId now = situation.slots[worked].variant;
  const auto without = to_come(situation, worked, now);
  const auto with = to_come(situation, worked, problem_.variants.after(now, ensure));
  const std::size_t other = *encounter.other;
  const auto targets = to_come(situation, other, situation.slots[other].variant);
  for (std::size_t i = 0; i < with.size(); ++i) {
    const bool helps = std::any_of(targets.begin(), targets.end(), [&](VariantId target) {
      return (faults(encounter, without[i], target) & ~faults(encounter, with[i], target) & matters) != 0;
    });
    if (helps) return true;
  }
  return false;
}

/// A path that has worked once has to go on working.
void Moves::remember_what_works(Situation& situation, std::size_t worked) {
  if (situation.worked_before.empty()) return;
  for (const Encounter& encounter : problem_.worked[worked].encounters) {
    if (!encounter.ailing) continue;
    const auto [front, target] = ends(situation, encounter, met_end(situation.slots[worked]));
    const bool goes_on =
        go_on(problem_.meetings, encounter.path, front, target, situation.worked_before[*encounter.ailing]);
    expects(goes_on, "no step begins that breaks a path");
  }
}

}  // namespace casplan::planner
