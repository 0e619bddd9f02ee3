#include "planner/vanguard.h"

#include <algorithm>
#include <map>
#include <set>

#include "planner/server_work.h"
#include "planner/vanguard_schedule.h"

namespace casplan::planner {
namespace {

/// Moments at which a plan may begin are taken from so many spans of each calendar.
constexpr std::size_t tried_spans = 8;
/// Servers placed in all attempts together.
constexpr std::size_t most_placed = 1'000'000;

class Chooser {
 public:
  explicit Chooser(Problem& problem) : problem_(problem) {}

  std::optional<Vanguard> run() {
    if (!is_simple() || !choose_fronts()) return std::nullopt;
    choose_targets();
    return std::move(vanguard_);
  }

 private:
  [[nodiscard]] bool is_simple() const;
  [[nodiscard]] bool choose_fronts();
  [[nodiscard]] bool add_entry(const EntryPoint& entry);
  [[nodiscard]] bool has_standing_server(SiteId site) const;
  void choose_targets();
  void fill_outage();

  [[nodiscard]] bool changes(std::size_t worked) const { return !problem_.worked[worked].hops.empty(); }
  [[nodiscard]] std::optional<std::size_t> worked_front(ServerId server) const;

  Problem& problem_;
  std::set<std::size_t> fronts_;  // by their place in `worked`
  Vanguard vanguard_;
};

/// One upgrade of each server, no order but that of the paths, and each path works today.
bool Chooser::is_simple() const {
  return are_single_upgrades(problem_) && problem_.policy.min_in_service == MinInService{} &&
         problem_.ailing_paths == 0;
}

/// Its place in `worked`, where it changes.
std::optional<std::size_t> Chooser::worked_front(ServerId server) const {
  const auto place = problem_.worked_with(server);
  return place && changes(*place) ? place : std::nullopt;
}

bool Chooser::choose_fronts() {
  for (const Worked& worked : problem_.worked) {
    const auto plays = [&](Encounter::End end) {
      return std::any_of(worked.encounters.begin(), worked.encounters.end(), [&](const Encounter& encounter) {
        return encounter.end == end && encounter.other && changes(*encounter.other);
      });
    };
    if (!worked.hops.empty() && plays(Encounter::End::front) && plays(Encounter::End::target)) return false;
  }
  for (const EntryPoint& entry : problem_.organisation.entry_points) {
    if (!add_entry(entry)) return false;
  }
  return !vanguard_.entries.empty();
}

/// The first front of an entry point goes first. A front of several is more than can be told here.
bool Chooser::add_entry(const EntryPoint& entry) {
  std::vector<std::size_t> fronts;
  bool all_change = true;
  for (const ServerId server : entry.fronts) {
    if (!at(problem_.organisation.servers, server).was_found_in_service()) continue;
    const auto place = worked_front(server);
    if (place) {
      fronts.push_back(*place);
    } else {
      all_change = false;
    }
  }
  if (fronts.empty()) return true;
  EntryWork added;
  added.share = entry.share.value_or(0);
  added.is_only_front = fronts.size() == 1 && all_change;
  for (std::size_t i = 0; i < fronts.size(); ++i) {
    if (!fronts_.insert(fronts[i]).second) return false;
    if (i > 0) {
      added.rear.push_back(work_of(problem_, fronts[i]));
      added.rear.back().is_drained = true;
      give_folders(problem_, added.rear.back(), no_target);
      continue;
    }
    added.front = vanguard_.fronts.size();
    vanguard_.fronts.push_back(work_of(problem_, fronts[i]));
    give_folders(problem_, vanguard_.fronts.back(), every_target);
  }
  vanguard_.entries.push_back(std::move(added));
  return true;
}

/// Whether a CAS that does not change serves the site, so that the others need not.
bool Chooser::has_standing_server(SiteId site) const {
  const auto servers = client_access_servers(problem_.organisation, site);
  return std::any_of(servers.begin(), servers.end(), [&](ServerId server) {
    const auto place = problem_.worked_with(server);
    const bool serves = at(problem_.organisation.servers, server).was_found_in_service();
    return serves && (!place || problem_.worked[*place].hops.empty());
  });
}

void Chooser::choose_targets() {
  std::map<SiteId, std::vector<std::size_t>> servers_of;
  for (std::size_t i = 0; i < problem_.worked.size(); ++i) {
    if (!changes(i) || fronts_.contains(i)) continue;
    servers_of[*at(problem_.organisation.servers, problem_.worked[i].members.front()).site].push_back(i);
  }
  for (const auto& [site, servers] : servers_of) {
    std::vector<ServerWork> all;
    for (const std::size_t place : servers) all.push_back(work_of(problem_, place));
    if (has_standing_server(site)) {
      for (ServerWork& work : all) vanguard_.spare.push_back(std::move(work));
      continue;
    }
    SiteWork added{std::move(all.front()), {}};
    added.first.users = at(problem_.organisation.sites, site).mailboxes.value_or(1);
    for (std::size_t i = 1; i < all.size(); ++i) {
      added.rear.push_back(std::move(all[i]));
      added.rear.back().is_drained = true;
    }
    vanguard_.sites.push_back(std::move(added));
  }
  std::stable_sort(vanguard_.sites.begin(), vanguard_.sites.end(), [](const SiteWork& a, const SiteWork& b) {
    return a.first.users * b.first.upgrade_length.count() > b.first.users * a.first.upgrade_length.count();
  });
  fill_outage();
}

/// As many changes as may lie in the outage of an only front, of servers whose users have nobody else: they are without
/// service once instead of twice. Each crew takes part in two of them; that of the front in one.
void Chooser::fill_outage() {
  std::map<const Calendar*, int> places;
  for (const EntryWork& entry : vanguard_.entries) {
    if (entry.is_only_front) places[vanguard_.fronts[entry.front].calendar] = 2 * problem_.policy.crews - 1;
  }
  std::stable_partition(vanguard_.sites.begin(), vanguard_.sites.end(), [&](const SiteWork& site) {
    const auto place = places.find(site.first.calendar);
    return !site.first.is_drained && place != places.end() && place->second-- > 0;
  });
}

/// How long after the begin of a span the plan may begin, so that upgrades end with the span: the works of a front, and
/// then so many upgrades.
std::vector<Minutes> lengths_to_the_end(const Policy& policy, const Vanguard& vanguard, Minutes span) {
  std::set<Minutes> parts{Minutes(0)};
  for (const ServerWork& front : vanguard.fronts) {
    const WorkLengths lengths = work_lengths(policy, front);
    parts.insert(lengths.drain);
    parts.insert(lengths.drain + lengths.crewed);
    parts.insert(lengths.whole());
  }
  std::set<Minutes> upgrades;
  bool are_drained = false;
  for (const SiteWork& site : vanguard.sites) {
    upgrades.insert(site.first.upgrade_length);
    are_drained = are_drained || site.first.is_drained;
  }
  std::set<Minutes> all;
  for (const Minutes part : parts) {
    for (const Minutes upgrade : upgrades) {
      for (Minutes length = part; length <= span; length += upgrade) {
        all.insert(length);
        if (are_drained) all.insert(length + policy.durations.return_to_service);
      }
    }
  }
  return {all.begin(), all.end()};
}

/// Moments at which a plan may well begin.
std::set<Moment> beginnings(const Policy& policy, const Vanguard& vanguard) {
  std::set<const Calendar*> calendars;
  for (const ServerWork& front : vanguard.fronts) calendars.insert(front.calendar);
  for (const SiteWork& site : vanguard.sites) {
    if (site.first.is_drained) calendars.insert(site.first.calendar);
  }
  std::set<Moment> moments{policy.start};
  for (const Calendar* calendar : calendars) {
    for (const auto& [open, close] : calendar->first_spans(policy.start, tried_spans)) {
      moments.insert(open);
      for (const Minutes length : lengths_to_the_end(policy, vanguard, close - open)) moments.insert(close - length);
      if (open > policy.start + a_week) break;
    }
  }
  moments.erase(moments.begin(), moments.lower_bound(policy.start));
  return moments;
}

/// What of it depends on the begin, by the policy's measures; first the minutes after the latest end.
std::vector<std::int64_t> worth(const Policy& policy, const VanguardSchedule& schedule) {
  const Moment latest = policy.latest_end.value_or(schedule.end);
  std::vector<std::int64_t> worth{std::max<std::int64_t>(0, (schedule.end - latest).count())};
  for (const Measure measure : policy.objective) {
    if (measure == Measure::unavailable_user_minutes) worth.push_back(-schedule.hidden);
    if (measure == Measure::feature_lag_user_minutes) worth.push_back(schedule.lag);
    if (measure == Measure::makespan_minutes) worth.push_back((schedule.end - schedule.begin).count());
  }
  return worth;
}

/// The best one of those that begin at different moments.
std::optional<VanguardSchedule> best_beginning(const Problem& problem, const Vanguard& vanguard) {
  std::optional<VanguardSchedule> best;
  std::size_t left = most_placed / (problem.worked.size() + 1) + 1;
  for (const Moment begin : beginnings(problem.policy, vanguard)) {
    if (left-- == 0) break;
    auto schedule = scheduled(problem.policy, vanguard, begin);
    if (!schedule) continue;
    if (!best || worth(problem.policy, *schedule) < worth(problem.policy, *best)) best = std::move(schedule);
  }
  return best;
}

/// Moves the first site of which a server is drained. False where there is none.
bool send_one_ahead(Vanguard& vanguard) {
  const auto site = std::find_if(vanguard.sites.begin(), vanguard.sites.end(),
                                 [](const SiteWork& one) { return one.first.is_drained; });
  if (site == vanguard.sites.end()) return false;
  vanguard.ahead.push_back(std::move(*site));
  vanguard.sites.erase(site);
  return true;
}

/// Whether one crew works at any time, so that things may be put between each other.
bool is_one_after_the_other(const Policy& policy) {
  return policy.crews == 1 && policy.windows.empty();
}

std::ptrdiff_t count_only_fronts(const Vanguard& vanguard) {
  return std::count_if(vanguard.entries.begin(), vanguard.entries.end(),
                       [](const EntryWork& entry) { return entry.is_only_front; });
}

/// One site after the other goes ahead of the only fronts, as long as that makes it better: those of its users who come
/// by other fronts have the new features while these change.
std::optional<VanguardSchedule> with_sites_ahead(const Problem& problem, Vanguard vanguard,
                                                 std::optional<VanguardSchedule> best) {
  if (!best || !is_one_after_the_other(problem.policy) || count_only_fronts(vanguard) == 0) return best;
  while (send_one_ahead(vanguard)) {
    auto schedule = scheduled(problem.policy, vanguard, problem.policy.start);
    if (!schedule || worth(problem.policy, *schedule) >= worth(problem.policy, *best)) break;
    best = std::move(*schedule);
  }
  return best;
}

/// The second of the sites with one CAS is upgraded while the last but one of several only fronts comes back. The first
/// one comes after the last front.
std::optional<VanguardSchedule> with_one_between(const Problem& problem, Vanguard vanguard) {
  auto& sites = vanguard.sites;
  const auto is_alone = [](const SiteWork& site) { return !site.first.is_drained; };
  const auto first = std::find_if(sites.begin(), sites.end(), is_alone);
  const auto second = first == sites.end() ? first : std::find_if(std::next(first), sites.end(), is_alone);
  const bool is_told = is_one_after_the_other(problem.policy) && count_only_fronts(vanguard) > 1;
  if (!is_told || second == sites.end()) return std::nullopt;
  vanguard.between = std::move(*second);
  vanguard.between->first.is_drained = true;
  sites.erase(second);
  auto schedule = scheduled(problem.policy, vanguard, problem.policy.start);
  return with_sites_ahead(problem, std::move(vanguard), std::move(schedule));
}

}  // namespace

std::optional<std::vector<TimedStep>> vanguard_first(Problem& problem) {
  const auto vanguard = Chooser(problem).run();
  if (!vanguard) return std::nullopt;
  auto best = with_sites_ahead(problem, *vanguard, best_beginning(problem, *vanguard));
  if (!best) return std::nullopt;
  auto other = with_one_between(problem, *vanguard);
  if (other && worth(problem.policy, *other) < worth(problem.policy, *best)) best = std::move(other);
  if (!keeps_limits(problem.policy, best->steps) || !name_sources(problem, best->steps)) return std::nullopt;
  return std::move(best->steps);
}

}  // namespace casplan::planner
