#include "planner/lag_bound.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "model/rules.h"
#include "model/topology.h"

namespace casplan::planner {
namespace {

/// Users who come by an entry point whose fronts are all too old for every changed target of some load: none of them
/// has anything of a changed target before one of these fronts has changed.
struct ClosedEntry {
  std::int64_t share = 0;
  std::vector<ServerId> fronts;  ///< in service
};

/// By which entry points the users of a load come.
struct Entries {
  std::int64_t open_share = 0;               ///< of which nothing is told
  std::vector<ClosedEntry> waiting;          ///< none of their users has anything before a front has changed
  std::vector<ClosedEntry> among_the_first;  ///< the same, and the crews that do that are the load's own; by share
  std::set<const Calendar*> of_all_fronts;   ///< of those that are out before any target comes back changed
  /// In any plan that counts, no target comes back changed while an entry point that could keep a front has none.
  bool are_spared = false;
  bool are_guarded = true;  ///< no changed target may be met by a front that has not changed
};

bool has_more_users(const OpenTime::Job& a, const OpenTime::Job& b) {
  return a.weight > b.weight;
}

void sort_by_users(Load& load) {
  std::vector<std::pair<OpenTime::Job, SiteId>> sites;
  for (std::size_t i = 0; i < load.sites.size(); ++i) sites.emplace_back(load.sites[i], load.site_ids[i]);
  std::stable_sort(sites.begin(), sites.end(),
                   [](const auto& a, const auto& b) { return has_more_users(a.first, b.first); });
  for (std::size_t i = 0; i < sites.size(); ++i) std::tie(load.sites[i], load.site_ids[i]) = sites[i];
}

class LagBounder {
 public:
  explicit LagBounder(const BoundFacts& facts)
      : facts_(facts), waiting_costs_more_(waiting_costs_more(facts.organisation, facts.policy, facts.changes)) {}

  [[nodiscard]] Amount lag(std::int64_t minutes) const;

 private:
  [[nodiscard]] Entries entries_of(const Load& load) const;
  [[nodiscard]] std::optional<Amount> weighted_ends(const Load& load, const Entries& entries, std::int64_t from) const;
  [[nodiscard]] std::optional<std::int64_t> release(const ClosedEntry& entry, std::int64_t from) const;
  [[nodiscard]] bool are_spared(const Load& load, const Entries& entries) const;
  [[nodiscard]] bool never_waits(SiteId site) const;
  struct Apart;
  [[nodiscard]] Apart apart(const Load& load) const;
  [[nodiscard]] std::optional<std::int64_t> next_open(const Load& load, std::int64_t from) const;
  [[nodiscard]] std::optional<std::int64_t> first_return(const Entries& entries, std::int64_t from) const;
  [[nodiscard]] bool begins_after_fronts(const Entries& entries) const;
  [[nodiscard]] std::optional<Amount> weighted_ends_of_the_spared(const Load& load, const Entries& entries,
                                                                  std::int64_t from) const;
  [[nodiscard]] std::optional<std::int64_t> drained(const Calendar& calendar, std::int64_t from) const;
  [[nodiscard]] bool works_today(ServerId front, const Load& load) const;
  [[nodiscard]] std::optional<std::int64_t> all_out(const Entries& entries, std::int64_t from) const;

  const BoundFacts& facts_;
  bool waiting_costs_more_;
};

Entries LagBounder::entries_of(const Load& load) const {
  std::optional<OwaVersion> least;
  bool is_proxied = first_of(facts_.policy.readings).older_front == OlderFront::fails && !load.their_servers.empty();
  std::set<std::optional<SiteId>> sites;
  for (const ServerId server : load.their_servers) {
    const auto version = version_in_the_end(facts_.organisation, facts_.changes, server);
    is_proxied = is_proxied && version && !at(facts_.organisation.servers, server).external_url;
    if (version && (!least || *version < *least)) least = version;
    sites.insert(at(facts_.organisation.servers, server).site);
  }
  std::map<ServerId, std::size_t> entries_with;
  for (const EntryPoint& entry : facts_.organisation.entry_points) {
    for (const ServerId front : entry.fronts) ++entries_with[front];
  }
  const auto is_too_old = [&](ServerId front) {
    const auto version = running_owa_version(at(facts_.organisation.servers, front));
    return facts_.changes.contains(front) && version && *version < *least;
  };
  const auto is_work_of_the_load = [&](ServerId front) {
    const auto& calendars = load.calendars;
    const bool is_open = std::find(calendars.begin(), calendars.end(), &facts_.calendars.of(front)) != calendars.end();
    const bool is_one_upgrade = facts_.changes.at(front).size() == 1;
    return is_open && is_one_upgrade && entries_with.at(front) == 1 &&
           !sites.contains(at(facts_.organisation.servers, front).site);
  };
  Entries entries;
  if (is_proxied && facts_.policy.event46 == Event46::never) {
    for (const ServerId front : in_service(facts_.organisation, fronts(facts_.organisation))) {
      const bool is_elsewhere = !sites.contains(at(facts_.organisation.servers, front).site);
      const bool is_guarded = is_elsewhere && is_too_old(front) && works_today(front, load);
      if (is_guarded) entries.of_all_fronts.insert(&facts_.calendars.of(front));
      entries.are_guarded = entries.are_guarded && is_guarded;
    }
  }
  for (const EntryPoint& entry : facts_.organisation.entry_points) {
    const auto fronts = in_service(facts_.organisation, entry.fronts);
    if (!is_proxied || fronts.empty() || !std::all_of(fronts.begin(), fronts.end(), is_too_old)) {
      entries.open_share += *entry.share;
    } else if (std::all_of(fronts.begin(), fronts.end(), is_work_of_the_load)) {
      entries.among_the_first.push_back({*entry.share, fronts});
    } else {
      entries.waiting.push_back({*entry.share, fronts});
    }
  }
  entries.are_spared = is_proxied && facts_.policy.event46 == Event46::never && are_spared(load, entries);

  std::stable_sort(entries.among_the_first.begin(), entries.among_the_first.end(),
                   [](const ClosedEntry& a, const ClosedEntry& b) { return a.share > b.share; });
  return entries;
}

/// Whether somebody without service for want of a front makes a plan worse in a measure that is more important than the
/// lag.
bool LagBounder::are_spared(const Load& load, const Entries& entries) const {
  const auto& objective = facts_.policy.objective;
  const auto unavailable = std::find(objective.begin(), objective.end(), Measure::unavailable_user_minutes);
  const auto lag = std::find(objective.begin(), objective.end(), Measure::feature_lag_user_minutes);
  if (!(unavailable < lag) || entries.open_share > 0 || !entries.are_guarded) return false;
  std::int64_t least_share = percent;
  for (const auto* closed : {&entries.waiting, &entries.among_the_first}) {
    for (const ClosedEntry& entry : *closed) {
      if (entry.share > 0) least_share = std::min(least_share, entry.share);
    }
  }
  // A measure is rounded, so that less than a whole user-minute might not be seen.
  return std::all_of(load.sites.begin(), load.sites.end(),
                     [&](const OpenTime::Job& site) { return site.weight * least_share >= percent; });
}

/// Whether nobody serves the site while its server is out, and plans do not count in which it is out longer than its
/// one upgrade takes, unless everybody's front is out, too.
bool LagBounder::never_waits(SiteId site) const {
  const auto& servers = at(facts_.cas_of, site);
  return waiting_costs_more_ && servers.size() == 1 && facts_.changes.at(servers.front()).size() == 1;
}

/// The earliest moment at which a target may come back changed, where no target waits for it: all fronts are out or
/// changed then, and of each entry point with several fronts one has changed.
std::optional<std::int64_t> LagBounder::first_return(const Entries& entries, std::int64_t from) const {
  auto latest = all_out(entries, from);
  for (const auto* closed : {&entries.waiting, &entries.among_the_first}) {
    for (const ClosedEntry& entry : *closed) {
      if (entry.fronts.size() == 1 || entry.share == 0) continue;
      const auto earliest = release(entry, from);
      if (!earliest || !latest) return std::nullopt;
      latest = std::max(*latest, *earliest);
    }
  }
  return latest;
}

/// Whether no upgrade of a target begins before that moment either: as long as an entry point has no front, everybody
/// would have to be out for an upgrade; and who is drained waits for the return.
bool LagBounder::begins_after_fronts(const Entries& entries) const {
  const auto has_several = [](const ClosedEntry& entry) { return entry.fronts.size() > 1 && entry.share > 0; };
  const bool has_balanced = std::any_of(entries.waiting.begin(), entries.waiting.end(), has_several) ||
                            std::any_of(entries.among_the_first.begin(), entries.among_the_first.end(), has_several);
  std::int64_t least_share = percent;
  for (const auto* closed : {&entries.waiting, &entries.among_the_first}) {
    for (const ClosedEntry& entry : *closed) {
      if (entry.share > 0) least_share = std::min(least_share, entry.share);
    }
  }
  int seen = 0;  // sites whose users' waiting is seen in a measure
  for (std::size_t i = 0; i < facts_.cas_of.size() && seen <= facts_.policy.crews; ++i) {
    const bool is_proxied = !facts_.cas_of[i].empty() && facts_.is_only_proxied(id_at<SiteId>(i));
    if (is_proxied && *facts_.organisation.sites[i].mailboxes * least_share >= percent) ++seen;
  }
  return has_balanced && seen > facts_.policy.crews && facts_.policy.durations.return_to_service > Minutes(0);
}

/// The earliest moment from this one on at which the servers of some site may come back.
std::optional<std::int64_t> LagBounder::next_open(const Load& load, std::int64_t from) const {
  std::optional<std::int64_t> least;
  for (const Calendar* calendar : load.calendars) {
    const auto open = calendar->earliest(facts_.policy.start + Minutes(from), Minutes(0));
    if (!open) continue;
    const std::int64_t moment = (*open - facts_.policy.start).count();
    least = std::min(least.value_or(moment), moment);
  }
  return least;
}

/// Sites by whether their first server may be changed before it comes back, each by weight.
struct LagBounder::Apart {
  std::vector<OpenTime::Job> waiting;
  std::vector<OpenTime::Job> at_once;
};

LagBounder::Apart LagBounder::apart(const Load& load) const {
  Apart apart;
  for (std::size_t i = 0; i < load.sites.size(); ++i) {
    (never_waits(load.site_ids[i]) ? apart.at_once : apart.waiting).push_back(load.sites[i]);
  }
  return apart;
}

/// The same as `weighted_ends` where nobody is to be without a front. What is done before the first target may come
/// back is done to those that may wait; the most users have what they wait for then.
std::optional<Amount> LagBounder::weighted_ends_of_the_spared(const Load& load, const Entries& entries,
                                                              std::int64_t from) const {
  const auto first = first_return(entries, from);
  const auto back = first ? next_open(load, *first) : std::nullopt;
  if (!back) return std::nullopt;
  const std::int64_t longest = *std::max_element(load.lengths.begin(), load.lengths.end());
  const std::int64_t shortest = *std::min_element(load.lengths.begin(), load.lengths.end());
  const auto is_only = [](const ClosedEntry& entry) { return entry.fronts.size() == 1; };
  const auto only_fronts = std::count_if(entries.among_the_first.begin(), entries.among_the_first.end(), is_only);
  const auto jobs = static_cast<std::int64_t>(load.sites.size()) + only_fronts;
  const auto ends_from = [&](std::int64_t moment) {
    const OpenTime open = facts_.open_time(load, std::max(from, moment), jobs * longest);
    return open.ends(static_cast<std::size_t>(jobs), shortest, facts_.policy.crews);
  };
  Apart sites = apart(load);
  auto& early = sites.waiting;
  auto& late = sites.at_once;
  const bool all_at_once = early.empty();
  const auto all = ends_from(from);
  const auto ends = ends_from(all_at_once && begins_after_fronts(entries) ? *first : *first - longest);
  if (!all || !ends) return std::nullopt;
  // No front is changed before that moment, so those that are come on top.
  const bool are_after_fronts = all_at_once && entries.of_all_fronts.size() == 1 && first == all_out(entries, from);
  const auto before = static_cast<std::size_t>(std::upper_bound(all->begin(), all->end(), *back) - all->begin());
  const std::size_t done = std::min(before, early.size());
  late.insert(late.end(), early.begin() + static_cast<std::ptrdiff_t>(done), early.end());
  early.resize(done);
  std::stable_sort(late.begin(), late.end(), has_more_users);
  Amount sum = 0;
  const auto count = [&](const ClosedEntry& entry, std::size_t fronts_before) {
    const auto earliest = release(entry, from);
    if (!earliest) return false;
    const auto add = [&](const OpenTime::Job& site, std::int64_t end) {
      sum += static_cast<Amount>(site.weight * entry.share) * static_cast<Amount>(std::max({end, *back, *earliest}));
    };
    for (const OpenTime::Job& site : early) add(site, *back);
    for (std::size_t i = 0; i < late.size(); ++i) add(late[i], (*ends)[i + fronts_before]);
    return true;
  };
  for (const ClosedEntry& entry : entries.waiting) {
    if (!count(entry, 0)) return std::nullopt;
  }
  std::size_t fronts_before = 0;
  for (const ClosedEntry& entry : entries.among_the_first) {
    if (!count(entry, are_after_fronts && is_only(entry) ? ++fronts_before : 0)) return std::nullopt;
  }
  return sum;
}

/// Whether every path from a front to the load's servers works today, so that it must never fail.
bool LagBounder::works_today(ServerId front, const Load& load) const {
  const Readings readings = first_of(facts_.policy.readings);
  if (readings.folder_match != FolderMatch::running) return false;
  const ServerState& own = at(facts_.found.servers, front);
  std::set<std::optional<OwaVersion>> judged;
  return std::all_of(load.their_servers.begin(), load.their_servers.end(), [&](ServerId target) {
    const Server& server = at(facts_.organisation.servers, target);
    if (judge_routing(at(facts_.organisation.servers, front), server)) return false;
    if (!judged.insert(running_owa_version(server)).second) return true;
    return judge_versions(own, at(facts_.found.servers, target), readings).verdict == Verdict::works;
  });
}

/// The earliest moment at which all these fronts may be out of service for their changes.
std::optional<std::int64_t> LagBounder::all_out(const Entries& entries, std::int64_t from) const {
  std::int64_t latest = from;
  for (const Calendar* calendar : entries.of_all_fronts) {
    const auto open = calendar->earliest(facts_.policy.start + Minutes(from), Minutes(0));
    if (!open) return std::nullopt;
    latest = std::max(latest, (*open - facts_.policy.start).count());
  }
  return latest;
}

/// The earliest moment at which a front of the entry point may have changed.
std::optional<std::int64_t> LagBounder::release(const ClosedEntry& entry, std::int64_t from) const {
  std::optional<std::int64_t> least;
  for (const ServerId front : entry.fronts) {
    const Minutes length(first_minutes_of(facts_.organisation, facts_.policy, front, facts_.changes.at(front)));
    const auto start = facts_.calendars.of(front).earliest(facts_.policy.start + Minutes(from), length);
    if (!start) continue;
    const std::int64_t end = (*start + length - facts_.policy.start).count();
    least = std::min(least.value_or(end), end);
  }
  return least;
}

/// Users times the moments at which they have the new features, at the least, of a plan that begins at `from`. The k-th
/// site has them no earlier than k sites' servers have changed, and as many fronts as entry points come before its own.
std::optional<Amount> LagBounder::weighted_ends(const Load& load, const Entries& entries, std::int64_t from) const {
  const std::size_t count = load.sites.size();
  const std::int64_t work =
      std::accumulate(load.sites.begin(), load.sites.end(), std::int64_t{0},
                      [](std::int64_t sum, const OpenTime::Job& job) { return sum + job.minutes; });
  const std::size_t fronts = entries.among_the_first.size();
  const std::int64_t longest = *std::max_element(load.lengths.begin(), load.lengths.end());
  const std::int64_t shortest = *std::min_element(load.lengths.begin(), load.lengths.end());
  const OpenTime open = facts_.open_time(load, from, work + static_cast<std::int64_t>(fronts) * longest);
  const auto ends = open.ends(count + fronts, shortest, facts_.policy.crews);
  const auto fluid = open.weighted_ends(load.sites, facts_.policy.crews);
  const auto out = all_out(entries, from);
  if (!ends || !fluid || !out) return std::nullopt;
  const auto counted = [&](std::int64_t share, std::size_t before, std::int64_t not_before) {
    Amount sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
      sum += static_cast<Amount>(load.sites[i].weight) *
             static_cast<Amount>(std::max({(*ends)[i + before], *out, not_before}));
    }
    return sum * static_cast<Amount>(share);
  };
  Amount sum = entries.open_share > 0 ? counted(entries.open_share, 0, from) : 0;
  for (const ClosedEntry& entry : entries.waiting) {
    const auto earliest = release(entry, from);
    if (!earliest) return std::nullopt;
    sum += counted(entry.share, 0, *earliest);
  }
  std::optional<std::int64_t> first;
  for (const ClosedEntry& entry : entries.among_the_first) {
    const auto earliest = release(entry, from);
    if (!earliest) return std::nullopt;
    first = std::min(first.value_or(*earliest), *earliest);
  }
  for (std::size_t i = 0; i < fronts; ++i) sum += counted(entries.among_the_first[i].share, i + 1, *first);
  sum = std::max(sum, *fluid * static_cast<Amount>(percent));
  if (!entries.are_spared) return sum;
  const auto apart = weighted_ends_of_the_spared(load, entries, from);
  return apart ? std::optional(std::max(sum, *apart)) : std::nullopt;
}

/// The moment at which a server may be drained, of a plan that begins at `from`.
std::optional<std::int64_t> LagBounder::drained(const Calendar& calendar, std::int64_t from) const {
  const Minutes length = facts_.policy.durations.drain;
  const auto start = calendar.earliest(facts_.policy.start + Minutes(from), length);
  return start ? std::optional((*start + length - facts_.policy.start).count()) : std::nullopt;
}

/// In hundredths of users. `minutes`: no plan is shorter.
Amount LagBounder::lag(std::int64_t minutes) const {
  Amount users = 0;
  struct Part {
    Load load;
    Entries entries;
  };
  using Parts = std::vector<Part>;  // of one load: the sites to which everybody is proxied, and the others
  std::vector<Parts> singles;
  std::vector<Parts> joint;
  const auto prepared = [&](const Load& whole) {
    Parts parts;
    for (const bool is_proxied : {true, false}) {
      Load load =
          with_sites(whole, facts_.cas_of, [&](SiteId site) { return facts_.is_only_proxied(site) == is_proxied; });
      if (load.sites.empty()) continue;
      sort_by_users(load);
      Entries entries = entries_of(load);
      parts.push_back({std::move(load), std::move(entries)});
    }
    return parts;
  };
  for (const Load& load : facts_.loads) {
    for (const auto& site : load.sites) users += static_cast<Amount>(site.weight * percent);
    singles.push_back(prepared(load));
  }
  for (const Load& load : facts_.unions) joint.push_back(prepared(load));
  auto beside = facts_.lagging_beside_others();
  for (auto& [calendar, count] : beside) {
    count /= parts_of_a_hundredth;
    users += static_cast<Amount>(count);
  }
  const auto ends_of = [&](const Parts& parts, std::int64_t from) -> std::optional<Amount> {
    Amount sum = 0;
    for (const auto& [load, entries] : parts) {
      const auto ends = weighted_ends(load, entries, from);
      if (!ends) return std::nullopt;
      sum += *ends;
    }
    return sum;
  };
  const auto at_end = [&](std::int64_t from) -> std::optional<Amount> {
    Amount sum = 0;
    for (const auto& [calendar, count] : beside) {
      const auto end = drained(*calendar, from);
      if (!end) return std::nullopt;
      sum += static_cast<Amount>(count) * static_cast<Amount>(*end);
    }
    auto all = joint.begin();
    for (const auto& places : facts_.parts) {
      Amount apart = 0;
      for (const std::size_t place : places) {
        const auto ends = ends_of(singles[place], from);
        if (!ends) return std::nullopt;
        apart += *ends;
      }
      if (places.size() > 1) {
        const auto ends = ends_of(*all++, from);
        if (!ends) return std::nullopt;
        apart = std::max(apart, *ends);
      }
      sum += apart;
    }
    return sum;
  };
  Amount never = 0;
  for (std::size_t i = 0; i < facts_.organisation.sites.size(); ++i) {
    if (facts_.cas_of[i].empty()) never += static_cast<Amount>(*facts_.organisation.sites[i].mailboxes * percent);
  }
  const Amount waiting = users > 0 ? facts_.least_from_beginning(at_end, users) : 0;
  return std::max<Amount>(waiting, 0) + never * static_cast<Amount>(minutes);
}

}  // namespace

Amount least_lag(const BoundFacts& facts, std::int64_t minutes) {
  return LagBounder(facts).lag(minutes);
}

}  // namespace casplan::planner
