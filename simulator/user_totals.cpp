#include "simulator/user_totals.h"

namespace casplan::simulator {
namespace {

constexpr std::int64_t percent = 100;

/// Any two different sites: only whether they are known and differ decides a path.
constexpr SiteId site_of_fronts{0};
constexpr SiteId site_of_targets{1};

}  // namespace

/// Counts what one user of a site has, in parts by entry point, front and target.
class UserTotals::Counter {
 public:
  Counter(UserTotals& of, const Makeup& makeup) : of_(of), makeup_(makeup) {}

  Rates run() {
    for (std::size_t entry = 0; entry < of_.fronts_.size(); ++entry) {
      const std::int64_t share = of_.organisation_.entry_points[entry].share.value_or(1);
      const Fronts& fronts = of_.fronts_[entry];
      if (fronts.count == 0) add_unavailable({share, percent}, 1);
      for (const auto& [front, count] : fronts.by_kind) {
        count_front(front.first, front.second, {share, percent * fronts.count}, count);
      }
    }
    return std::move(rates_);
  }

 private:
  void add_unavailable(Fraction users, std::int64_t times) {
    rates_.unavailable.add(users, times);
    rates_.lagging.add(users, times);
  }

  /// A front in the site itself serves its users directly.
  void count_front(const std::optional<SiteId>& site, KindId front, Fraction users, std::int64_t times) {
    if (!site || site != makeup_.first) return count_proxied(front, users, times);
    if (of_.lags(front)) rates_.lagging.add(users, times);
  }

  void count_proxied(KindId front, Fraction users, std::int64_t times) {
    std::int64_t open = 0;
    for (const auto& [target, count] : makeup_.second) {
      if (of_.verdict(front, target) != Verdict::idle) open += count;
    }
    if (open == 0 && !makeup_.second.empty()) return add_unavailable(users, times);
    if (open == 0) return rates_.lagging.add(users, times);
    for (const auto& [target, count] : makeup_.second) {
      const Fraction each{users.numerator, users.denominator * open};
      count_path(of_.verdict(front, target), target, each, times * count);
    }
  }

  void count_path(Verdict verdict, KindId target, Fraction users, std::int64_t times) {
    switch (verdict) {
      case Verdict::idle: return;
      case Verdict::event46: rates_.event46.add(users, times); [[fallthrough]];
      case Verdict::fault: return rates_.lagging.add(users, times);
      case Verdict::works:
      case Verdict::redirect:
      case Verdict::cannot_tell:
        if (of_.lags(target)) rates_.lagging.add(users, times);
    }
  }

  UserTotals& of_;
  const Makeup& makeup_;
  Rates rates_;
};

UserTotals::UserTotals(const Organisation& organisation, const State& state, const Readings& readings,
                       const WantedBuilds& wanted)
    : organisation_(organisation),
      state_(state),
      readings_(readings),
      wanted_(wanted),
      is_known_(users_are_known(organisation) && !organisation.entry_points.empty()),
      is_front_(organisation.servers.size()),
      holds_fronts_(organisation.sites.size()),
      cas_of_(organisation.sites.size()),
      group_of_(organisation.sites.size()) {
  if (!is_known_) return;
  for (const ServerId front : fronts(organisation)) {
    is_front_[front.value] = true;
    if (const auto& site = at(organisation.servers, front).site) holds_fronts_[site->value] = true;
  }
  for (const ServerId id : client_access_servers(organisation)) {
    at(cas_of_, *at(organisation.servers, id).site).push_back(id);
  }
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    routing_.push_back(routing_facts(organisation.servers[i]));
    if (routing_.back().site) routing_.back().site = site_of_targets;
    kind_of_.push_back(kind_of(id_at<ServerId>(i)));
  }
  find_fronts_in_service();
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    group_of_[i] = group_of(id_at<SiteId>(i));
    groups_[group_of_[i]].users += *organisation.sites[i].mailboxes;
  }
}

UserTotals::KindId UserTotals::kind_of(ServerId server) {
  const auto wanted = wanted_.empty() ? std::nullopt : wanted_[server.value];
  const auto [place, is_new] =
      kinds_.try_emplace({at(routing_, server), at(state_.servers, server), wanted}, static_cast<KindId>(kind_.size()));
  if (is_new) kind_.push_back(&place->first);
  return place->second;
}

std::size_t UserTotals::group_of(SiteId site) {
  Makeup makeup;
  if (holds_fronts_[site.value]) makeup.first = site;
  for (const ServerId id : at(cas_of_, site)) ++makeup.second[at(kind_of_, id)];
  const auto [place, is_new] = group_with_.try_emplace(std::move(makeup), groups_.size());
  if (is_new) groups_.push_back({&place->first, 0, Minutes(0), 0});
  return place->second;
}

void UserTotals::settle(Group& group, Minutes now) {
  group.user_minutes += group.users * (now - group.since).count();
  group.since = now;
}

void UserTotals::move(SiteId site, Minutes now) {
  const UserCount users = *at(organisation_.sites, site).mailboxes;
  Group& before = groups_[at(group_of_, site)];
  settle(before, now);
  before.users -= users;
  at(group_of_, site) = group_of(site);
  Group& after = groups_[at(group_of_, site)];
  settle(after, now);
  after.users += users;
}

/// Of what users have the fronts are a part, so it is counted before one of them changes.
void UserTotals::count_all(Minutes now) {
  for (Group& group : groups_) {
    settle(group, now);
    if (group.user_minutes == 0) continue;
    const Rates rates = Counter(*this, *group.makeup).run();
    totals_.event46.add(rates.event46, group.user_minutes);
    totals_.unavailable.add(rates.unavailable, group.user_minutes);
    totals_.lagging.add(rates.lagging, group.user_minutes);
    group.user_minutes = 0;
  }
}

void UserTotals::find_fronts_in_service() {
  fronts_.assign(organisation_.entry_points.size(), {});
  for (std::size_t entry = 0; entry < fronts_.size(); ++entry) {
    for (const ServerId front : organisation_.entry_points[entry].fronts) {
      const KindId kind = at(kind_of_, front);
      if (!kind_[kind]->state.takes_users()) continue;
      ++fronts_[entry].count;
      ++fronts_[entry].by_kind[{at(organisation_.servers, front).site, kind}];
    }
  }
}

Verdict UserTotals::verdict(KindId front, KindId target) {
  const auto [place, is_new] = verdicts_.try_emplace(std::uint64_t{front} << 32U | target);
  if (!is_new) return place->second;
  RoutingFacts routing = kind_[front]->routing;
  if (routing.site) routing.site = site_of_fronts;
  place->second = judge(routing, kind_[front]->state, kind_[target]->routing, kind_[target]->state, readings_).verdict;
  return place->second;
}

bool UserTotals::lags(KindId renderer) const {
  const auto& [routing, state, wanted] = *kind_[renderer];
  return wanted && (!state.build || *state.build < *wanted);
}

void UserTotals::update(ServerId server, Minutes now) {
  if (!is_known_) return;
  if (is_front_[server.value]) count_all(now);
  at(kind_of_, server) = kind_of(server);
  if (is_front_[server.value]) find_fronts_in_service();
  const auto& site = at(organisation_.servers, server).site;
  if (site && at(organisation_.servers, server).is_cas()) move(*site, now);
}

Measures UserTotals::at_the_end(Minutes now) {
  Measures measures;
  const bool is_nobody_counted = now == Minutes(0) || organisation_.sites.empty();
  if (!is_known_ && !is_nobody_counted) return measures;
  count_all(now);
  value(measures, Measure::event46_user_minutes) = totals_.event46.nearest();
  value(measures, Measure::unavailable_user_minutes) = totals_.unavailable.nearest();
  value(measures, Measure::feature_lag_user_minutes) = totals_.lagging.nearest();
  return measures;
}

}  // namespace casplan::simulator
