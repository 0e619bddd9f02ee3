#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "model/site_links.h"
#include "model/topology.h"
#include "planner/phases.h"
#include "planner/server_set.h"

namespace casplan::planner {

/// A front, and a folder that is to be put there.
using FolderOn = std::pair<ServerId, OwaVersion>;

/// From whom the folders can be copied. Refers to what it is made from, which must live as long.
class FolderSources {
 public:
  FolderSources(const Organisation& organisation, const std::vector<ProxyPath>& paths, const PhaseTable& phases);

  /// Who holds a folder today under every reading: those that keep it first, of them the nearest to the front by site
  /// links, then those that do not change, then the targets that need it; the first thousand of them. Of those that may
  /// lose it a target that needs it is best, because it changes after its front anyway; where nobody keeps it, that one
  /// is all. Where a backup is kept, its keeper is the only one.
  [[nodiscard]] std::vector<ServerId> holders(const FolderOn& key, const ServerSet& targets);
  [[nodiscard]] bool has_holder(const FolderOn& key);

  /// Whether a server that holds a folder today, or keeps a backup, holds it after its change, too. No change brings
  /// back what it took away on the way.
  [[nodiscard]] bool stays_at(ServerId source, const OwaVersion& folder) const;

  /// Whether the folder would be the highest on a server to which somebody proxies, and the highest counts under some
  /// open reading: the fronts of that server would need it.
  [[nodiscard]] bool misleads_fronts_of(ServerId server, const OwaVersion& folder) const;

  /// Who can keep a backup of a folder that the front holds today: a server in service that holds it for good once it
  /// is put there, and whose fronts it does not mislead. The nearest of those that do not change, else of the others.
  [[nodiscard]] std::optional<ServerId> best_keeper(const FolderOn& key);

  void keep(const OwaVersion& folder, ServerId keeper) { keepers_.emplace(folder, keeper); }
  [[nodiscard]] bool has_keeper(const OwaVersion& folder) const { return keepers_.contains(folder); }

 private:
  /// Who holds a folder today under every reading, by id.
  struct Holders {
    std::vector<ServerId> lasting;  ///< those that keep it
    std::vector<ServerId> others;
  };
  [[nodiscard]] const Holders& holders_of(const OwaVersion& folder);
  [[nodiscard]] std::optional<ServerId> best_of_the_others(const FolderOn& key, const ServerSet& targets);
  [[nodiscard]] bool is_keeper(ServerId server, const OwaVersion& folder) const;
  /// Servers to which no site links lead are the furthest.
  [[nodiscard]] std::int64_t distance(ServerId from, ServerId to);

  const Organisation& organisation_;
  const PhaseTable& phases_;
  SiteDistances distances_;
  std::vector<bool> is_target_;             // by server: somebody proxies to it
  std::map<OwaVersion, ServerId> keepers_;  // of backups
  std::map<OwaVersion, Holders> holders_;
};

}  // namespace casplan::planner
