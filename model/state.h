#pragma once

#include <compare>
#include <optional>
#include <vector>

#include "model/organisation.h"

namespace casplan {

enum class Knowledge { yes, no, unknown };

/// The resource folders on a server, as far as they are known. Folders that nobody listed may exist from some level up;
/// a service pack that removes earlier folders raises that level.
class FolderSet {
 public:
  FolderSet() = default;  ///< known to be empty
  [[nodiscard]] static FolderSet of(const FolderList& folders);
  /// A server whose folders were not listed: it holds `own` for sure, and perhaps others.
  [[nodiscard]] static FolderSet unlisted(std::optional<OwaVersion> own);

  [[nodiscard]] Knowledge has(const OwaVersion& folder) const;
  /// The highest folder; empty where it is not known.
  [[nodiscard]] std::optional<OwaVersion> highest() const;
  [[nodiscard]] bool is_listed() const { return !unlisted_from_; }
  /// The folders that are there for sure, ascending.
  [[nodiscard]] const std::vector<OwaVersion>& known() const { return known_; }

  void insert(const OwaVersion& folder);
  void erase(const OwaVersion& folder);
  /// Whether it holds folders above this one is not known any more.
  void forget_above(const OwaVersion& folder);
  /// Keeps the folders of this level and above, and those of `besides`.
  void remove_below(Level level, const FolderSet& besides);
  /// Keeps only what `other` may hold too.
  void intersect(const FolderSet& other);
  void clear();

  friend auto operator<=>(const FolderSet&, const FolderSet&) = default;

 private:
  std::vector<OwaVersion> known_;  // ascending
  std::optional<Level> unlisted_from_;
};

enum class Service {
  in_service,
  drained,            ///< out until its return
  upgrading,          ///< out; in service again when the upgrade ends
  upgrading_drained,  ///< out; drained still when the upgrade ends
};

/// What can change of a server while a plan runs.
struct ServerState {
  std::optional<BuildVersion> build;
  std::optional<OwaVersion> owa_version;
  FolderSet present;
  FolderSet loaded;
  FolderSet hand_copied;
  /// Folders that are present, but of which files are missing: the proxy works, the page is broken (rules, section 4).
  FolderSet partial;
  Service service = Service::in_service;
  bool is_cas = true;    ///< nothing that is installed on another server brings a resource folder
  bool is_down = false;  ///< out of service by a fault, until it is back
  bool is_out_of_rotation = false;  ///< of its entry points, by a fault: no user arrives here; still a target

  [[nodiscard]] bool is_in_service() const { return service == Service::in_service && !is_down; }
  /// Whether users who come by its entry points arrive here.
  [[nodiscard]] bool takes_users() const { return is_in_service() && !is_out_of_rotation; }
  /// Whether the folder is there with all its files, for others to copy.
  [[nodiscard]] Knowledge holds_whole(const OwaVersion& folder) const;
  friend auto operator<=>(const ServerState&, const ServerState&) = default;
};

/// The state of every server, in the organisation's order.
struct State {
  std::vector<ServerState> servers;

  friend bool operator==(const State&, const State&) = default;
};

/// The state in which the organisation was found.
[[nodiscard]] State initial_state(const Organisation& organisation);

}  // namespace casplan
