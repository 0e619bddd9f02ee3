#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
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
/// not counted. Servers that are in the same state and change in the same way are one kind; each pair of kinds is
/// judged once, when it is asked for.
class PhaseTable {
 public:
  PhaseTable(const Organisation& organisation, const Changes& changes, const FixedReadings& fixed);

  [[nodiscard]] const Need& need(ServerId front, Phase front_phase, ServerId target, Phase target_phase) const;

  /// Servers of one kind have the same answers to everything that is asked of this table. Kinds count from 0.
  [[nodiscard]] std::size_t kind(ServerId server) const { return at(kind_of_, server); }

  /// Whether the server holds the folder under every open reading.
  [[nodiscard]] bool surely_holds(ServerId server, Phase phase, const OwaVersion& folder) const;

  /// Whether the folder, put on the server before its change, is there after it under every open reading.
  [[nodiscard]] bool survives_change(ServerId server, const OwaVersion& folder) const;

  /// Whether the folder, put on the server, would be its highest in some phase, and the highest counts under some open
  /// reading.
  [[nodiscard]] bool would_count_as_highest(ServerId server, const OwaVersion& folder) const;

  [[nodiscard]] bool changes(ServerId server) const { return !kinds_[kind(server)].hops.empty(); }
  /// The OWA version that a server runs in a phase.
  [[nodiscard]] std::optional<OwaVersion> version(ServerId server, Phase phase) const;

 private:
  struct Kind {
    ServerState before;
    Hops hops;                       // empty: it does not change
    std::vector<ServerState> after;  // by reading; empty where it does not change
  };
  /// One end of a pair: a kind and a phase in one number.
  using End = std::uint32_t;

  [[nodiscard]] static End end(std::size_t kind, Phase phase);
  [[nodiscard]] const ServerState& state(End end, std::size_t reading) const;
  [[nodiscard]] const ServerState& state(ServerId server, Phase phase, std::size_t reading) const {
    return state(end(kind(server), phase), reading);
  }
  [[nodiscard]] Need judged(End front, End target) const;

  std::vector<Readings> readings_;
  std::vector<Kind> kinds_;
  std::vector<std::uint32_t> kind_of_;                     // by server
  mutable std::unordered_map<std::uint64_t, Need> needs_;  // by front and target
};

/// Which fact is missing where a path's need is unknown, and how to find it out.
[[nodiscard]] std::string missing_fact(const Organisation& organisation, const ProxyPath& path);

}  // namespace casplan::planner
