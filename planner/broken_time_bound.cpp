#include "planner/broken_time_bound.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "planner/loads.h"
#include "planner/mixed_states.h"
#include "planner/unavailable_bound.h"
#include "planner/v_shape.h"

namespace casplan::planner {
namespace {

/// An entry point, and what its users pay, in hundredths of user-minutes.
struct Entry {
  std::vector<ServerId> fronts;   ///< found in service
  std::vector<ServerId> targets;  ///< of which some time is told
  std::int64_t share = 0;
  bool works_today = true;
  Amount least = 0;          ///< without copies
  Amount anyway = 0;         ///< with as many as are wanted
  Amount lag = 0;            ///< of the best order among those with the least distances; nothing where not told
  std::int64_t minutes = 0;  ///< of every plan without copies
};

/// Whether the users of the organisation can be counted in each class: sites by entry points.
bool knows_users(const Organisation& organisation) {
  return std::all_of(organisation.entry_points.begin(), organisation.entry_points.end(),
                     [](const EntryPoint& entry) { return entry.share.has_value(); }) &&
         std::all_of(organisation.sites.begin(), organisation.sites.end(),
                     [](const Site& site) { return site.mailboxes.has_value(); });
}

class Bounder {
 public:
  Bounder(const Organisation& organisation, const Policy& policy, const Changes& changes)
      : organisation_(organisation), policy_(policy), changes_(changes), mixed_(organisation, changes, policy) {
    std::map<SiteId, std::vector<ServerId>> cas_of;
    for (const ServerId id : in_service(organisation, client_access_servers(organisation))) {
      if (const auto& site = at(organisation.servers, id).site) cas_of[*site].push_back(id);
    }
    for (const auto& [site, servers] : cas_of) {
      const bool changes_alone = servers.size() == 1 && changes.contains(servers.front());
      if (changes_alone && *at(organisation.sites, site).mailboxes > 0) targets_.push_back(servers.front());
    }
    for (const EntryPoint& entry : organisation.entry_points) entries_.push_back(bounded(entry));
  }

  /// Of both measures together, where so many folders may be copied.
  [[nodiscard]] Amount least(int copies) const {
    Amount sum = 0;
    std::vector<Amount> saved;
    for (const auto& group : groups_with_common_fronts()) {
      Amount saved_here = 0;
      for (const std::size_t place : group) {
        sum += entries_[place].least;
        saved_here += entries_[place].least - entries_[place].anyway;
      }
      saved.push_back(saved_here);
    }
    std::sort(saved.begin(), saved.end(), std::greater<>());
    const auto freed = std::min(saved.size(), static_cast<std::size_t>(std::max(copies, 0)));
    for (std::size_t i = 0; i < freed; ++i) sum -= saved[i];
    return copies == 0 ? sum + between_targets_and_fronts() : sum;
  }

  /// Whether the users who pay meet no event as long as nothing is done.
  [[nodiscard]] bool works_today() const {
    return std::all_of(entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.works_today; });
  }

  /// Of a plan without copies.
  [[nodiscard]] std::int64_t least_minutes() const {
    std::int64_t least = 0;
    for (const Entry& entry : entries_) least = std::max(least, entry.minutes);
    return least;
  }

  /// Of the lag, where the two measures are the least without copies.
  [[nodiscard]] Amount least_lag() const {
    const auto paying = std::count_if(entries_.begin(), entries_.end(), [](const Entry& e) { return e.least > 0; });
    if (paying != 1) return 0;
    return std::max_element(entries_.begin(), entries_.end(),
                            [](const Entry& a, const Entry& b) { return a.lag < b.lag; })
        ->lag;
  }

 private:
  [[nodiscard]] Entry bounded(const EntryPoint& entry) const;
  void add_drains_and_returns(Entry& entry, const std::vector<VJob>& jobs, std::int64_t waiting) const;
  [[nodiscard]] std::vector<ServerId> targets_of(const std::vector<ServerId>& fronts) const;
  [[nodiscard]] std::vector<std::vector<std::size_t>> groups_with_common_fronts() const;
  [[nodiscard]] Amount between_targets_and_fronts() const;
  [[nodiscard]] bool is_one_upgrade(ServerId server) const { return changes_.at(server).size() == 1; }
  [[nodiscard]] bool lags(ServerId server) const {
    const auto wanted = wanted_build(organisation_, policy_, server);
    const auto& build = at(organisation_.servers, server).build;
    return wanted && build && *build < *wanted;
  }
  [[nodiscard]] std::int64_t minutes(ServerId server) const {
    return minutes_of(organisation_, policy_, server, changes_.at(server));
  }
  [[nodiscard]] std::int64_t mailboxes_at(ServerId server) const {
    return *at(organisation_.sites, *at(organisation_.servers, server).site).mailboxes;
  }

  const Organisation& organisation_;
  const Policy& policy_;
  const Changes& changes_;
  mutable MixedStates mixed_;
  std::vector<ServerId> targets_;  // alone in their sites, with users
  std::vector<Entry> entries_;
};

/// Those whose paths fail with all of these fronts while one end has changed and the other has not.
std::vector<ServerId> Bounder::targets_of(const std::vector<ServerId>& fronts) const {
  const bool all_change =
      std::all_of(fronts.begin(), fronts.end(), [&](ServerId front) { return changes_.contains(front); });
  if (fronts.empty() || !all_change) return {};
  std::vector<ServerId> targets;
  std::copy_if(targets_.begin(), targets_.end(), std::back_inserter(targets), [&](ServerId target) {
    return std::all_of(fronts.begin(), fronts.end(), [&](ServerId front) { return mixed_.always_fail(front, target); });
  });
  return targets;
}

Entry Bounder::bounded(const EntryPoint& entry) const {
  Entry result;
  result.fronts = in_service(organisation_, entry.fronts);
  const auto targets = targets_of(result.fronts);
  if (targets.empty()) return result;
  result.share = *entry.share;
  result.works_today = std::none_of(targets.begin(), targets.end(), [&](ServerId target) {
    return std::any_of(result.fronts.begin(), result.fronts.end(),
                       [&](ServerId front) { return mixed_.fail_today(front, target); });
  });
  const bool is_lone = result.fronts.size() == 1;
  const ServerId front = result.fronts.front();
  const bool follow_each_other =
      policy_.crews == 1 &&
      std::all_of(targets.begin(), targets.end(), [&](ServerId id) { return is_one_upgrade(id); }) &&
      (!is_lone || is_one_upgrade(front));
  const std::int64_t centre = is_lone && follow_each_other ? minutes(front) : 0;
  std::vector<VJob> jobs;
  Amount halves = 0;
  for (const ServerId target : targets) {
    jobs.push_back({mailboxes_at(target) * *entry.share, minutes(target)});
    const auto weight = static_cast<Amount>(jobs.back().weight);
    result.anyway += weight * static_cast<Amount>(jobs.back().minutes + centre);
    halves += weight * static_cast<Amount>(jobs.back().minutes) / 2;
  }
  if (!follow_each_other) {
    result.least = std::max(result.anyway, halves + least_distances_of_middles(jobs, policy_.crews));
    return result;
  }
  const std::int64_t waiting = is_lone ? mailboxes_at(front) * *entry.share : 0;
  if (is_lone) result.targets = targets;
  const VShape shape = v_shape(jobs, waiting);
  result.least = result.anyway + shape.distances;
  const bool all_lag = is_lone && lags(front) &&
                       std::all_of(targets.begin(), targets.end(), [&](ServerId target) { return lags(target); });
  if (all_lag && shape.is_least) {
    Amount users = static_cast<Amount>(waiting);
    for (const VJob& job : jobs) users += static_cast<Amount>(job.weight);
    result.lag = shape.ends + users * static_cast<Amount>(centre);
  }
  if (is_lone && result.works_today && policy_.event46 == Event46::never) {
    result.minutes = centre;
    add_drains_and_returns(result, jobs, waiting);
  }
  return result;
}

/// Where no path may break in any order that a plan permits, a target that changes before its front comes back only
/// when the front's upgrade has ended, and one that changes after it goes out before that begins: each is drained and
/// returned besides its upgrade, or the front is.
void Bounder::add_drains_and_returns(Entry& entry, const std::vector<VJob>& jobs, std::int64_t waiting) const {
  const std::int64_t drain = policy_.durations.drain.count();
  const std::int64_t back = policy_.durations.return_to_service.count();
  entry.minutes += drain + back;
  Amount users = 0;
  for (const VJob& job : jobs) {
    users += static_cast<Amount>(job.weight);
    entry.minutes += job.minutes;
  }
  entry.least += users * static_cast<Amount>(back);
  if (entry.lag > 0) {
    entry.lag += users * static_cast<Amount>(drain + back) + static_cast<Amount>(waiting) * static_cast<Amount>(drain);
  }
}

/// The changes of fronts that lie between a target and other fronts, which a bound for one entry point does not see. As
/// if each target were in the middle of its fronts. Nothing where a front is a target, too.
Amount Bounder::between_targets_and_fronts() const {
  std::map<ServerId, std::map<ServerId, std::int64_t>> shares_of;  // by target and front
  for (const Entry& entry : entries_) {
    for (const ServerId target : entry.targets) shares_of[target][entry.fronts.front()] += entry.share;
  }
  std::map<std::map<ServerId, std::int64_t>, Amount> known;
  Amount sum = 0;
  for (const auto& [target, shares] : shares_of) {
    const auto [place, is_new] = known.try_emplace(shares, 0);
    if (is_new) {
      std::vector<VJob> fronts;
      for (const auto& [front, share] : shares) {
        if (shares_of.contains(front)) return 0;
        fronts.push_back({share, minutes(front)});
      }
      place->second = v_shape(fronts).distances;
    }
    sum += static_cast<Amount>(mailboxes_at(target)) * place->second;
  }
  return sum;
}

/// A folder on one front is of use to all its entry points.
std::vector<std::vector<std::size_t>> Bounder::groups_with_common_fronts() const {
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::vector<std::size_t> joined{i};
    std::erase_if(groups, [&](const std::vector<std::size_t>& group) {
      const bool shares_a_front = std::any_of(group.begin(), group.end(), [&](std::size_t other) {
        const auto& fronts = entries_[other].fronts;
        return std::any_of(fronts.begin(), fronts.end(), [&](ServerId front) {
          return std::find(entries_[i].fronts.begin(), entries_[i].fronts.end(), front) != entries_[i].fronts.end();
        });
      });
      if (shares_a_front) joined.insert(joined.end(), group.begin(), group.end());
      return shares_a_front;
    });
    groups.push_back(std::move(joined));
  }
  return groups;
}

/// How many folders may be copied by a plan that counts; empty: any number.
std::optional<int> most_copies(const Policy& policy, const Measures& bound) {
  for (const Measure measure : policy.objective) {
    if (measure == Measure::event46_user_minutes || measure == Measure::unavailable_user_minutes) break;
    const auto& least = value(bound, measure);
    if (measure == Measure::copies && least) {
      return static_cast<int>(std::min<std::int64_t>(*least, policy.copies.value_or(std::numeric_limits<int>::max())));
    }
  }
  return policy.copies;
}

/// Rounded as measures are.
std::int64_t to_measure(Amount hundredths) {
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor((2 * hundredths + percent) / (2 * percent))));
}

/// Whether no part of a user occurs in either measure.
bool counts_whole_users(const Organisation& organisation) {
  std::set<SiteId> with_cas;
  for (const ServerId id : in_service(organisation, client_access_servers(organisation))) {
    const auto& site = at(organisation.servers, id).site;
    if (site && !with_cas.insert(*site).second) return false;
  }
  return std::all_of(organisation.entry_points.begin(), organisation.entry_points.end(), [&](const EntryPoint& entry) {
    return in_service(organisation, entry.fronts).size() <= 1 &&
           std::all_of(organisation.sites.begin(), organisation.sites.end(),
                       [&](const Site& site) { return *site.mailboxes * *entry.share % percent == 0; });
  });
}

/// The rest of the sum of two measures, of which the first is at its bound as far as rounding tells.
void raise_second(Measures& bound, Measure first, Measure second, Amount sum) {
  const Amount half = Amount{percent} / 2;
  const auto own = static_cast<Amount>(value(bound, first).value_or(0)) * percent;
  value(bound, second) = std::max(value(bound, second).value_or(0), to_measure(sum - own - half));
}

}  // namespace

Measures with_broken_time(const Organisation& organisation, const Policy& policy, const Changes& changes,
                          Measures bound) {
  const auto place = [&](Measure measure) {
    return std::find(policy.objective.begin(), policy.objective.end(), measure) - policy.objective.begin();
  };
  const auto copies = most_copies(policy, bound);
  const Readings readings = first_of(policy.readings);
  // A folder that is put on a target may become the highest there, so that fronts need another one.
  const bool is_told = copies && (*copies == 0 || readings.folder_match == FolderMatch::running);
  const auto counted = static_cast<std::ptrdiff_t>(policy.objective.size());
  const auto event46 = place(Measure::event46_user_minutes);
  const auto unavailable = place(Measure::unavailable_user_minutes);
  const bool counts_both = event46 < counted && unavailable < counted;
  if (!is_told || !counts_both || policy.goal != Goal::upgrade || !knows_users(organisation)) return bound;
  const Bounder bounder(organisation, policy, changes);
  const Amount sum = bounder.least(*copies);
  const bool breaks_nothing = policy.event46 == Event46::never && bounder.works_today();
  const bool event46_first = breaks_nothing || event46 < unavailable;
  raise_second(bound, event46_first ? Measure::event46_user_minutes : Measure::unavailable_user_minutes,
               event46_first ? Measure::unavailable_user_minutes : Measure::event46_user_minutes, sum);
  const auto lag = place(Measure::feature_lag_user_minutes);
  const auto total = value(bound, Measure::event46_user_minutes).value_or(0) +
                     value(bound, Measure::unavailable_user_minutes).value_or(0);
  const bool is_tight = static_cast<Amount>(total) * percent == sum && counts_whole_users(organisation);
  if (*copies == 0 && is_tight && lag < counted && lag > std::max(event46, unavailable)) {
    auto& least_lag = value(bound, Measure::feature_lag_user_minutes);
    least_lag = std::max(least_lag.value_or(0), to_measure(bounder.least_lag()));
  }
  if (*copies == 0 && place(Measure::makespan_minutes) < counted) {
    auto& minutes = value(bound, Measure::makespan_minutes);
    minutes = std::max(minutes.value_or(0), bounder.least_minutes());
  }
  return bound;
}

}  // namespace casplan::planner
