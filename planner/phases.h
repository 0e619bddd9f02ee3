#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/readings.h"
#include "model/rules.h"
#include "model/topology.h"
#include "planner/changes.h"

namespace casplan::planner {

enum class Phase { before, after };

/// What the front of a pair lacks so that the pair works under every open reading.
enum class NeedKind {
  nothing,     ///< it works as it is
  refused,     ///< it fails whatever folders there are, but not with Event 46 (rules 5: Event 4999)
  folders,     ///< it works once the front has some folders, loaded
  impossible,  ///< no folder helps: the front is older
  unknown,     ///< a fact is missing
};

struct Need {
  NeedKind kind = NeedKind::nothing;
  std::set<OwaVersion> folders;    ///< that the front may lack under some reading
  bool reload = false;             ///< it holds one that it has not loaded, under some reading
  bool refused_even_then = false;  ///< with the folders it fails too, but not with Event 46
  bool fails_today_too = true;     ///< under every reading under which it fails, it fails with Event 46 today
  std::set<OwaVersion>
      kept_working_by;  ///< those of the folders that it lacks under a reading under which it works today
  Judgement judgement;  ///< the first judgement that is not "works"
};

/// Every server as it is before its change and after it, under every open reading. Folders that other steps copy are
/// not counted.
class PhaseTable {
 public:
  PhaseTable(const Organisation& organisation, const Changes& changes, const FixedReadings& fixed);

  [[nodiscard]] Need need(ServerId front, Phase front_phase, ServerId target, Phase target_phase) const;

  /// Whether the server holds the folder under every open reading.
  [[nodiscard]] bool surely_holds(ServerId server, Phase phase, const OwaVersion& folder) const;

  /// Whether the folder, put on the server before its change, is there after it under every open reading.
  [[nodiscard]] bool survives_change(ServerId server, const OwaVersion& folder) const;

  /// Whether the folder, put on the server, would be its highest in some phase, and the highest counts under some open
  /// reading.
  [[nodiscard]] bool would_count_as_highest(ServerId server, const OwaVersion& folder) const;

  [[nodiscard]] bool changes(ServerId server) const { return changes_.contains(server); }
  /// The OWA version that a server runs in a phase.
  [[nodiscard]] std::optional<OwaVersion> version(ServerId server, Phase phase) const;

 private:
  [[nodiscard]] const ServerState& state(ServerId server, Phase phase, std::size_t reading) const;

  std::vector<Readings> readings_;
  std::vector<ServerState> before_;
  Changes changes_;
  std::vector<std::vector<ServerState>> after_;  // by reading
};

/// Which fact is missing where a path's need is unknown, and how to find it out.
[[nodiscard]] std::string missing_fact(const Organisation& organisation, const ProxyPath& path);

}  // namespace casplan::planner
