#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "model/organisation.h"
#include "model/policy.h"
#include "model/readings.h"
#include "model/rules.h"
#include "model/state.h"
#include "model/topology.h"
#include "model/users.h"

namespace casplan::simulator {

/// An amount of users; empty where it is not known.
using Users = std::optional<ExactSum>;

struct PathAssessment {
  ProxyPath path;
  Judgement judgement;
  Users users;  ///< who depend on this pair now; none on an idle one

  [[nodiscard]] bool may_have_users() const {
    return judgement.verdict != Verdict::idle && (!users || !users->is_zero());
  }
};

/// Users of a site who see the features of one level.
struct FeatureShare {
  Level level;
  Users users;
};

/// What may become of a user.
enum class Fate { served, broken, event46, unavailable, undecided };

/// What the users of a site have in a state. Every user of the site is served, broken, unavailable or
/// undecided.
struct SiteAssessment {
  SiteId site;
  Users served;       ///< directly, by proxy, or by redirection
  Users broken;       ///< the proxy fails
  Users event46;      ///< those of the broken whose front logs Event 46
  Users unavailable;  ///< their entry point has no front in service, or their site no CAS in service for a front
                      ///< elsewhere
  Users undecided;    ///< on paths of which it cannot be told
  Users lagging;      ///< whose pages come from a server below the build that is wanted for it, or who get none
  std::vector<FeatureShare> features;  ///< of the served, by ascending level
  std::set<Fate> fates;                ///< which of the groups are not empty; known also where the figures are not
  bool has_no_cas = false;             ///< Event 41
};

/// Everything about a state that people ask for.
struct Assessment {
  std::vector<PathAssessment> paths;  ///< in the order of `proxy_paths`
  std::vector<SiteAssessment> sites;  ///< in the organisation's order
};

/// The build that is wanted for each server, in the organisation's order; empty vector: none are wanted, nobody lags.
using WantedBuilds = std::vector<std::optional<BuildVersion>>;
[[nodiscard]] WantedBuilds wanted_builds(const Organisation& organisation, const Policy& policy);

/// Judges every path and counts the users of every site (contract, "Measures"). `paths` are
/// `proxy_paths(organisation)`.
[[nodiscard]] Assessment assess(const Organisation& organisation, const std::vector<ProxyPath>& paths,
                                const State& state, const Readings& readings, const WantedBuilds& wanted = {});

/// The assessment of a state that changes server by server. A change costs as much as there are paths at the server,
/// and as there are paths to the sites whose users it concerns: all sites where a front goes out of service or comes
/// back. Refers to all that it is made from.
class RunningAssessment {
 public:
  RunningAssessment(const Organisation& organisation, const std::vector<ProxyPath>& paths, const State& state,
                    const Readings& readings, const WantedBuilds& wanted);

  [[nodiscard]] const Assessment& now() const { return now_; }

  /// The sites whose users depend on this server.
  [[nodiscard]] const std::vector<SiteId>& sites_at(ServerId server) const;

  /// Judges and counts again after these servers have changed in the state. The sites whose users it counted again, in
  /// the organisation's order, until the next update; all others have what they had.
  const std::vector<SiteId>& update(std::span<const ServerId> servers);
  void update(ServerId server) { update({&server, 1}); }

 private:
  class Counter;

  void judge_path(std::size_t path);
  void judge_paths_at(ServerId server);
  void count_site(SiteId site);
  void find_fronts_in_service();
  [[nodiscard]] bool shares_and_sites_are_known() const;

  const Organisation& organisation_;
  const std::vector<ProxyPath>& paths_;
  const State& state_;
  const Readings& readings_;
  const WantedBuilds& wanted_;
  Assessment now_;
  bool users_are_countable_;                        // shares of entry points and sites of CAS are known
  std::vector<RoutingFacts> routing_;               // by server
  std::vector<std::vector<std::size_t>> paths_at_;  // by server: places in `paths`
  std::vector<std::vector<std::size_t>> paths_to_;  // by site: places in `paths`, by front
  std::vector<std::vector<ServerId>> cas_of_;       // by site
  std::vector<std::vector<SiteId>> sites_at_;       // by server; of a front: nothing, it is all of them
  std::vector<SiteId> all_sites_;
  std::vector<bool> is_front_;                 // by server
  std::vector<std::vector<ServerId>> fronts_;  // in service, by entry point
  std::vector<SiteId> counted_anew_;           // by the last update
};

}  // namespace casplan::simulator
