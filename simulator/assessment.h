#pragma once

#include <optional>
#include <set>
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

/// The judgements of the paths alone.
[[nodiscard]] std::vector<Judgement> judge_paths(const Organisation& organisation, const std::vector<ProxyPath>& paths,
                                                 const State& state, const Readings& readings);

}  // namespace casplan::simulator
