#include "simulator/assessment.h"

#include <algorithm>
#include <map>

namespace casplan::simulator {
namespace {

/// Where nothing is known of how many users there are, every site counts as one user and every entry point the same:
/// enough to know which groups are empty. The figures themselves are then dropped.
constexpr std::int64_t percent = 100;

struct Groups {
  ExactSum served, broken, event46, unavailable, undecided, lagging;
  std::map<Level, ExactSum> features;
};

class Counter {
 public:
  Counter(const Organisation& organisation, const State& state, const WantedBuilds& wanted)
      : organisation_(organisation), state_(state), wanted_(wanted) {
    for (const EntryPoint& entry : organisation.entry_points) fronts_.push_back(in_service(entry.fronts));
  }

  void count(SiteId site, const std::vector<PathAssessment*>& paths_of_site, Groups& groups);

 private:
  [[nodiscard]] std::vector<ServerId> in_service(const std::vector<ServerId>& servers) const {
    std::vector<ServerId> up;
    std::copy_if(servers.begin(), servers.end(), std::back_inserter(up),
                 [&](ServerId id) { return at(state_.servers, id).is_in_service(); });
    return up;
  }

  [[nodiscard]] bool lags(ServerId renderer) const {
    if (wanted_.empty()) return false;
    const auto& wanted = wanted_[renderer.value];
    const auto& build = at(state_.servers, renderer).build;
    return wanted && (!build || *build < *wanted);
  }

  void serve(ServerId renderer, Fraction users, Groups& groups) const {
    groups.served.add(users);
    if (lags(renderer)) groups.lagging.add(users);
    const auto& version = at(state_.servers, renderer).owa_version;
    if (version) groups.features[version->level()].add(users);
  }

  static void miss(ExactSum& group, Fraction users, Groups& groups) {
    group.add(users);
    groups.lagging.add(users);
  }

  void count_path(PathAssessment& path, Fraction users, Groups& groups) const;
  void count_front(SiteId site, ServerId front, Fraction users, const std::vector<PathAssessment*>& paths,
                   Groups& groups) const;

  const Organisation& organisation_;
  const State& state_;
  const WantedBuilds& wanted_;
  std::vector<std::vector<ServerId>> fronts_;  // in service, by entry point
  std::vector<ServerId> all_cas_;              // of the site being counted
};

void Counter::count_path(PathAssessment& path, Fraction users, Groups& groups) const {
  if (path.users) path.users->add(users);
  switch (path.judgement.verdict) {
    case Verdict::works:
    case Verdict::redirect: serve(path.path.target, users, groups); break;
    case Verdict::event46:
      groups.event46.add(users);
      miss(groups.broken, users, groups);
      break;
    case Verdict::fault: miss(groups.broken, users, groups); break;
    case Verdict::cannot_tell:
      groups.undecided.add(users);
      if (lags(path.path.target)) groups.lagging.add(users);
      break;
    case Verdict::idle: miss(groups.unavailable, users, groups); break;
  }
}

void Counter::count_front(SiteId site, ServerId front, Fraction users, const std::vector<PathAssessment*>& paths,
                          Groups& groups) const {
  if (at(organisation_.servers, front).site == site) return serve(front, users, groups);
  std::vector<PathAssessment*> open;
  std::copy_if(paths.begin(), paths.end(), std::back_inserter(open), [&](const PathAssessment* path) {
    return path->path.front == front && path->judgement.verdict != Verdict::idle;
  });
  if (open.empty()) return miss(all_cas_.empty() ? groups.broken : groups.unavailable, users, groups);
  const auto targets = static_cast<std::int64_t>(open.size());
  for (PathAssessment* path : open) count_path(*path, {users.numerator, users.denominator * targets}, groups);
}

void Counter::count(SiteId site, const std::vector<PathAssessment*>& paths_of_site, Groups& groups) {
  all_cas_ = client_access_servers(organisation_, site);
  const UserCount mailboxes = at(organisation_.sites, site).mailboxes.value_or(1);
  if (mailboxes == 0) return;
  for (std::size_t entry = 0; entry < fronts_.size(); ++entry) {
    const std::int64_t share = organisation_.entry_points[entry].share.value_or(1);
    const auto count = static_cast<std::int64_t>(fronts_[entry].size());
    if (share == 0) continue;
    if (count == 0) miss(groups.unavailable, {mailboxes * share, percent}, groups);
    for (const ServerId front : fronts_[entry]) {
      count_front(site, front, {mailboxes * share, percent * count}, paths_of_site, groups);
    }
  }
}

/// No entry point is known: by which name users come cannot be told, so nobody is counted as served.
bool figures_known(const Organisation& organisation, SiteId site) {
  const bool shares = std::all_of(organisation.entry_points.begin(), organisation.entry_points.end(),
                                  [](const EntryPoint& entry) { return entry.share.has_value(); });
  const bool sites = std::all_of(organisation.servers.begin(), organisation.servers.end(),
                                 [](const Server& server) { return !server.is_cas() || server.site.has_value(); });
  return at(organisation.sites, site).mailboxes.has_value() && shares && sites && !organisation.entry_points.empty();
}

std::set<Fate> fates_of(const Groups& groups) {
  std::set<Fate> fates;
  const auto add = [&](Fate fate, const ExactSum& users) {
    if (!users.is_zero()) fates.insert(fate);
  };
  add(Fate::served, groups.served);
  add(Fate::broken, groups.broken);
  add(Fate::event46, groups.event46);
  add(Fate::unavailable, groups.unavailable);
  add(Fate::undecided, groups.undecided);
  return fates;
}

SiteAssessment to_assessment(const Organisation& organisation, SiteId site, const Groups& groups) {
  const bool known = figures_known(organisation, site);
  const auto figure = [&](const ExactSum& sum) { return known ? Users(sum) : std::nullopt; };
  SiteAssessment result;
  result.site = site;
  result.served = figure(groups.served);
  result.broken = figure(groups.broken);
  result.event46 = figure(groups.event46);
  result.unavailable = figure(groups.unavailable);
  result.undecided = figure(groups.undecided);
  result.lagging = figure(groups.lagging);
  result.fates = fates_of(groups);
  for (const auto& [level, users] : groups.features) result.features.push_back({level, figure(users)});
  result.has_no_cas = client_access_servers(organisation, site).empty() && may_have_users(at(organisation.sites, site));
  return result;
}

}  // namespace

WantedBuilds wanted_builds(const Organisation& organisation, const Policy& policy) {
  WantedBuilds wanted;
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    wanted.push_back(wanted_build(organisation, policy, id_at<ServerId>(i)));
  }
  return wanted;
}

std::vector<Judgement> judge_paths(const Organisation& organisation, const std::vector<ProxyPath>& paths,
                                   const State& state, const Readings& readings) {
  std::vector<Judgement> judgements;
  judgements.reserve(paths.size());
  for (const ProxyPath& path : paths) {
    judgements.push_back(judge({at(organisation.servers, path.front), at(state.servers, path.front)},
                               {at(organisation.servers, path.target), at(state.servers, path.target)}, readings));
  }
  return judgements;
}

Assessment assess(const Organisation& organisation, const std::vector<ProxyPath>& paths, const State& state,
                  const Readings& readings, const WantedBuilds& wanted) {
  Assessment assessment;
  const auto judgements = judge_paths(organisation, paths, state, readings);
  for (std::size_t i = 0; i < paths.size(); ++i) assessment.paths.push_back({paths[i], judgements[i], ExactSum()});

  std::vector<std::vector<PathAssessment*>> by_site(organisation.sites.size());
  for (PathAssessment& path : assessment.paths) {
    if (path.path.site) at(by_site, *path.path.site).push_back(&path);
  }
  Counter counter(organisation, state, wanted);
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    const auto site = id_at<SiteId>(i);
    Groups groups;
    counter.count(site, by_site[i], groups);
    assessment.sites.push_back(to_assessment(organisation, site, groups));
  }
  for (PathAssessment& path : assessment.paths) {
    if (!path.path.site || !figures_known(organisation, *path.path.site)) path.users.reset();
  }
  return assessment;
}

}  // namespace casplan::simulator
