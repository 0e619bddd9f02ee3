#include "planner/phases.h"

#include <algorithm>
#include <map>

#include "model/contracts.h"
#include "simulator/transition.h"

namespace casplan::planner {
namespace {

/// By reading. An upgrade is decided by its own server, so the others are left alone.
std::vector<ServerState> after_change(const ServerState& before, const Hops& hops,
                                      const std::vector<Readings>& readings) {
  std::vector<ServerState> after(readings.size(), before);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    for (const BuildVersion& build : hops) {
      const Step step{StepKind::upgrade, {}, build, std::nullopt, {}};
      expects(!simulator::refuse(after[i], step), "the hops of a change can be applied one after the other");
      simulator::begin(after[i], step);
      simulator::finish(after[i], step, readings[i]);
    }
  }
  return after;
}

bool folder_helps(const Judgement& judgement) {
  return judgement.folder && judgement.rule != RuleId::older_front;
}

NeedKind kind_of(const Judgement& judgement) {
  switch (judgement.verdict) {
    case Verdict::event46: return folder_helps(judgement) ? NeedKind::folders : NeedKind::impossible;
    case Verdict::cannot_tell: return folder_helps(judgement) ? NeedKind::folders : NeedKind::unknown;
    case Verdict::fault: return NeedKind::refused;
    default: return NeedKind::nothing;
  }
}

Judgement judge_with_folder(ServerState front, const ServerState& target, const OwaVersion& folder,
                            const Readings& readings) {
  front.present.insert(folder);
  front.loaded.insert(folder);
  return judge_versions(front, target, readings);
}

/// The later of two kinds outweighs the earlier, except that what is impossible stays so whatever else is not known.
NeedKind worse(NeedKind a, NeedKind b) {
  if (a == NeedKind::impossible || b == NeedKind::impossible) return NeedKind::impossible;
  return std::max(a, b);
}

}  // namespace

PhaseTable::PhaseTable(const Organisation& organisation, const Changes& changes, const FixedReadings& fixed)
    : readings_(combinations(fixed)) {
  std::map<std::pair<ServerState, Hops>, std::uint32_t> known;
  const State found = initial_state(organisation);
  kind_of_.reserve(found.servers.size());
  for (std::size_t i = 0; i < found.servers.size(); ++i) {
    const auto change = changes.find(id_at<ServerId>(i));
    const Hops hops = change != changes.end() ? change->second : Hops{};
    const auto [place, is_new] = known.try_emplace({found.servers[i], hops}, static_cast<std::uint32_t>(kinds_.size()));
    if (is_new) {
      kinds_.push_back({found.servers[i], hops, {}});
      if (!hops.empty()) kinds_.back().after = after_change(found.servers[i], hops, readings_);
    }
    kind_of_.push_back(place->second);
  }
}

PhaseTable::End PhaseTable::end(std::size_t kind, Phase phase) {
  return static_cast<End>(kind * 2 + (phase == Phase::after ? 1 : 0));
}

const ServerState& PhaseTable::state(End end, std::size_t reading) const {
  const Kind& kind = kinds_[end / 2];
  const bool is_changed = end % 2 != 0 && !kind.after.empty();
  return is_changed ? kind.after[reading] : kind.before;
}

const Need& PhaseTable::need(ServerId front, Phase front_phase, ServerId target, Phase target_phase) const {
  const End at_front = end(kind(front), front_phase);
  const End at_target = end(kind(target), target_phase);
  const auto [place, is_new] = needs_.try_emplace(std::uint64_t{at_front} << 32U | at_target);
  if (is_new) place->second = judged(at_front, at_target);
  return place->second;
}

Need PhaseTable::judged(End front, End target) const {
  Need need;
  for (std::size_t i = 0; i < readings_.size(); ++i) {
    const ServerState& front_state = state(front, i);
    const ServerState& target_state = state(target, i);
    const auto judgement = judge_versions(front_state, target_state, readings_[i]);
    const NeedKind kind = kind_of(judgement);
    if (kind == NeedKind::nothing) continue;
    if (worse(need.kind, kind) != need.kind) need.judgement = judgement;
    need.kind = worse(need.kind, kind);
    if (kind == NeedKind::refused) continue;
    const auto today = judge_versions(kinds_[front / 2].before, kinds_[target / 2].before, readings_[i]);
    const bool fails_today = today.verdict == Verdict::event46;
    need.fails_today_too = need.fails_today_too && fails_today;
    if (kind != NeedKind::folders) continue;
    if (!fails_today) need.kept_working_by.insert(*judgement.folder);
    if (front_state.present.has(*judgement.folder) != Knowledge::yes) {
      need.folders.insert(*judgement.folder);
    } else {
      need.reload = true;
    }
    const auto mended = judge_with_folder(front_state, target_state, *judgement.folder, readings_[i]);
    need.refused_even_then = need.refused_even_then || mended.verdict == Verdict::fault;
  }
  if (need.kind == NeedKind::impossible) {
    need.folders.clear();
    need.kept_working_by.clear();
  }
  return need;
}

bool PhaseTable::surely_holds(ServerId server, Phase phase, const OwaVersion& folder) const {
  for (std::size_t i = 0; i < readings_.size(); ++i) {
    if (state(server, phase, i).present.has(folder) != Knowledge::yes) return false;
  }
  return true;
}

bool PhaseTable::survives_change(ServerId server, const OwaVersion& folder) const {
  return std::all_of(readings_.begin(), readings_.end(), [&](const Readings& readings) {
    ServerState state = kinds_[kind(server)].before;
    simulator::finish(state, {StepKind::ensure_folder, server, std::nullopt, folder, {}}, readings);
    for (const BuildVersion& build : kinds_[kind(server)].hops) {
      simulator::finish(state, {StepKind::upgrade, server, build, std::nullopt, {}}, readings);
    }
    return state.present.has(folder) == Knowledge::yes;
  });
}

std::optional<OwaVersion> PhaseTable::version(ServerId server, Phase phase) const {
  return state(server, phase, 0).owa_version;
}

bool PhaseTable::would_count_as_highest(ServerId server, const OwaVersion& folder) const {
  for (std::size_t i = 0; i < readings_.size(); ++i) {
    if (readings_[i].folder_match != FolderMatch::highest) continue;
    for (const Phase phase : {Phase::before, Phase::after}) {
      const FolderSet& present = state(server, phase, i).present;
      if (present.is_listed() && (present.known().empty() || present.known().back() < folder)) return true;
    }
  }
  return false;
}

std::string missing_fact(const Organisation& organisation, const ProxyPath& path) {
  const Server& front = at(organisation.servers, path.front);
  const Server& target = at(organisation.servers, path.target);
  for (const Server* server : {&front, &target}) {
    if (!running_owa_version(*server)) {
      return "The OWA version of " + server->name + " is not known. List the folders of ClientAccess\\owa on it.";
    }
  }
  return "The resource folders of " + target.name + " were not listed. Under the reading folder_match=highest, " +
         front.name + " needs the highest of them. List the folders of ClientAccess\\owa on " + target.name + ".";
}

}  // namespace casplan::planner
