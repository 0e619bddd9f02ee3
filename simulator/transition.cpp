#include "simulator/transition.h"

#include <algorithm>

#include "model/catalogue.h"
#include "model/contracts.h"

namespace casplan::simulator {
namespace {

bool is_out(const ServerState& server) {
  return !server.is_in_service();
}

bool is_upgrading(const ServerState& server) {
  return server.service == Service::upgrading || server.service == Service::upgrading_drained;
}

std::optional<RefusalReason> refuse_upgrade(const ServerState& server, const BuildVersion& wanted) {
  const Build* build = find_build(wanted);
  if (build == nullptr) return RefusalReason::build_not_catalogued;
  if (!server.build) return RefusalReason::build_not_known;
  if (product_of(server.build->level()) != product_of(wanted.level())) return RefusalReason::other_product;
  if (wanted == *server.build) return RefusalReason::not_an_upgrade;
  if (wanted < *server.build && !removes_rollups(*server.build, wanted)) return RefusalReason::service_pack_stays;
  if (build->is_rollup() && server.build->level() != wanted.level()) return RefusalReason::rollup_for_other_level;
  return std::nullopt;
}

/// The best knowledge that any of the sources holds the folder.
Knowledge held_by_source(const State& state, const Step& step) {
  Knowledge best = Knowledge::no;
  const auto look_at = [&](ServerId source) {
    if (source == step.server) return;
    const Knowledge holds = at(state.servers, source).holds_whole(*step.folder);
    if (holds == Knowledge::yes || (holds == Knowledge::unknown && best == Knowledge::no)) best = holds;
  };
  if (step.sources.empty()) {
    for (std::size_t i = 0; i < state.servers.size() && best != Knowledge::yes; ++i) look_at(id_at<ServerId>(i));
  }
  for (const ServerId source : step.sources) look_at(source);
  return best;
}

std::optional<RefusalReason> refuse_ensure(const State& state, const Step& step) {
  if (at(state.servers, step.server).holds_whole(*step.folder) == Knowledge::yes) return std::nullopt;
  switch (held_by_source(state, step)) {
    case Knowledge::yes: return std::nullopt;
    case Knowledge::no: return RefusalReason::no_source;
    case Knowledge::unknown: break;
  }
  return RefusalReason::source_not_known;
}

void install_rollup(ServerState& server, const Readings& readings) {
  if (readings.rollup_keeps == RollupKeeps::may_remove) server.present.clear();
}

void install_service_pack(ServerState& server, Level level, const Readings& readings) {
  const bool copies_survive = readings.service_pack_removes == ServicePackRemoves::installed_only;
  server.present.remove_below(level, copies_survive ? server.hand_copied : FolderSet());
}

/// The folders above the one of the build that comes back are those of the rollups that are removed, but for copies.
void remove_rollups(ServerState& server, const OwaVersion& back, const Readings& readings) {
  if (readings.rollup_removal == RollupRemoval::folder_stays) return;
  if (!server.owa_version) return server.present.forget_above(back);
  const std::vector<OwaVersion> present = server.present.known();
  for (const OwaVersion& folder : present) {
    const bool is_copy = folder != server.owa_version && server.hand_copied.has(folder) == Knowledge::yes;
    if (folder > back && folder <= server.owa_version && !is_copy) server.present.erase(folder);
  }
}

void change_folders(ServerState& server, const Build& build, const Readings& readings) {
  if (server.build && removes_rollups(*server.build, build.version)) {
    remove_rollups(server, build.owa_version, readings);
  } else if (build.is_rollup()) {
    install_rollup(server, readings);
  } else {
    install_service_pack(server, build.version.level(), readings);
  }
}

/// What is done a second time changes nothing.
void finish_upgrade(ServerState& server, const Build& build, const Readings& readings) {
  server.service = server.service == Service::upgrading ? Service::in_service : Service::drained;
  if (server.build == build.version) return;
  change_folders(server, build, readings);
  server.hand_copied.intersect(server.present);
  if (server.is_cas) server.present.insert(build.owa_version);
  server.hand_copied.erase(build.owa_version);
  server.partial.intersect(server.present);
  server.partial.erase(build.owa_version);
  server.loaded = server.present;
  server.build = build.version;
  server.owa_version = build.owa_version;
}

void put_folder(ServerState& server, const OwaVersion& folder) {
  if (server.present.has(folder) == Knowledge::no) server.hand_copied.insert(folder);
  server.present.insert(folder);
  server.partial.erase(folder);
}

}  // namespace

std::optional<RefusalReason> refuse(const ServerState& server, const Step& step) {
  if (is_upgrading(server)) return RefusalReason::upgrade_in_progress;
  switch (step.kind) {
    case StepKind::drain: return is_out(server) ? std::optional(RefusalReason::already_drained) : std::nullopt;
    case StepKind::return_to_service:
      return server.is_in_service() ? std::optional(RefusalReason::already_in_service) : std::nullopt;
    case StepKind::upgrade: return refuse_upgrade(server, *step.build);
    case StepKind::ensure_folder:
    case StepKind::recycle: break;
  }
  return std::nullopt;
}

void begin(ServerState& server, const Step& step) {
  if (step.kind != StepKind::upgrade) return;
  server.service = server.is_in_service() ? Service::upgrading : Service::upgrading_drained;
}

void finish(ServerState& server, const Step& step, const Readings& readings) {
  switch (step.kind) {
    case StepKind::drain: server.service = Service::drained; break;
    case StepKind::return_to_service: server.service = Service::in_service; break;
    case StepKind::upgrade: finish_upgrade(server, *find_build(*step.build), readings); break;
    case StepKind::ensure_folder: put_folder(server, *step.folder); break;
    case StepKind::recycle: server.loaded = server.present; break;
  }
}

std::optional<Refusal> begin(State& state, const Step& step) {
  expects((step.kind == StepKind::upgrade) == step.build.has_value(), "an upgrade, and nothing else, has a build");
  expects((step.kind == StepKind::ensure_folder) == step.folder.has_value(), "an ensure_folder has a folder");
  ServerState& server = at(state.servers, step.server);
  auto reason = refuse(server, step);
  if (!reason && step.kind == StepKind::ensure_folder) reason = refuse_ensure(state, step);
  if (reason) return Refusal{*reason, step.server};
  begin(server, step);
  return std::nullopt;
}

void finish(State& state, const Step& step, const Readings& readings) {
  finish(at(state.servers, step.server), step, readings);
}

tl::expected<State, Refusal> apply(const State& state, const Step& step, const Readings& readings) {
  State next = state;
  if (const auto refusal = begin(next, step)) return tl::unexpected(*refusal);
  finish(next, step, readings);
  return next;
}

}  // namespace casplan::simulator
