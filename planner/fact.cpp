#include "planner/fact.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "model/readings.h"
#include "planner/relations.h"

namespace casplan::planner {
namespace {

/// In the order of `reading_names`: `running`, `at_once`, `installed_only`, `keeps`, `folder_stays`, `needs_folder`.
constexpr std::array<std::size_t, 6> easier_values{0, 1, 1, 0, 0, 1};

void add_limits_in_time(const Organisation& organisation, const Policy& policy, std::vector<Fact>& facts) {
  for (std::size_t i = 0; i < policy.windows.size(); ++i) facts.emplace_back(WorkWindow{i});
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    if (policy.min_in_service.at(id_at<SiteId>(i)) > 0) facts.emplace_back(LeastInService{id_at<SiteId>(i)});
  }
  for (const auto& [first, second] : policy.before) facts.emplace_back(BeforePair{first, second});
  if (policy.latest_end) facts.emplace_back(LatestEnd{});
  facts.emplace_back(CrewLimit{});
}

void add_targets(const Organisation& organisation, std::vector<Fact>& facts) {
  std::set<ServerId> targets;
  for (const ProxyPath& path : version_paths(organisation)) targets.insert(path.target);
  for (const ServerId target : targets) facts.emplace_back(Proxied{target});
}

std::vector<std::vector<ServerId>> servers_by_site(const Organisation& organisation) {
  std::vector<std::vector<ServerId>> servers(organisation.sites.size());
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    const auto& site = organisation.servers[i].site;
    if (site) servers[site->value].push_back(id_at<ServerId>(i));
  }
  return servers;
}

/// Drops fact after fact.
class Dropper {
 public:
  explicit Dropper(Problem& problem) : organisation_(problem.organisation), policy_(problem.policy) {}

  void operator()(const Frozen& fact) { policy_.frozen.erase(fact.server); }
  void operator()(const OwnTarget& fact) { policy_.targets.erase(fact.server); }
  void operator()(const CopyLimit&) { policy_.copies.reset(); }
  void operator()(const LeastInService& fact) { policy_.min_in_service.sites[fact.site] = 0; }
  void operator()(const BeforePair& fact) { std::erase(policy_.before, std::pair(fact.first, fact.second)); }
  void operator()(const LatestEnd&) { policy_.latest_end.reset(); }
  void operator()(const CrewLimit&) { policy_.crews = most_crews; }
  void operator()(const NoEvent46&) { policy_.event46 = Event46::minimise; }
  void operator()(const OpenReading& fact) { fix(policy_.readings, fact.place, easier_value(fact.place)); }
  void operator()(const Proxied& fact) {
    Server& target = at(organisation_.servers, fact.target);
    target.external_url = "https://" + target.fqdn.value_or(target.name) + "/owa";
  }

  void operator()(const WorkWindow& fact) { windows_.push_back(policy_.windows[fact.place]); }

  /// Frees the servers of the windows that were dropped. No other window may go on restricting them, so each names the
  /// servers that it still concerns.
  void finish() {
    if (windows_.empty()) return;
    std::set<ServerId> free;
    for (const Window& window : windows_) free.merge(set_of(window));
    for (Window& window : policy_.windows) {
      std::set<ServerId> servers = set_of(window);
      const std::size_t before = servers.size();
      std::erase_if(servers, [&](ServerId id) { return free.contains(id); });
      if (servers.size() == before) continue;
      window.servers.assign(servers.begin(), servers.end());
      window.sites.clear();
    }
  }

 private:
  [[nodiscard]] std::set<ServerId> set_of(const Window& window) {
    if (servers_of_.empty()) servers_of_ = servers_by_site(organisation_);
    std::set<ServerId> servers(window.servers.begin(), window.servers.end());
    for (const SiteId site : window.sites) {
      const auto& there = servers_of_[site.value];
      servers.insert(there.begin(), there.end());
    }
    return servers;
  }

  Organisation& organisation_;
  Policy& policy_;
  std::vector<Window> windows_;                    // that are dropped
  std::vector<std::vector<ServerId>> servers_of_;  // by site
};

std::optional<ServerId> held_back(const Fact& fact) {
  if (const auto* frozen = std::get_if<Frozen>(&fact)) return frozen->server;
  if (const auto* own = std::get_if<OwnTarget>(&fact)) return own->server;
  return std::nullopt;
}

/// Drops facts about builds one by one, while some path asks for it.
class Releaser {
 public:
  Releaser(Problem& problem, std::map<ServerId, Fact> releasable)
      : problem_(problem),
        releasable_(std::move(releasable)),
        paths_(version_paths(problem.organisation, problem.policy)) {}

  void run() {
    bool released = !releasable_.empty();
    while (released) {
      released = false;
      for (const ProxyPath& path : paths_) released |= release_for(path);
    }
  }

 private:
  /// The build that a server has in the end: no server goes back over a service pack.
  [[nodiscard]] std::optional<BuildVersion> build_of(ServerId id) const {
    const auto wanted = wanted_build(problem_.organisation, problem_.policy, id);
    const auto& today = at(problem_.organisation.servers, id).build;
    if (!wanted || !today) return std::nullopt;
    return *today < *wanted || removes_rollups(*today, *wanted) ? wanted : today;
  }

  bool release_for(const ProxyPath& path) {
    const auto front = build_of(path.front);
    const auto target = build_of(path.target);
    if (!front || !target) return false;
    const bool may_be_older = problem_.policy.readings.older_front == OlderFront::needs_folder;
    if (*front < *target && !may_be_older) return release(path.front) || release(path.target);
    return *target < *front && problem_.policy.copies && release(path.target);
  }

  bool release(ServerId server) {
    const auto place = releasable_.find(server);
    if (place == releasable_.end()) return false;
    drop(problem_, {place->second});
    releasable_.erase(place);
    return true;
  }

  Problem& problem_;
  std::map<ServerId, Fact> releasable_;
  std::vector<ProxyPath> paths_;
};

}  // namespace

std::size_t easier_value(std::size_t reading) {
  return easier_values.at(reading);
}

std::vector<ServerId> concerned(const Organisation& organisation, const Window& window) {
  std::set<ServerId> servers(window.servers.begin(), window.servers.end());
  const std::set<SiteId> sites(window.sites.begin(), window.sites.end());
  for (std::size_t i = 0; i < organisation.servers.size() && !sites.empty(); ++i) {
    const auto& site = organisation.servers[i].site;
    if (site && sites.contains(*site)) servers.insert(id_at<ServerId>(i));
  }
  return {servers.begin(), servers.end()};
}

std::vector<Fact> facts_of(const Organisation& organisation, const Policy& policy) {
  std::vector<Fact> facts;
  for (const ServerId server : policy.frozen) facts.emplace_back(Frozen{server});
  for (const auto& [server, build] : policy.targets) {
    if (!policy.frozen.contains(server)) facts.emplace_back(OwnTarget{server});
  }
  if (policy.copies) facts.emplace_back(CopyLimit{});
  add_limits_in_time(organisation, policy, facts);
  if (policy.event46 == Event46::never) facts.emplace_back(NoEvent46{});
  const auto values = values_of(policy.readings);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) facts.emplace_back(OpenReading{i});
  }
  add_targets(organisation, facts);
  return facts;
}

void drop(Problem& problem, const std::vector<Fact>& facts) {
  Dropper dropper(problem);
  for (const Fact& fact : facts) std::visit(dropper, fact);
  dropper.finish();
}

void drop_where_needed(Problem& problem, const std::vector<Fact>& facts) {
  std::vector<Fact> others;
  std::map<ServerId, Fact> releasable;
  for (const Fact& fact : facts) {
    if (const auto server = held_back(fact)) {
      releasable.emplace(*server, fact);
    } else {
      others.push_back(fact);
    }
  }
  drop(problem, others);
  Releaser(problem, std::move(releasable)).run();
}

}  // namespace casplan::planner
