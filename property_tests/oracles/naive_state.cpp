#include "property_tests/oracles/naive_state.h"

#include "model/catalogue.h"

namespace casplan::oracle {
namespace {

std::optional<OwaVersion> version_of(const Server& server) {
  if (server.owa_version) return server.owa_version;
  for (const Build& build : known_builds()) {
    if (server.build == build.version) return build.owa_version;
  }
  return std::nullopt;
}

Folders listed(const FolderList& folders) {
  Folders all;
  for (const ResourceFolder& folder : folders) all.sure.insert(folder.version);
  return all;
}

/// A CAS holds the folder of the version that it runs. What else there is, nobody knows.
Folders not_listed(const NaiveServer& server, const std::set<OwaVersion>& possible) {
  Folders folders;
  if (!server.is_cas) return folders;
  folders.perhaps = possible;
  if (server.version) {
    folders.sure.insert(*server.version);
    folders.perhaps.erase(*server.version);
  }
  return folders;
}

/// Only a hand can have put a folder of an earlier level there; one of another level may be a copy or not, as long as
/// nobody has listed the folders.
Folders presumed_copies(const NaiveServer& server) {
  Folders copies;
  for (const OwaVersion& folder : server.present.sure) {
    if (server.version && folder.level() < server.version->level()) copies.sure.insert(folder);
  }
  copies.perhaps = server.present.perhaps;
  return copies;
}

const Build* build_called(const std::optional<BuildVersion>& version) {
  for (const Build& build : known_builds()) {
    if (version == build.version) return &build;
  }
  return nullptr;
}

bool can_upgrade(const NaiveServer& server, const Step& step) {
  const Build* build = build_called(step.build);
  if (build == nullptr || !server.build) return false;
  const bool same_product = build->version.parts[0] == server.build->parts[0];
  const bool same_level = build->version.parts[1] == server.build->parts[1];
  if (!same_product || build->version == *server.build) return false;
  const bool goes_back = build->version < *server.build;
  return same_level || (!goes_back && !build->rollup);
}

bool can_ensure(const NaiveState& state, const Step& step) {
  if (state[step.server.value].present.sure.contains(*step.folder)) return true;
  for (std::size_t i = 0; i < state.size(); ++i) {
    bool may_be_source = step.sources.empty();
    for (const ServerId source : step.sources) may_be_source = may_be_source || source.value == i;
    if (may_be_source && state[i].present.sure.contains(*step.folder)) return true;
  }
  return false;
}

void put(Folders& folders, const OwaVersion& folder) {
  folders.sure.insert(folder);
  folders.perhaps.erase(folder);
}

/// What a service pack leaves of the folders: those that are not of an earlier level, and, under `installed_only`,
/// those that were copied by hand.
Folders left_by_service_pack(const Folders& folders, const Folders& by_hand, const OwaVersion& own,
                             const Readings& readings) {
  const bool copies_survive = readings.service_pack_removes == ServicePackRemoves::installed_only;
  Folders left;
  for (const OwaVersion& folder : folders.sure) {
    const bool earlier = folder.level() < own.level();
    if (!earlier || (copies_survive && by_hand.sure.contains(folder)))
      left.sure.insert(folder);
    else if (copies_survive && by_hand.perhaps.contains(folder))
      left.perhaps.insert(folder);
  }
  for (const OwaVersion& folder : folders.perhaps) {
    const bool earlier = folder.level() < own.level();
    const bool may_be_copy = by_hand.sure.contains(folder) || by_hand.perhaps.contains(folder);
    if (!earlier || (copies_survive && may_be_copy)) left.perhaps.insert(folder);
  }
  return left;
}

Folders left_by_rollup(const Folders& folders, const Readings& readings) {
  return readings.rollup_keeps == RollupKeeps::keeps ? folders : Folders{};
}

/// "Removing a rollup is possible and brings back the previous build." Under `folder_goes` each removed rollup takes
/// the folder along that it had added: that of the version that the server runs, and, of those between it and the
/// version that comes back, the ones that no hand has copied.
Folders left_by_removal(const NaiveServer& server, const OwaVersion& back, const Readings& readings) {
  if (readings.rollup_removal == RollupRemoval::folder_stays) return server.present;
  Folders left;
  const auto keep_what_stays = [&](const OwaVersion& folder, std::set<OwaVersion>& as) {
    const bool is_above = folder > back && (!server.version || folder <= *server.version);
    const bool is_own = folder == server.version;
    const bool is_copy = !is_own && server.copied_by_hand.sure.contains(folder);
    const bool may_be_copy = !is_own && server.copied_by_hand.perhaps.contains(folder);
    if (!is_above || is_copy) {
      as.insert(folder);
    } else if (may_be_copy || !server.version) {
      left.perhaps.insert(folder);
    }
  };
  for (const OwaVersion& folder : server.present.sure) keep_what_stays(folder, left.sure);
  for (const OwaVersion& folder : server.present.perhaps) keep_what_stays(folder, left.perhaps);
  return left;
}

Folders both(const Folders& a, const Folders& b) {
  Folders common;
  for (const OwaVersion& folder : a.sure) {
    if (b.sure.contains(folder)) common.sure.insert(folder);
    if (b.perhaps.contains(folder)) common.perhaps.insert(folder);
  }
  for (const OwaVersion& folder : a.perhaps) {
    if (b.sure.contains(folder) || b.perhaps.contains(folder)) common.perhaps.insert(folder);
  }
  return common;
}

bool may_be_there(const NaiveServer& server, const OwaVersion& folder) {
  return server.present.sure.contains(folder) || server.present.perhaps.contains(folder);
}

/// Resource folders lie below ClientAccess: what is installed on a server without that role brings none.
/// What is there already cannot be installed or removed once more: nothing changes.
void upgrade(NaiveServer& server, const Build& build, const OwaVersion& own, const Readings& readings) {
  if (server.build == build.version) return;
  if (server.build && build.version < *server.build) {
    server.present = left_by_removal(server, own, readings);
  } else if (build.rollup) {
    server.present = left_by_rollup(server.present, readings);
  } else {
    server.present = left_by_service_pack(server.present, server.copied_by_hand, own, readings);
  }
  server.build = build.version;
  server.version = own;
  if (server.is_cas) put(server.present, own);
  server.copied_by_hand = both(server.copied_by_hand, server.present);
  server.copied_by_hand.sure.erase(own);
  server.copied_by_hand.perhaps.erase(own);
  server.loaded = server.present;
  std::erase_if(server.partial,
                [&](const OwaVersion& folder) { return folder == own || !may_be_there(server, folder); });
}

void ensure(NaiveServer& server, const OwaVersion& folder) {
  server.partial.erase(folder);
  if (server.present.sure.contains(folder)) return;
  const bool may_have_been_there = server.present.perhaps.contains(folder);
  put(server.present, folder);
  if (!may_have_been_there) put(server.copied_by_hand, folder);
}

}  // namespace

std::set<OwaVersion> folders_that_may_exist(const Organisation& organisation) {
  std::set<OwaVersion> all{OwaVersion{{99, 99, 9999, 9999}}};
  for (const Build& build : known_builds()) all.insert(build.owa_version);
  for (const Server& server : organisation.servers) {
    if (const auto version = version_of(server)) all.insert(*version);
    for (const ResourceFolder& folder : server.folders.value_or(FolderList{})) all.insert(folder.version);
  }
  return all;
}

NaiveServer found(const Server& server, const std::set<OwaVersion>& possible) {
  NaiveServer state;
  state.is_cas = server.is_cas();
  state.build = server.build;
  state.version = version_of(server);
  state.present = server.folders ? listed(*server.folders) : not_listed(state, possible);
  state.loaded = server.loaded_folders ? listed(*server.loaded_folders) : state.present;
  state.copied_by_hand = server.hand_copied_folders ? listed(*server.hand_copied_folders) : presumed_copies(state);
  state.in_service = server.in_service != false;
  return state;
}

NaiveState found(const Organisation& organisation) {
  const auto possible = folders_that_may_exist(organisation);
  NaiveState state;
  for (const Server& server : organisation.servers) state.push_back(found(server, possible));
  return state;
}

bool can_begin(const NaiveServer& server, const Step& step) {
  switch (step.kind) {
    case StepKind::drain: return server.in_service;
    case StepKind::return_to_service: return !server.in_service;
    case StepKind::recycle:
    case StepKind::ensure_folder: return true;
    case StepKind::upgrade: return can_upgrade(server, step);
  }
  return false;
}

bool can_begin(const NaiveState& state, const Step& step) {
  if (step.kind == StepKind::ensure_folder) return can_ensure(state, step);
  return can_begin(state[step.server.value], step);
}

void end_step(NaiveServer& server, const Step& step, const Readings& readings, const std::optional<OwaVersion>& own) {
  switch (step.kind) {
    case StepKind::drain: server.in_service = false; break;
    case StepKind::return_to_service: server.in_service = true; break;
    case StepKind::recycle: server.loaded = server.present; break;
    case StepKind::ensure_folder: ensure(server, *step.folder); break;
    case StepKind::upgrade: {
      const Build& build = *build_called(step.build);
      upgrade(server, build, own.value_or(build.owa_version), readings);
    }
  }
}

void end_step(NaiveState& state, const Step& step, const Readings& readings) {
  end_step(state[step.server.value], step, readings);
}

std::optional<NaiveState> after(const NaiveState& before, const Step& step, const Readings& readings) {
  if (!can_begin(before, step)) return std::nullopt;
  NaiveState state = before;
  end_step(state, step, readings);
  return state;
}

}  // namespace casplan::oracle
