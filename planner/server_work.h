#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "model/calendar.h"
#include "planner/search/problem.h"
#include "planner/search/timed_step.h"

namespace casplan::planner {

/// What is done to one server, without a break but for the return: perhaps a drain, an upgrade, perhaps folders, and
/// the return where it was drained.
struct ServerWork {
  ServerId server;
  const Calendar* calendar;
  Step upgrade;
  Minutes upgrade_length;
  std::vector<OwaVersion> folders;  ///< put in place after the upgrade
  bool loads_folders = false;       ///< and loaded
  bool is_drained = false;
  UserCount users = 0;  ///< who wait for the new features until it is done
};

/// How long each part of a server's work takes.
struct WorkLengths {
  Minutes drain{0};
  Minutes crewed{0};  ///< the upgrade and the copies
  Minutes loading{0};
  Minutes coming_back{0};

  [[nodiscard]] Minutes whole() const { return drain + crewed + loading + coming_back; }
};
[[nodiscard]] WorkLengths work_lengths(const Policy& policy, const ServerWork& work);

/// Adds a step of this kind. An upgrade is the work's own; a copy has no folder yet, and names no source.
void add_step(std::vector<TimedStep>& steps, StepKind kind, const ServerWork& work, const Schedule& schedule);

/// Adds the upgrade, the copies and the loading, one right after the other. Returns the moment at which the server is
/// ready to come back.
Moment add_work(std::vector<TimedStep>& steps, const Policy& policy, const ServerWork& work, Moment start);

/// Whether the goal is one upgrade of each server, without Event 46, every step takes time, and no order is asked for
/// but that of the paths.
[[nodiscard]] bool are_single_upgrades(const Problem& problem);

/// The upgrade of a server, by its place in `worked`, drained where others carry its users. Without folders.
[[nodiscard]] ServerWork work_of(const Problem& problem, std::size_t worked);

/// Whether a front, changed, meets a worked target as it was found.
using MeetsUnchanged = std::function<bool(std::size_t target)>;
[[nodiscard]] inline bool no_target(std::size_t /*target*/) {
  return false;
}
[[nodiscard]] inline bool every_target(std::size_t /*target*/) {
  return true;
}

/// Adds the folders that its paths ask of a changed front: those to targets that have changed, or will never, and to
/// those that it meets unchanged. With folders it is drained.
void give_folders(Problem& problem, ServerWork& work, const MeetsUnchanged& meets_unchanged);

/// Names the source of each copy: a holder that is not upgraded, or is the last one, so that it holds the folder
/// whatever comes first. False where each holder may have been upgraded by then.
[[nodiscard]] bool name_sources(Problem& problem, std::vector<TimedStep>& steps);

}  // namespace casplan::planner
