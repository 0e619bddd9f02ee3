#include "simulator/assessment.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace casplan::simulator {
namespace {

constexpr std::int64_t percent = 100;

struct Groups {
  ExactSum served, broken, event46, unavailable, undecided, lagging;
  std::map<Level, ExactSum> features;
};

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

SiteAssessment to_assessment(SiteId site, Groups groups, Knowledge figures, bool has_no_cas) {
  const auto figure = [&](ExactSum& sum) { return figures == Knowledge::yes ? Users(std::move(sum)) : std::nullopt; };
  SiteAssessment result;
  result.site = site;
  result.fates = fates_of(groups);
  result.served = figure(groups.served);
  result.broken = figure(groups.broken);
  result.event46 = figure(groups.event46);
  result.unavailable = figure(groups.unavailable);
  result.undecided = figure(groups.undecided);
  result.lagging = figure(groups.lagging);
  for (auto& [level, users] : groups.features) result.features.push_back({level, figure(users)});
  result.has_no_cas = has_no_cas;
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

/// Counts the users of one site. Where it is not known how many there are, the site counts as one user and every entry
/// point the same: enough to know which groups are empty. The figures themselves are then dropped.
class RunningAssessment::Counter {
 public:
  Counter(RunningAssessment& of, SiteId site) : of_(of), site_(site) {}

  Groups run() {
    const UserCount mailboxes = at(of_.organisation_.sites, site_).mailboxes.value_or(1);
    if (mailboxes == 0) return std::move(groups_);
    for (std::size_t entry = 0; entry < of_.fronts_.size(); ++entry) {
      const std::int64_t share = of_.organisation_.entry_points[entry].share.value_or(1);
      const auto count = static_cast<std::int64_t>(of_.fronts_[entry].size());
      if (share == 0) continue;
      if (count == 0) miss(groups_.unavailable, {mailboxes * share, percent});
      for (const ServerId front : of_.fronts_[entry]) count_front(front, {mailboxes * share, percent * count});
    }
    return std::move(groups_);
  }

 private:
  [[nodiscard]] bool lags(ServerId renderer) const {
    if (of_.wanted_.empty()) return false;
    const auto& wanted = of_.wanted_[renderer.value];
    const auto& build = at(of_.state_.servers, renderer).build;
    return wanted && (!build || *build < *wanted);
  }

  void serve(ServerId renderer, Fraction users) {
    groups_.served.add(users);
    if (lags(renderer)) groups_.lagging.add(users);
    const auto& version = at(of_.state_.servers, renderer).owa_version;
    if (version) groups_.features[version->level()].add(users);
  }

  void miss(ExactSum& group, Fraction users) {
    group.add(users);
    groups_.lagging.add(users);
  }

  void count_path(PathAssessment& path, Fraction users) {
    if (path.users) path.users->add(users);
    switch (path.judgement.verdict) {
      case Verdict::works:
      case Verdict::redirect: serve(path.path.target, users); break;
      case Verdict::event46:
        groups_.event46.add(users);
        miss(groups_.broken, users);
        break;
      case Verdict::fault: miss(groups_.broken, users); break;
      case Verdict::cannot_tell:
        groups_.undecided.add(users);
        if (lags(path.path.target)) groups_.lagging.add(users);
        break;
      case Verdict::idle: miss(groups_.unavailable, users); break;
    }
  }

  void count_front(ServerId front, Fraction users) {
    if (at(of_.organisation_.servers, front).site == site_) return serve(front, users);
    const auto& places = at(of_.paths_to_, site_);
    const auto first = std::partition_point(places.begin(), places.end(),
                                            [&](std::size_t place) { return of_.paths_[place].front < front; });
    std::vector<PathAssessment*> open;
    for (auto place = first; place != places.end() && of_.paths_[*place].front == front; ++place) {
      PathAssessment& path = of_.now_.paths[*place];
      if (path.judgement.verdict != Verdict::idle) open.push_back(&path);
    }
    const bool has_cas = !at(of_.cas_of_, site_).empty();
    if (open.empty()) return miss(has_cas ? groups_.unavailable : groups_.broken, users);
    const auto targets = static_cast<std::int64_t>(open.size());
    for (PathAssessment* path : open) count_path(*path, {users.numerator, users.denominator * targets});
  }

  RunningAssessment& of_;
  SiteId site_;
  Groups groups_;
};

RunningAssessment::RunningAssessment(const Organisation& organisation, const std::vector<ProxyPath>& paths,
                                     const State& state, const Readings& readings, const WantedBuilds& wanted)
    : organisation_(organisation),
      paths_(paths),
      state_(state),
      readings_(readings),
      wanted_(wanted),
      users_are_countable_(shares_and_sites_are_known()),
      paths_at_(organisation.servers.size()),
      paths_to_(organisation.sites.size()),
      cas_of_(organisation.sites.size()),
      sites_at_(organisation.servers.size()),
      is_front_(organisation.servers.size()) {
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    const Server& server = organisation.servers[i];
    routing_.push_back(routing_facts(server));
    if (!server.is_cas() || !server.site) continue;
    at(cas_of_, *server.site).push_back(id_at<ServerId>(i));
    sites_at_[i].push_back(*server.site);
  }
  for (const ServerId front : fronts(organisation)) is_front_[front.value] = true;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    at(paths_at_, paths[i].front).push_back(i);
    at(paths_at_, paths[i].target).push_back(i);
    if (paths[i].site) at(paths_to_, *paths[i].site).push_back(i);
    now_.paths.push_back({paths[i], {}, std::nullopt});
    judge_path(i);
  }
  find_fronts_in_service();
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    all_sites_.push_back(id_at<SiteId>(i));
    now_.sites.emplace_back();
    count_site(all_sites_.back());
  }
}

/// No entry point is known: by which name users come cannot be told, so nobody is counted as served.
bool RunningAssessment::shares_and_sites_are_known() const {
  const bool shares = std::all_of(organisation_.entry_points.begin(), organisation_.entry_points.end(),
                                  [](const EntryPoint& entry) { return entry.share.has_value(); });
  const bool sites = std::all_of(organisation_.servers.begin(), organisation_.servers.end(),
                                 [](const Server& server) { return !server.is_cas() || server.site.has_value(); });
  return shares && sites && !organisation_.entry_points.empty();
}

void RunningAssessment::judge_path(std::size_t path) {
  const ServerId front = paths_[path].front;
  const ServerId target = paths_[path].target;
  now_.paths[path].judgement = judge(at(routing_, front), at(state_.servers, front), at(routing_, target),
                                     at(state_.servers, target), readings_);
}

void RunningAssessment::count_site(SiteId site) {
  const Site& place = at(organisation_.sites, site);
  const bool known = users_are_countable_ && place.mailboxes.has_value();
  for (const std::size_t path : at(paths_to_, site)) {
    now_.paths[path].users = known ? Users(ExactSum()) : std::nullopt;
  }
  at(now_.sites, site) = to_assessment(site, Counter(*this, site).run(), known ? Knowledge::yes : Knowledge::unknown,
                                       at(cas_of_, site).empty() && may_have_users(place));
}

void RunningAssessment::find_fronts_in_service() {
  fronts_.assign(organisation_.entry_points.size(), {});
  for (std::size_t entry = 0; entry < fronts_.size(); ++entry) {
    const auto& all = organisation_.entry_points[entry].fronts;
    std::copy_if(all.begin(), all.end(), std::back_inserter(fronts_[entry]),
                 [&](ServerId id) { return at(state_.servers, id).takes_users(); });
  }
}

const std::vector<SiteId>& RunningAssessment::sites_at(ServerId server) const {
  return is_front_[server.value] ? all_sites_ : at(sites_at_, server);
}

/// Users spread anew everywhere only when a front comes or goes. Otherwise those of other sites notice a front by the
/// verdicts of its paths alone.
const std::vector<SiteId>& RunningAssessment::update(std::span<const ServerId> servers) {
  counted_anew_.clear();
  bool has_fronts = false;
  for (const ServerId server : servers) {
    judge_paths_at(server);
    has_fronts = has_fronts || is_front_[server.value];
  }
  if (has_fronts) {
    const auto before = fronts_;
    find_fronts_in_service();
    if (fronts_ != before) counted_anew_ = all_sites_;
  }
  std::sort(counted_anew_.begin(), counted_anew_.end());
  counted_anew_.erase(std::unique(counted_anew_.begin(), counted_anew_.end()), counted_anew_.end());
  for (const SiteId site : counted_anew_) count_site(site);
  return counted_anew_;
}

void RunningAssessment::judge_paths_at(ServerId server) {
  const auto& own = at(sites_at_, server);
  counted_anew_.insert(counted_anew_.end(), own.begin(), own.end());
  for (const std::size_t path : at(paths_at_, server)) {
    const Verdict before = now_.paths[path].judgement.verdict;
    judge_path(path);
    if (now_.paths[path].judgement.verdict != before && paths_[path].site) counted_anew_.push_back(*paths_[path].site);
  }
}

Assessment assess(const Organisation& organisation, const std::vector<ProxyPath>& paths, const State& state,
                  const Readings& readings, const WantedBuilds& wanted) {
  return RunningAssessment(organisation, paths, state, readings, wanted).now();
}

}  // namespace casplan::simulator
