#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "model/policy.h"
#include "planner/search/timed_step.h"
#include "planner/windows.h"

namespace casplan::planner {

/// What is done to one server, without a break but for the return: perhaps a drain, an upgrade, perhaps folders, and
/// the return where it was drained.
struct Change {
  ServerId server;
  const Calendar* calendar;
  Step upgrade;
  Minutes upgrade_length;
  std::vector<OwaVersion> folders;  ///< put in place after the upgrade
  bool loads_folders = false;       ///< and loaded
  bool is_drained = false;
  UserCount users = 0;  ///< who wait for the new features until it is done
};

/// A CAS that goes first in its site, and those that are held out until they change after it.
struct SiteChange {
  Change first;
  std::vector<Change> rear;
};

struct EntryChange {
  std::size_t front;         ///< that goes first, its place in `Vanguard::fronts`
  std::vector<Change> rear;  ///< held out until all targets have changed; each in one entry point only
  std::int64_t share = 0;    ///< of the users, in percent
  bool is_only_front = false;
};

/// Who goes first, and who after whom.
struct Vanguard {
  std::vector<Change> fronts;
  std::vector<EntryChange> entries;
  std::vector<SiteChange> sites;  ///< those with the most users for their time first
  std::vector<Change> spare;      ///< at sites with a server that does not change: held out from the begin on
};

/// A vanguard in time.
struct VanguardSchedule {
  std::vector<TimedStep> steps;  ///< by start; copies name no source
  /// Users who are without service because of an upgrade anyway, while their front is out: minutes, in hundredths.
  std::int64_t hidden = 0;
  std::int64_t lag = 0;  ///< user-minutes until each site's first CAS has changed, from the first start
  Moment begin;
  Moment end;
};

/// Places the changes, none before `begin`; empty where some window is too short.
[[nodiscard]] std::optional<VanguardSchedule> scheduled(const Policy& policy, const Vanguard& vanguard, Moment begin);

/// How long each of a change's parts takes.
struct ChangeLengths {
  Minutes drain{0};
  Minutes crewed{0};  ///< the upgrade and the copies
  Minutes loading{0};
  Minutes coming_back{0};

  [[nodiscard]] Minutes whole() const { return drain + crewed + loading + coming_back; }
};
[[nodiscard]] ChangeLengths lengths_of(const Policy& policy, const Change& change);

}  // namespace casplan::planner
