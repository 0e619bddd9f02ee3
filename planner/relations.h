#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/policy.h"
#include "model/topology.h"
#include "planner/out_before_in.h"
#include "planner/phases.h"
#include "planner/server_set.h"

namespace casplan::planner {

/// A folder that has to be put on a front.
struct FolderWork {
  ServerId front;
  OwaVersion folder;
  /// Who holds it at that time, in order of preference. Where nobody holds it for good, one server, which waits.
  std::vector<ServerId> sources;
  ServerSet targets;  ///< whose paths need it
  std::string why;
  bool stays_at_source = false;    ///< the first source holds it for good
  bool survives_change = false;    ///< put on the front before its change, it is there after it
  bool is_final = false;           ///< the front changes, and some path needs it in the end
  bool comes_with_source = false;  ///< the first source holds it only once it has changed
  ServerSet broken_today{};        ///< those of the targets whose paths fail today wherever they need it
};

/// A folder that a front holds today, that its own change may take away, and that no other server holds for good: it is
/// put aside on one that keeps it.
struct Backup {
  ServerId keeper;
  ServerId holder;  ///< the front
  OwaVersion folder;
};

/// What the proxy paths ask of a plan.
struct Relations {
  std::vector<OutBeforeIn> out_before_in;
  std::vector<Gate> gates;
  /// Folders that the sources hold today. They are put on the front while it is out for its own change; on a front
  /// that does not change, before the targets come back changed.
  std::vector<FolderWork> with_front;
  /// Folders that exist only once the first source has been upgraded; it waits for them before it comes back.
  std::vector<FolderWork> with_target;
  /// Folders that a front needs until it changes itself, because its targets change before it and are older than it
  /// then. They are loaded before the targets come back. The first source may be one of the targets.
  std::vector<FolderWork> before_front;
  /// Taken before the holder changes. The keepers are sources of other works.
  std::vector<Backup> backups;
  /// Fronts that hold folders that they have not loaded, with the targets whose paths need them.
  std::map<ServerId, std::set<ServerId>> recycle_only;
  std::vector<std::string> because;    ///< why it cannot be done at all
  std::vector<std::string> not_found;  ///< what this planner finds no way around, though there may be one
  std::vector<std::string> missing;    ///< facts without which it cannot be told
};

/// The paths that the version rule decides: proxied, between known sites, and between servers that were found in
/// service. Plans leave the others out of service, so nobody takes their paths.
[[nodiscard]] std::vector<ProxyPath> version_paths(const Organisation& organisation);
/// Those of the servers that are to return, too.
[[nodiscard]] std::vector<ProxyPath> version_paths(const Organisation& organisation, const Policy& policy);

/// Derives the relations, path by path. Fronts go first wherever the other order would break a path, and targets where
/// a front would come back older than they are, or where the policy wants them first. Folders beyond the policy's limit
/// of copies are avoided, where that is possible, by having both ends out of service at a time.
[[nodiscard]] Relations relations_of(const Organisation& organisation, const Policy& policy,
                                     const std::vector<ProxyPath>& paths, const PhaseTable& phases);

}  // namespace casplan::planner
