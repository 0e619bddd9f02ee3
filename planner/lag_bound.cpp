#include "planner/lag_bound.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>
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
  /// Nor is one out of service longer than its upgrade takes, unless everybody's front is out, too.
  bool never_waits = false;
  bool are_guarded = true;  ///< no changed target may be met by a front that has not changed
};

class LagBounder {
 public:
  explicit LagBounder(const BoundFacts& facts)
      : facts_(facts),
        fronts_([&] {
          const auto all = fronts(facts.organisation);
          return std::set<ServerId>(all.begin(), all.end());
        }()),
        waiting_costs_more_(waiting_costs_more(facts.organisation, facts.policy, facts.changes)) {}

  [[nodiscard]] Amount lag(std::int64_t minutes) const;

 private:
  [[nodiscard]] Entries entries_of(const Load& load) const;
  [[nodiscard]] std::optional<Amount> weighted_ends(const Load& load, const Entries& entries, std::int64_t from) const;
  [[nodiscard]] std::optional<std::int64_t> release(const ClosedEntry& entry, std::int64_t from) const;
  [[nodiscard]] bool are_spared(const Load& load, const Entries& entries) const;
  [[nodiscard]] bool have_one_upgrade(const Load& load) const;
  [[nodiscard]] std::optional<std::int64_t> next_open(const Load& load, std::int64_t from) const;
  [[nodiscard]] std::optional<std::int64_t> first_return(const Entries& entries, std::int64_t from) const;
  [[nodiscard]] bool begins_after_fronts(const Load& load, const Entries& entries) const;
  [[nodiscard]] std::optional<Amount> weighted_ends_of_the_spared(const Load& load, const Entries& entries,
                                                                    std::int64_t from) const;
  [[nodiscard]] bool is_only_proxied(SiteId site) const;
  [[nodiscard]] bool works_today(ServerId front, const Load& load) const;
  [[nodiscard]] std::optional<std::int64_t> all_out(const Entries& entries, std::int64_t from) const;

  const BoundFacts& facts_;
  std::set<ServerId> fronts_;
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
  entries.never_waits = entries.are_spared && waiting_costs_more_ && have_one_upgrade(load);
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

/// Whether each of the sites has one server, out of service once.
bool LagBounder::have_one_upgrade(const Load& load) const {
  return std::all_of(load.their_servers.begin(), load.their_servers.end(), [&](ServerId server) {
    const auto& site = at(facts_.organisation.servers, server).site;
    return facts_.changes.at(server).size() == 1 && at(facts_.cas_of, *site).size() == 1;
  });
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
bool LagBounder::begins_after_fronts(const Load& load, const Entries& entries) const {
  const auto has_several = [](const ClosedEntry& entry) { return entry.fronts.size() > 1 && entry.share > 0; };
  const bool has_balanced =
      std::any_of(entries.waiting.begin(), entries.waiting.end(), has_several) ||
      std::any_of(entries.among_the_first.begin(), entries.among_the_first.end(), has_several);
  return has_balanced && std::cmp_greater(load.sites.size(), facts_.policy.crews) &&
         facts_.policy.durations.return_to_service > Minutes(0);
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

/// The same as `weighted_ends` where nobody is to be without a front.
std::optional<Amount> LagBounder::weighted_ends_of_the_spared(const Load& load, const Entries& entries,
                                                                std::int64_t from) const {
  const auto returns = first_return(entries, from);
  const auto not_before = returns ? next_open(load, *returns) : std::nullopt;
  if (!not_before) return std::nullopt;
  std::int64_t work = 0;
  for (const auto& job : load.sites) work += job.minutes;
  const std::int64_t longest = *std::max_element(load.lengths.begin(), load.lengths.end());
  const std::int64_t shortest = *std::min_element(load.lengths.begin(), load.lengths.end());
  const bool waits = !entries.never_waits;
  const std::int64_t first_begin =
      waits ? from : (begins_after_fronts(load, entries) ? *not_before : *not_before - longest);
  const auto only_fronts = std::count_if(entries.among_the_first.begin(), entries.among_the_first.end(),
                                         [](const ClosedEntry& entry) { return entry.fronts.size() == 1; });
  const auto fronts = static_cast<std::size_t>(only_fronts);
  const OpenTime open = facts_.open_time(load, std::max(from, first_begin), work + only_fronts * longest);
  const auto ends = open.ends(load.sites.size() + fronts, shortest, facts_.policy.crews);
  if (!ends) return std::nullopt;
  Amount sum = 0;
  const auto count = [&](const ClosedEntry& entry, std::size_t before) {
    const auto earliest = release(entry, from);
    for (std::size_t i = 0; earliest && i < load.sites.size(); ++i) {
      sum += static_cast<Amount>(load.sites[i].weight * entry.share) *
             static_cast<Amount>(std::max({(*ends)[i + before], *not_before, *earliest}));
    }
    return earliest.has_value();
  };
  for (const ClosedEntry& entry : entries.waiting) {
    if (!count(entry, 0)) return std::nullopt;
  }
  std::size_t before = 0;
  for (const ClosedEntry& entry : entries.among_the_first) {
    if (!count(entry, entry.fronts.size() == 1 ? ++before : 0)) return std::nullopt;
  }
  return sum;
}

/// Whether all its users are proxied: no front is there, and no server to which they would be redirected.
bool LagBounder::is_only_proxied(SiteId site) const {
  const auto& servers = at(facts_.cas_of, site);
  return std::none_of(servers.begin(), servers.end(), [&](ServerId server) {
    return at(facts_.organisation.servers, server).external_url || fronts_.contains(server);
  });
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

/// In hundredths of users. `minutes`: no plan is shorter.
Amount LagBounder::lag(std::int64_t minutes) const {
  Amount users = 0;
  const auto by_weight = [](const OpenTime::Job& a, const OpenTime::Job& b) { return a.weight > b.weight; };
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
      Load load = with_sites(whole, facts_.cas_of, [&](SiteId site) { return is_only_proxied(site) == is_proxied; });
      if (load.sites.empty()) continue;
      std::stable_sort(load.sites.begin(), load.sites.end(), by_weight);
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
