#include "planner/phases.h"

#include <algorithm>

#include "model/contracts.h"
#include "simulator/transition.h"

namespace casplan::planner {
namespace {

/// An upgrade is decided by its own server, so the others are left alone.
std::vector<ServerState> after_changes(std::vector<ServerState> servers, const Changes& changes,
                                       const Readings& readings) {
  for (const auto& [id, builds] : changes) {
    ServerState& server = at(servers, id);
    for (const BuildVersion& build : builds) {
      const Step step{StepKind::upgrade, id, build, std::nullopt, {}};
      expects(!simulator::refuse(server, step), "the hops of a change can be applied one after the other");
      simulator::begin(server, step);
      simulator::finish(server, step, readings);
    }
  }
  return servers;
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
    : readings_(combinations(fixed)), changes_(changes) {
  before_ = initial_state(organisation).servers;
  for (const Readings& readings : readings_) after_.push_back(after_changes(before_, changes, readings));
}

const ServerState& PhaseTable::state(ServerId server, Phase phase, std::size_t reading) const {
  return phase == Phase::before ? at(before_, server) : at(after_[reading], server);
}

Need PhaseTable::need(ServerId front, Phase front_phase, ServerId target, Phase target_phase) const {
  Need need;
  for (std::size_t i = 0; i < readings_.size(); ++i) {
    const ServerState& front_state = state(front, front_phase, i);
    const ServerState& target_state = state(target, target_phase, i);
    const auto judgement = judge_versions(front_state, target_state, readings_[i]);
    const NeedKind kind = kind_of(judgement);
    if (kind == NeedKind::nothing) continue;
    if (worse(need.kind, kind) != need.kind) need.judgement = judgement;
    need.kind = worse(need.kind, kind);
    if (kind == NeedKind::refused) continue;
    const auto today = judge_versions(at(before_, front), at(before_, target), readings_[i]);
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
    ServerState state = at(before_, server);
    simulator::finish(state, {StepKind::ensure_folder, server, std::nullopt, folder, {}}, readings);
    for (const BuildVersion& build : changes_.at(server)) {
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
