#pragma once

#include <cstddef>
#include <optional>
#include <variant>
#include <vector>

#include "model/organisation.h"
#include "model/policy.h"

/// What may stand in the way of a plan: facts of a policy, and of an organisation, that somebody could change.
namespace casplan::planner {

/// The server is among the policy's `frozen`. Dropped: it is, or may be, brought to its target.
struct Frozen {
  ServerId server;
  friend bool operator==(const Frozen&, const Frozen&) = default;
};
/// The server has a target of its own in the policy's `targets`. Dropped: it is, or may be, brought to the general one.
struct OwnTarget {
  ServerId server;
  friend bool operator==(const OwnTarget&, const OwnTarget&) = default;
};
/// The policy limits the copies of folders. Dropped: there may be any number of them.
struct CopyLimit {
  friend bool operator==(const CopyLimit&, const CopyLimit&) = default;
};
/// A window of the policy. Dropped: the servers that it concerns may be worked on at any time.
struct WorkWindow {
  std::size_t place = 0;  ///< among the policy's windows
  friend bool operator==(const WorkWindow&, const WorkWindow&) = default;
};
/// Some CAS of the site must stay in service. Dropped: none has to.
struct LeastInService {
  SiteId site;
  friend bool operator==(const LeastInService&, const LeastInService&) = default;
};
/// A pair of the policy's `before`. Dropped: either may come first.
struct BeforePair {
  ServerId first;
  ServerId second;
  friend bool operator==(const BeforePair&, const BeforePair&) = default;
};
/// The policy has a latest end. Dropped: the work may end at any time.
struct LatestEnd {
  friend bool operator==(const LatestEnd&, const LatestEnd&) = default;
};
/// There are so many crews. Dropped: there is one for each step.
struct CrewLimit {
  friend bool operator==(const CrewLimit&, const CrewLimit&) = default;
};
/// The policy never permits Event 46. Dropped: it is met where it cannot be avoided.
struct NoEvent46 {
  friend bool operator==(const NoEvent46&, const NoEvent46&) = default;
};
/// The policy leaves a reading open, so a plan must hold under both values. Dropped: it is settled as the value that
/// asks less of a plan (`easier_value`).
struct OpenReading {
  std::size_t place = 0;  ///< in `reading_names`
  friend bool operator==(const OpenReading&, const OpenReading&) = default;
};
/// The server has no ExternalURL, so users of its site come by proxy. Dropped: it has one, and they are redirected.
struct Proxied {
  ServerId target;
  friend bool operator==(const Proxied&, const Proxied&) = default;
};

using Fact = std::variant<Frozen, OwnTarget, CopyLimit, WorkWindow, LeastInService, BeforePair, LatestEnd, CrewLimit,
                          NoEvent46, OpenReading, Proxied>;

/// What a plan is asked for.
struct Problem {
  Organisation organisation;
  Policy policy;
};

/// Every fact that could be dropped, in the order of the alternatives of `Fact`. The general target is the wish itself
/// and none of them.
[[nodiscard]] std::vector<Fact> facts_of(const Organisation& organisation, const Policy& policy);

/// Drops facts. The places of windows stay what they were.
void drop(Problem& problem, const std::vector<Fact>& facts);

/// The same, but where a server may be brought to another build only because `Frozen` or `OwnTarget` is dropped, it is
/// only if some proxy path asks for it: its front would be the older one, or a limited number of copies would have to
/// do for a target that stays behind. What the policy holds back for no path's sake stays as it was.
void drop_where_needed(Problem& problem, const std::vector<Fact>& facts);

/// The value of a reading (0 or 1) under which a plan has the least to mind: a plan that holds under both holds under
/// it.
[[nodiscard]] std::size_t easier_value(std::size_t reading);

/// The servers that a window concerns, ascending.
[[nodiscard]] std::vector<ServerId> concerned(const Organisation& organisation, const Window& window);

}  // namespace casplan::planner
