#pragma once

#include <optional>
#include <vector>

#include "simulator/trace.h"

namespace casplan::simulator {

/// What the users of a site meet, in one word: the first that some of them meet, in this order.
enum class SiteCondition {
  some_fail,       ///< on some pairs of front and target the proxy fails, and others are served or wait to be told
  broken,          ///< nobody is served, and some meet a failing proxy or a site without a CAS
  cannot_tell,     ///< on paths that rest on a fact that is not known
  planned_outage,  ///< no server is in service for some: of their entry point, or of their site
  redirected,      ///< everybody gets a link to the own site
  served,
  nobody,  ///< the site has no mailboxes on Exchange 2007
};

/// What the users of a site meet in a state, and where they may land.
struct SiteStatus {
  SiteId site;
  SiteCondition condition = SiteCondition::nobody;
  Users users;                    ///< who meet the condition
  std::optional<Fraction> share;  ///< of the site's users, the same; empty where it is not known
  std::vector<int> events;        ///< of those who meet a failing proxy, ascending, each once: 38 to 46, 401, 4999
  std::vector<ServerId> targets;  ///< CAS of the site in service: a front elsewhere proxies to any, or links to it
};

/// Tells the status of sites, state by state. Refers to the organisation.
class SiteStatuses {
 public:
  explicit SiteStatuses(const Organisation& organisation);

  /// The fronts on which users arrive who come by some entry point, in the organisation's order. One serves the users
  /// of its own site directly.
  [[nodiscard]] std::vector<ServerId> fronts_in_service(const State& state) const;

  /// By site, in the organisation's order.
  [[nodiscard]] std::vector<SiteStatus> of(const State& state, const Assessment& assessment) const;

 private:
  [[nodiscard]] SiteStatus status_of(const SiteAssessment& site, const State& state,
                                     const Assessment& assessment) const;
  [[nodiscard]] std::vector<int> events_of(const SiteAssessment& site, const Assessment& assessment) const;
  [[nodiscard]] bool is_redirected(SiteId site, const State& state, const Assessment& assessment) const;

  const Organisation& organisation_;
  std::vector<ServerId> fronts_;                    // of entry points by which users come
  std::vector<std::vector<std::size_t>> paths_to_;  // by site: places among the paths
  std::vector<std::vector<ServerId>> cas_of_;       // by site
};

/// The name of a condition in documents: `some_fail`, …
[[nodiscard]] std::string_view to_string(SiteCondition condition);

}  // namespace casplan::simulator
