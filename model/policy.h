#pragma once

#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "model/activity.h"
#include "model/fault_model.h"
#include "model/measures.h"
#include "model/organisation.h"
#include "model/readings.h"
#include "model/step.h"

namespace casplan {

enum class Goal {
  upgrade,        ///< every server that is not frozen reaches its target
  heal_by_copy,   ///< the KB's workaround: no build changes, the fewest folders are put where they mend paths
  heal_by_patch,  ///< the KB's resolution: the fewest updates that make every path work
};

/// The most that a policy may ask for: folder copies, and crews.
inline constexpr int most_copies = std::numeric_limits<int>::max();
inline constexpr int most_crews = 1000;

enum class Event46 {
  never,     ///< no path may break on the way
  minimise,  ///< a path may break where it cannot be avoided
};

/// Which servers an upgrade is for.
enum class UpgradedRoles {
  client_access,  ///< the Client Access servers alone
  all,            ///< also the Hub Transport, Unified Messaging and Mailbox servers, after the CAS of their site
};

/// How long each kind of step takes. Not documented by Microsoft; these defaults are the product's, and inputs.
struct Durations {
  Minutes rollup{30};
  Minutes service_pack{90};
  Minutes ensure_folder{10};
  Minutes recycle{2};
  Minutes drain{5};
  Minutes return_to_service{1};

  friend bool operator==(const Durations&, const Durations&) = default;
};

/// A time of the week, by clocks that are always `utc_offset` ahead of UTC. Day 0 is Sunday.
struct WeeklyTime {
  unsigned day = 6;
  Minutes start{0};       ///< since midnight
  Minutes length{0};      ///< at most a week
  Minutes utc_offset{0};  ///< from -14 to 14 hours

  friend bool operator==(const WeeklyTime&, const WeeklyTime&) = default;
};

/// A time that comes once.
struct DatedTime {
  Moment start;
  Moment end;  ///< after `start`

  friend bool operator==(const DatedTime&, const DatedTime&) = default;
};

/// When some servers may be worked on. A server that no window names may be worked on at any time; one that several
/// name, in any of them. Windows of one server that overlap, or of which one opens when another closes, are one time:
/// work may go on from one into the other.
struct Window {
  std::vector<ServerId> servers;
  std::vector<SiteId> sites;
  std::variant<WeeklyTime, DatedTime> time;

  friend bool operator==(const Window&, const Window&) = default;
};

/// How many CAS of each site must stay in service on the way.
struct MinInService {
  int default_count = 0;
  std::map<SiteId, int> sites;

  [[nodiscard]] int at(SiteId site) const {
    const auto place = sites.find(site);
    return place != sites.end() ? place->second : default_count;
  }
  friend bool operator==(const MinInService&, const MinInService&) = default;
};

/// What the administrator wants and what limits the work. Ids are those of one organisation.
struct Policy {
  Goal goal = Goal::upgrade;
  std::optional<BuildVersion> target;        ///< for every server that `targets` does not name; empty with a heal goal
  std::map<ServerId, BuildVersion> targets;  ///< for single servers
  std::set<ServerId> frozen;                 ///< these keep their build
  /// These are out of service as they were found, because work on them has begun, and are in service in the end. Any
  /// other server that was found out of service stays out.
  std::set<ServerId> to_return;
  UpgradedRoles roles = UpgradedRoles::client_access;
  Event46 event46 = Event46::never;
  std::optional<int> copies;  ///< the most ensure_folder steps; empty: no limit; 0: forbidden
  int crews = 1;              ///< upgrades and ensures at a time
  Durations durations;
  MinInService min_in_service;
  std::vector<Window> windows;
  std::vector<std::pair<ServerId, ServerId>> before;  ///< the first is upgraded before the second
  Moment start{};
  std::optional<Moment> latest_end;  ///< after `start`; the plan ends no later; empty: whenever it ends
  std::vector<Measure> objective{Measure::event46_user_minutes, Measure::unavailable_user_minutes, Measure::copies,
                                 Measure::feature_lag_user_minutes, Measure::makespan_minutes};
  FixedReadings readings;
  Activity activity;  ///< who is logged on: weighs figures that are shown, and no plan
  FaultModel faults;  ///< what may go wrong when the plan is carried out

  friend bool operator==(const Policy&, const Policy&) = default;
};

/// 2009-10-03T22:00:00Z, the contract's default for `start`.
[[nodiscard]] Moment default_start();

/// Whether an upgrade is for servers with these roles. An Edge Transport server stands in no AD site and has no place
/// in the order of rules, section 5: it is never upgraded.
[[nodiscard]] bool is_upgraded(const Server& server, UpgradedRoles roles);

/// The place of a server in the order in which the servers of a site are upgraded (rules, section 5): 0 for a CAS, then
/// Hub Transport, Unified Messaging, Mailbox. A server with several roles, which is upgraded as one, has the place of
/// the first of them. Empty for a server with none of them.
[[nodiscard]] std::optional<int> place_in_site(const Server& server);

/// The build that the policy wants a server to have in the end: its target, or the one that it has where it is frozen,
/// not among the servers that are upgraded, of another product, or not to be touched by the goal. Empty where that is
/// today's build and it is not known.
[[nodiscard]] std::optional<BuildVersion> wanted_build(const Organisation& organisation, const Policy& policy,
                                                       ServerId server);

/// Whether a server is in service once the policy's work is done: it was found so, or is to return.
[[nodiscard]] bool serves_in_the_end(const Organisation& organisation, const Policy& policy, ServerId server);

/// Why the policy cannot want a build of a server.
enum class TargetObstacle {
  withdrawn,      ///< Microsoft withdrew the build
  not_upgraded,   ///< the server has none of the roles that are upgraded
  other_product,  ///< than the build that the server has today
  service_pack,   ///< the build is of an earlier level than today's; a rollup can be removed, a service pack cannot
};

/// Why this build, of the catalogue, cannot be a server's own target; empty: it can, as far as is known.
[[nodiscard]] std::optional<TargetObstacle> obstacle_to_target(const Organisation& organisation, const Policy& policy,
                                                               ServerId server, const BuildVersion& target);

/// The servers that would have to go back to the general target by removing a service pack, which cannot be; none
/// without such a target. In the organisation's order.
[[nodiscard]] std::vector<ServerId> servers_above_target(const Organisation& organisation, const Policy& policy);

/// How long a step takes on a server that runs `from` when it begins: an upgrade that removes rollups takes as long as
/// a rollup. For any other kind of step `from` may be empty.
[[nodiscard]] Minutes duration_of(const Step& step, const std::optional<BuildVersion>& from,
                                  const Durations& durations);

[[nodiscard]] std::string_view to_string(Goal goal);
[[nodiscard]] std::optional<Goal> parse_goal(std::string_view text);
[[nodiscard]] std::string_view to_string(UpgradedRoles roles);

}  // namespace casplan
