#include "planner/bounds.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "model/catalogue.h"
#include "model/rules.h"
#include "model/topology.h"
#include "planner/broken_time_bound.h"
#include "planner/loads.h"
#include "planner/phases.h"
#include "planner/role_order.h"
#include "planner/unavailable_bound.h"

namespace casplan::planner {
namespace {

constexpr std::int64_t week = std::int64_t{60} * 24 * 7;

/// As measures are rounded: to the nearest, a half up.
std::int64_t to_measure(Amount hundredths) {
  constexpr Amount most = 4e18L;
  if (!(hundredths > 0) || hundredths > most) return 0;
  return static_cast<std::int64_t>(std::floor((2 * hundredths + percent) / (2 * percent)));
}

/// Users who come by an entry point whose fronts are all too old for every changed target of some load: none of them
/// has anything of a changed target before one of these fronts has changed.
struct ClosedEntry {
  std::int64_t share = 0;
  std::vector<ServerId> fronts;
};

class Bounder {
 public:
  Bounder(const Organisation& organisation, const Policy& policy, const Changes& changes)
      : organisation_(organisation),
        policy_(policy),
        changes_(changes),
        calendars_(organisation, policy),
        loads_(loads_of(organisation, policy, changes, calendars_)),
        parts_(sharing_crews(loads_, policy.start)),
        cas_of_(organisation.sites.size()),
        found_(initial_state(organisation)) {
    for (const auto& places : parts_) {
      if (places.size() > 1) unions_.push_back(together(loads_, places));
    }
    for (const ServerId id : client_access_servers(organisation)) {
      const auto& site = at(organisation.servers, id).site;
      if (!site) continue;
      if (was_found_in_service(organisation, id)) at(cas_of_, *site).push_back(id);
    }
    knows_users_ = std::all_of(organisation.entry_points.begin(), organisation.entry_points.end(),
                               [](const EntryPoint& entry) { return entry.share.has_value(); }) &&
                   std::all_of(organisation.sites.begin(), organisation.sites.end(),
                               [](const Site& site) { return site.mailboxes.has_value(); });
  }

  Measures run() {
    Measures bound;
    const std::int64_t minutes = makespan();
    for (const Measure measure : policy_.objective) value(bound, measure) = of(measure, minutes);
    return bound;
  }

 private:
  [[nodiscard]] std::int64_t of(Measure measure, std::int64_t minutes) const {
    switch (measure) {
      case Measure::event46_user_minutes: return 0;
      case Measure::unavailable_user_minutes:
        return knows_users_ ? to_measure(least_unavailable(organisation_, policy_, changes_, minutes)) : 0;
      case Measure::copies: return policy_.goal == Goal::upgrade ? copies() : 0;
      case Measure::feature_lag_user_minutes: return knows_users_ ? to_measure(lag(minutes)) : 0;
      case Measure::makespan_minutes: return minutes;
    }
    return 0;
  }

  [[nodiscard]] std::int64_t last_beginning() const;
  [[nodiscard]] std::size_t questions() const;
  [[nodiscard]] Amount least_from_beginning(const std::function<std::optional<Amount>(std::int64_t)>& at_end,
                                            Amount slope) const;
  [[nodiscard]] OpenTime open_time(const Load& load, std::int64_t from, std::int64_t work) const;
  [[nodiscard]] std::optional<Amount> end_of(const Load& load, std::int64_t from) const;
  [[nodiscard]] std::int64_t longest_chain() const;
  [[nodiscard]] std::int64_t makespan() const;
  [[nodiscard]] Amount lag(std::int64_t minutes) const;
  struct Entries;
  [[nodiscard]] Entries entries_of(const Load& load) const;
  [[nodiscard]] std::optional<Amount> weighted_ends(const Load& load, const Entries& entries, std::int64_t from) const;
  [[nodiscard]] std::optional<std::int64_t> release(const ClosedEntry& entry, std::int64_t from) const;
  [[nodiscard]] bool spares_users() const;
  [[nodiscard]] std::optional<std::int64_t> all_changed(const Entries& entries, std::int64_t from) const;
  [[nodiscard]] std::optional<Amount> weighted_ends_without_waiting(const Load& load, std::int64_t from,
                                                                    std::int64_t not_before) const;
  [[nodiscard]] bool works_today(ServerId front, const Load& load) const;
  [[nodiscard]] std::optional<std::int64_t> all_out(const Entries& entries, std::int64_t from) const;
  [[nodiscard]] std::int64_t copies() const;
  [[nodiscard]] bool lacks_in_the_end(const PhaseTable& phases, ServerId front, ServerId target,
                                      const OwaVersion& folder) const;

  const Organisation& organisation_;
  const Policy& policy_;
  const Changes& changes_;
  Calendars calendars_;
  std::vector<Load> loads_;
  std::vector<std::vector<std::size_t>> parts_;
  std::vector<Load> unions_;                   // of the parts with several loads, in their order
  std::vector<std::vector<ServerId>> cas_of_;  // by site, those found in service
  State found_;
  bool knows_users_ = false;
};

/// After this a plan may as well begin some weeks earlier. All windows are over then, or come again every week.
std::int64_t Bounder::last_beginning() const {
  const bool is_always_open = std::all_of(loads_.begin(), loads_.end(), [](const Load& load) {
    return std::all_of(load.calendars.begin(), load.calendars.end(),
                       [](const Calendar* calendar) { return calendar->is_always_open(); });
  });
  if (is_always_open) return 0;
  std::int64_t last = 0;
  for (const Window& window : policy_.windows) {
    if (const auto* dated = std::get_if<DatedTime>(&window.time)) {
      last = std::max(last, (dated->end - policy_.start).count());
    }
  }
  return last + week;
}

std::size_t Bounder::questions() const {
  constexpr std::size_t fewest = 16;
  constexpr std::size_t most = 300;
  constexpr std::size_t work = 1'000'000;
  return std::clamp(work / (changes_.size() + loads_.size() + 1), fewest, most);
}

Amount Bounder::least_from_beginning(const std::function<std::optional<Amount>(std::int64_t)>& at_end,
                                     Amount slope) const {
  return planner::least_from_beginning(at_end, slope, last_beginning(), questions()).value_or(0);
}

/// With room for so much work of all crews, also where each upgrade leaves almost as much of a span unused.
OpenTime Bounder::open_time(const Load& load, std::int64_t from, std::int64_t work) const {
  const std::int64_t longest = load.lengths.empty() ? 0 : *std::max_element(load.lengths.begin(), load.lengths.end());
  return {load.calendars, policy_.start, from, 2 * (work / policy_.crews + 2 * longest + 1), load.lengths};
}

std::optional<Amount> Bounder::end_of(const Load& load, std::int64_t from) const {
  const OpenTime open = open_time(load, from, load.work);
  const std::int64_t shortest = *std::min_element(load.lengths.begin(), load.lengths.end());
  const auto end = open.end_of(load.work, policy_.crews);
  const auto ends = open.ends(load.upgrades, shortest, policy_.crews);
  if (!end || !ends) return std::nullopt;
  return static_cast<Amount>(std::max(*end, ends->empty() ? 0 : ends->back()));
}

/// Of servers that follow each other.
std::int64_t Bounder::longest_chain() const {
  std::map<ServerId, std::vector<ServerId>> followers;
  std::map<ServerId, std::size_t> waiting;
  const auto add = [&](ServerId first, ServerId second) {
    if (!changes_.contains(first) || !changes_.contains(second)) return;
    followers[first].push_back(second);
    ++waiting[second];
  };
  for (const auto& [first, second] : policy_.before) add(first, second);
  for (const auto& [first, second] : order_of_roles(organisation_, changes_)) add(first, second);
  std::map<ServerId, std::int64_t> begin;
  std::vector<ServerId> ready;
  for (const auto& [server, hops] : changes_) {
    if (!waiting.contains(server)) ready.push_back(server);
  }
  std::int64_t longest = 0;
  while (!ready.empty()) {
    const ServerId server = ready.back();
    ready.pop_back();
    const std::int64_t end = begin[server] + minutes_of(organisation_, policy_, server, changes_.at(server));
    longest = std::max(longest, end);
    for (const ServerId follower : followers[server]) {
      begin[follower] = std::max(begin[follower], end);
      if (--waiting[follower] == 0) ready.push_back(follower);
    }
  }
  return longest;
}

std::int64_t Bounder::makespan() const {
  if (loads_.empty()) return 0;
  const Amount least = least_from_beginning(
      [&](std::int64_t from) -> std::optional<Amount> {
        Amount latest = 0;
        for (const auto* loads : {&loads_, &unions_}) {
          for (const Load& load : *loads) {
            if (load.upgrades == 0) continue;
            const auto end = end_of(load, from);
            if (!end) return std::nullopt;
            latest = std::max(latest, *end);
          }
        }
        return latest;
      },
      1);
  return std::max(longest_chain(), static_cast<std::int64_t>(std::max<Amount>(least, 0)));
}

/// By which entry points the users of a load come.
struct Bounder::Entries {
  std::int64_t open_share = 0;               ///< of which nothing is told
  std::vector<ClosedEntry> waiting;          ///< none of their users has anything before a front has changed
  std::vector<ClosedEntry> among_the_first;  ///< the same, and the crews that do that are the load's own; by share
  std::set<const Calendar*> of_all_fronts;   ///< of those that are out before any target comes back changed
  bool never_waits = false;  ///< no target is out of service longer than it takes in any plan that counts
};

Bounder::Entries Bounder::entries_of(const Load& load) const {
  std::optional<OwaVersion> least;
  bool is_proxied = first_of(policy_.readings).older_front == OlderFront::fails && !load.their_servers.empty();
  std::set<std::optional<SiteId>> sites;
  for (const ServerId server : load.their_servers) {
    const auto version = version_in_the_end(organisation_, changes_, server);
    is_proxied = is_proxied && version && !at(organisation_.servers, server).external_url;
    if (version && (!least || *version < *least)) least = version;
    sites.insert(at(organisation_.servers, server).site);
  }
  std::map<ServerId, std::size_t> entries_with;
  for (const EntryPoint& entry : organisation_.entry_points) {
    for (const ServerId front : entry.fronts) ++entries_with[front];
  }
  const auto is_too_old = [&](ServerId front) {
    const auto version = running_owa_version(at(organisation_.servers, front));
    return changes_.contains(front) && version && *version < *least;
  };
  const auto is_work_of_the_load = [&](ServerId front) {
    const auto& calendars = load.calendars;
    const bool is_open = std::find(calendars.begin(), calendars.end(), &calendars_.of(front)) != calendars.end();
    const bool is_one_upgrade = changes_.at(front).size() == 1;
    return is_open && is_one_upgrade && entries_with.at(front) == 1 &&
           !sites.contains(at(organisation_.servers, front).site);
  };
  Entries entries;
  if (is_proxied && policy_.event46 == Event46::never) {
    for (const ServerId front : in_service(organisation_, fronts(organisation_))) {
      const bool is_elsewhere = !sites.contains(at(organisation_.servers, front).site);
      if (is_elsewhere && is_too_old(front) && works_today(front, load)) {
        entries.of_all_fronts.insert(&calendars_.of(front));
      }
    }
  }
  for (const EntryPoint& entry : organisation_.entry_points) {
    const auto fronts = in_service(organisation_, entry.fronts);
    if (!is_proxied || fronts.empty() || !std::all_of(fronts.begin(), fronts.end(), is_too_old)) {
      entries.open_share += *entry.share;
    } else if (std::all_of(fronts.begin(), fronts.end(), is_work_of_the_load)) {
      entries.among_the_first.push_back({*entry.share, fronts});
    } else {
      entries.waiting.push_back({*entry.share, fronts});
    }
  }
  entries.never_waits = is_proxied && entries.open_share == 0 && spares_users() &&
                        std::all_of(load.their_servers.begin(), load.their_servers.end(), [&](ServerId server) {
                          const auto& site = at(organisation_.servers, server).site;
                          return changes_.at(server).size() == 1 && at(cas_of_, *site).size() == 1;
                        });
  std::stable_sort(entries.among_the_first.begin(), entries.among_the_first.end(),
                   [](const ClosedEntry& a, const ClosedEntry& b) { return a.share > b.share; });
  return entries;
}

/// Whether only plans count in which nobody is without service but for the upgrade of the only server of a site: others
/// are worse in a measure that is more important than the lag. No entry point then depends on one front.
bool Bounder::spares_users() const {
  const auto& objective = policy_.objective;
  const auto unavailable = std::find(objective.begin(), objective.end(), Measure::unavailable_user_minutes);
  const auto lag = std::find(objective.begin(), objective.end(), Measure::feature_lag_user_minutes);
  if (!(unavailable < lag)) return false;
  UserCount users = 0;
  for (const Site& site : organisation_.sites) users += *site.mailboxes;
  return std::all_of(organisation_.entry_points.begin(), organisation_.entry_points.end(),
                     [&](const EntryPoint& entry) {
                       return in_service(organisation_, entry.fronts).size() > 1 && users * *entry.share >= percent;
                     });
}

/// The earliest moment at which a target may come back changed, where no target waits for it and each entry point keeps
/// a front: one of each has changed.
std::optional<std::int64_t> Bounder::all_changed(const Entries& entries, std::int64_t from) const {
  std::int64_t latest = from;
  for (const auto* closed : {&entries.waiting, &entries.among_the_first}) {
    for (const ClosedEntry& entry : *closed) {
      const auto earliest = release(entry, from);
      if (!earliest) return std::nullopt;
      latest = std::max(latest, *earliest);
    }
  }
  return latest;
}

/// The same as `weighted_ends` where every target is out for its upgrade alone, and comes back only when all fronts are
/// out or changed.
std::optional<Amount> Bounder::weighted_ends_without_waiting(const Load& load, std::int64_t from,
                                                             std::int64_t not_before) const {
  std::int64_t work = 0;
  for (const auto& job : load.sites) work += job.minutes;
  const std::int64_t longest = *std::max_element(load.lengths.begin(), load.lengths.end());
  const std::int64_t shortest = *std::min_element(load.lengths.begin(), load.lengths.end());
  const OpenTime open = open_time(load, std::max(from, not_before - longest), work);
  const auto ends = open.ends(load.sites.size(), shortest, policy_.crews);
  if (!ends) return std::nullopt;
  Amount sum = 0;
  for (std::size_t i = 0; i < load.sites.size(); ++i) {
    sum += static_cast<Amount>(load.sites[i].weight * percent) * static_cast<Amount>(std::max((*ends)[i], not_before));
  }
  return sum;
}

/// Whether every path from a front to the load's servers works today, so that it must never fail.
bool Bounder::works_today(ServerId front, const Load& load) const {
  const Readings readings = first_of(policy_.readings);
  if (readings.folder_match != FolderMatch::running) return false;
  const ServerState& own = at(found_.servers, front);
  std::set<std::optional<OwaVersion>> judged;
  return std::all_of(load.their_servers.begin(), load.their_servers.end(), [&](ServerId target) {
    const Server& server = at(organisation_.servers, target);
    if (judge_routing(at(organisation_.servers, front), server)) return false;
    if (!judged.insert(running_owa_version(server)).second) return true;
    return judge_versions(own, at(found_.servers, target), readings).verdict == Verdict::works;
  });
}

/// The earliest moment at which all these fronts may be out of service for their changes.
std::optional<std::int64_t> Bounder::all_out(const Entries& entries, std::int64_t from) const {
  std::int64_t latest = from;
  for (const Calendar* calendar : entries.of_all_fronts) {
    const auto open = calendar->earliest(policy_.start + Minutes(from), Minutes(0));
    if (!open) return std::nullopt;
    latest = std::max(latest, (*open - policy_.start).count());
  }
  return latest;
}

/// The earliest moment at which a front of the entry point may have changed.
std::optional<std::int64_t> Bounder::release(const ClosedEntry& entry, std::int64_t from) const {
  std::optional<std::int64_t> least;
  for (const ServerId front : entry.fronts) {
    const Minutes length(first_minutes_of(organisation_, policy_, front, changes_.at(front)));
    const auto start = calendars_.of(front).earliest(policy_.start + Minutes(from), length);
    if (!start) continue;
    const std::int64_t end = (*start + length - policy_.start).count();
    least = std::min(least.value_or(end), end);
  }
  return least;
}

/// Users times the moments at which they have the new features, at the least, of a plan that begins at `from`. The k-th
/// site has them no earlier than k sites' servers have changed, and as many fronts as entry points come before its own.
std::optional<Amount> Bounder::weighted_ends(const Load& load, const Entries& entries, std::int64_t from) const {
  const std::size_t count = load.sites.size();
  const std::int64_t work =
      std::accumulate(load.sites.begin(), load.sites.end(), std::int64_t{0},
                      [](std::int64_t sum, const OpenTime::Job& job) { return sum + job.minutes; });
  const std::size_t fronts = entries.among_the_first.size();
  const std::int64_t longest = *std::max_element(load.lengths.begin(), load.lengths.end());
  const std::int64_t shortest = *std::min_element(load.lengths.begin(), load.lengths.end());
  const OpenTime open = open_time(load, from, work + static_cast<std::int64_t>(fronts) * longest);
  const auto ends = open.ends(count + fronts, shortest, policy_.crews);
  const auto fluid = open.weighted_ends(load.sites, policy_.crews);
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
  if (!entries.never_waits) return sum;
  const auto changed = all_changed(entries, from);
  const auto apart = changed ? weighted_ends_without_waiting(load, from, std::max(*out, *changed)) : std::nullopt;
  return apart ? std::optional(std::max(sum, *apart)) : std::nullopt;
}

/// In hundredths of users. `minutes`: no plan is shorter.
Amount Bounder::lag(std::int64_t minutes) const {
  Amount users = 0;
  const auto by_weight = [](const OpenTime::Job& a, const OpenTime::Job& b) { return a.weight > b.weight; };
  std::vector<std::pair<Load, Entries>> singles;
  std::vector<std::pair<Load, Entries>> joint;
  const auto prepared = [&](Load load) {
    std::stable_sort(load.sites.begin(), load.sites.end(), by_weight);
    Entries entries = entries_of(load);
    return std::pair(std::move(load), std::move(entries));
  };
  for (const Load& load : loads_) {
    for (const auto& site : load.sites) users += static_cast<Amount>(site.weight * percent);
    singles.push_back(prepared(load));
  }
  for (const Load& load : unions_) joint.push_back(prepared(load));
  const auto at_end = [&](std::int64_t from) -> std::optional<Amount> {
    Amount sum = 0;
    auto all = joint.begin();
    for (const auto& places : parts_) {
      Amount apart = 0;
      for (const std::size_t place : places) {
        const auto& [load, entries] = singles[place];
        const auto ends = load.sites.empty() ? Amount{0} : weighted_ends(load, entries, from);
        if (!ends) return std::nullopt;
        apart += *ends;
      }
      if (places.size() > 1) {
        const auto& [load, entries] = *all++;
        const auto ends = load.sites.empty() ? Amount{0} : weighted_ends(load, entries, from);
        if (!ends) return std::nullopt;
        apart = std::max(apart, *ends);
      }
      sum += apart;
    }
    return sum;
  };
  Amount never = 0;
  for (std::size_t i = 0; i < organisation_.sites.size(); ++i) {
    if (cas_of_[i].empty()) never += static_cast<Amount>(*organisation_.sites[i].mailboxes * percent);
  }
  const Amount waiting = users > 0 ? least_from_beginning(at_end, users) : 0;
  return std::max<Amount>(waiting, 0) + never * static_cast<Amount>(minutes);
}

/// Each front needs its own copy of a folder of an earlier level, which no upgrade of it brings.
std::int64_t Bounder::copies() const {
  if (first_of(policy_.readings).folder_match != FolderMatch::running) return 0;
  std::map<OwaVersion, std::vector<ServerId>> targets;  // by the version that they have in the end
  for (const ServerId target : in_service(organisation_, client_access_servers(organisation_))) {
    const auto& site = at(organisation_.servers, target).site;
    const auto version = version_in_the_end(organisation_, changes_, target);
    if (version && site && at(organisation_.sites, *site).mailboxes.value_or(0) > 0)
      targets[*version].push_back(target);
  }
  std::optional<PhaseTable> phases;
  std::int64_t count = 0;
  for (const ServerId front : in_service(organisation_, fronts(organisation_))) {
    const Server& server = at(organisation_.servers, front);
    const auto own = version_in_the_end(organisation_, changes_, front);
    if (!own || !server.folders || !server.site) continue;
    for (const auto& [version, with_version] : targets) {
      if (!(version.level() < own->level())) continue;
      if (!phases) phases.emplace(organisation_, changes_, policy_.readings);
      const bool is_asked = std::any_of(with_version.begin(), with_version.end(), [&](ServerId target) {
        return at(organisation_.servers, target).site != server.site &&
               !judge_routing(server, at(organisation_.servers, target));
      });
      if (is_asked && lacks_in_the_end(*phases, front, with_version.front(), version)) ++count;
    }
  }
  return count;
}

bool Bounder::lacks_in_the_end(const PhaseTable& phases, ServerId front, ServerId target,
                               const OwaVersion& folder) const {
  const auto last = [&](ServerId server) { return changes_.contains(server) ? Phase::after : Phase::before; };
  const Need need = phases.need(front, last(front), target, last(target));
  return need.kind == NeedKind::folders && need.folders.contains(folder);
}

}  // namespace

Measures lower_bounds(const Organisation& organisation, const Policy& policy, const Changes& changes) {
  return with_broken_time(organisation, policy, changes, Bounder(organisation, policy, changes).run());
}

Measures tighter(const Policy& policy, const Measures& a, const Measures& b) {
  const auto in_order = [&](const Measures& bound) {
    std::vector<std::int64_t> amounts;
    for (const Measure measure : policy.objective) amounts.push_back(value(bound, measure).value_or(0));
    return amounts;
  };
  return in_order(a) < in_order(b) ? b : a;
}

}  // namespace casplan::planner
