#include "planner/broken_time_bound.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "planner/loads.h"
#include "planner/mixed_states.h"
#include "planner/unavailable_bound.h"
#include "planner/v_shape.h"

namespace casplan::planner {
namespace {

/// What plans without copies cost at least, in hundredths of user-minutes.
struct Least {
  Amount sum = 0;            ///< of both measures
  Amount lag = 0;            ///< where the sum is the least; nothing where not told
  std::int64_t minutes = 0;  ///< of the whole plan, where both are the least; nothing where not told
};

/// An entry point, and what its users pay.
struct Entry {
  std::vector<ServerId> fronts;   ///< found in service
  std::vector<ServerId> targets;  ///< of the only front
  std::int64_t share = 0;
  bool works_today = true;
  Amount anyway = 0;  ///< of both measures, also with copies
  Least any;
  Least quiet;  ///< of plans in which nobody meets Event 46
};

/// A front that is the only one of its entry point, and its targets.
struct Star {
  std::vector<VJob> targets;
  VExtras drains;          ///< and returns, where somebody waits out of service
  std::int64_t front = 0;  ///< minutes
  Amount users = 0;
  bool all_lag = false;

  [[nodiscard]] Amount all_users() const { return users + static_cast<Amount>(drains.waiting); }
  [[nodiscard]] std::int64_t minutes() const {
    return std::accumulate(targets.begin(), targets.end(), front,
                           [](std::int64_t sum, const VJob& target) { return sum + target.minutes; });
  }
  [[nodiscard]] Least around_the_front(const VShape& shape, Amount anyway) const {
    const bool is_told = all_lag && shape.is_least;
    return {anyway + shape.distances, is_told ? shape.ends + all_users() * static_cast<Amount>(front) : 0,
            shape.extra_minutes > 0 ? minutes() + shape.extra_minutes : 0};
  }
};

/// Where no path may break in any order that a plan permits, a target that changes before its front comes back only
/// when the front's upgrade has ended, and one that changes after it goes out before that begins: each is drained and
/// returned besides its upgrade, or the front is.
Least kept_out_in_every_order(const Star& star, Least least) {
  const auto drain = static_cast<Amount>(star.drains.lead);
  const auto back = static_cast<Amount>(star.drains.apart);
  least.sum += star.users * back;
  if (least.lag > 0) least.lag += star.users * back + star.all_users() * drain;
  least.minutes = star.minutes() + star.drains.lead + star.drains.apart;
  return least;
}

/// At the minutes of the schedule alone, the target that is upgraded right before the front is not drained, nor the one
/// right after it. The others after it are returned, or the front stays out until their upgrades begin. That costs all
/// who changed before it a whole upgrade; so it is no use, unless almost all change after it, which costs too much.
/// Nothing more is told where that is not so, or the upgrades have several lengths.
Least kept_out_for_a_schedule(const Star& star, Amount anyway, Least least) {
  const std::int64_t length = star.targets.front().minutes;
  std::vector<std::int64_t> weights;
  for (const VJob& target : star.targets) {
    if (target.minutes != length) return least;
    weights.push_back(target.weight);
  }
  std::sort(weights.begin(), weights.end(), std::greater<>());
  Amount all_after = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    all_after += static_cast<Amount>(weights[i]) * static_cast<Amount>(i) * static_cast<Amount>(length);
  }
  const VShape shape = v_shape(star.targets, star.drains);
  const Amount almost_none = static_cast<Amount>(weights.front()) * static_cast<Amount>(star.drains.apart);
  const bool is_no_use = all_after - almost_none * static_cast<Amount>(weights.size()) >= shape.distances;
  return shape.is_least && is_no_use ? star.around_the_front(shape, anyway) : least;
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

  /// Which plans count.
  using Plans = Least Entry::*;

  /// Of both measures together, where so many folders may be copied.
  [[nodiscard]] Amount least(Plans plans, int copies) const {
    Amount sum = 0;
    std::vector<Amount> saved;
    for (const auto& group : groups_with_common_fronts()) {
      Amount saved_here = 0;
      for (const std::size_t place : group) {
        const Entry& entry = entries_[place];
        sum += (entry.*plans).sum;
        saved_here += (entry.*plans).sum - entry.anyway;
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

  /// Of the only entry point whose users pay; nothing where there are others.
  [[nodiscard]] Least of_the_only_one(Plans plans) const {
    const auto pays = [](const Entry& entry) { return entry.any.sum > 0; };
    if (std::count_if(entries_.begin(), entries_.end(), pays) != 1) return {};
    return (*std::find_if(entries_.begin(), entries_.end(), pays)).*plans;
  }

 private:
  [[nodiscard]] Entry bounded(const EntryPoint& entry) const;
  [[nodiscard]] Star star_of(ServerId front, const std::vector<ServerId>& targets, std::int64_t share) const;
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
  const bool follow_each_other =
      policy_.crews == 1 &&
      std::all_of(targets.begin(), targets.end(), [&](ServerId id) { return is_one_upgrade(id); }) &&
      (!is_lone || is_one_upgrade(result.fronts.front()));
  const Star star = star_of(result.fronts.front(), targets, *entry.share);
  Amount halves = 0;
  for (const VJob& target : star.targets) {
    const std::int64_t minutes = target.minutes + (is_lone && follow_each_other ? star.front : 0);
    result.anyway += static_cast<Amount>(target.weight) * static_cast<Amount>(minutes);
    halves += static_cast<Amount>(target.weight) * static_cast<Amount>(target.minutes) / 2;
  }
  if (follow_each_other && is_lone) {
    result.targets = targets;
    result.any = star.around_the_front(v_shape(star.targets, {star.drains.waiting, 0, 0}), result.anyway);
  } else if (follow_each_other) {
    result.any.sum = result.anyway + v_shape(star.targets).distances;
  } else {
    result.any.sum = std::max(result.anyway, halves + least_distances_of_middles(star.targets, policy_.crews));
  }
  result.quiet = result.any;
  if (result.targets.empty() || !result.works_today) return result;
  result.quiet = policy_.event46 == Event46::never ? kept_out_in_every_order(star, result.any)
                                                   : kept_out_for_a_schedule(star, result.anyway, result.any);
  return result;
}

Star Bounder::star_of(ServerId front, const std::vector<ServerId>& targets, std::int64_t share) const {
  Star star;
  star.front = minutes(front);
  star.drains = {mailboxes_at(front) * share, policy_.durations.return_to_service.count(),
                 policy_.durations.drain.count()};
  star.all_lag = lags(front);
  for (const ServerId target : targets) {
    star.targets.push_back({mailboxes_at(target) * share, minutes(target)});
    star.users += static_cast<Amount>(star.targets.back().weight);
    star.all_lag = star.all_lag && lags(target);
  }
  return star;
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

void raise(Measures& bound, Measure measure, std::int64_t least) {
  value(bound, measure) = std::max(value(bound, measure).value_or(0), least);
}

/// The rest of the sum of two measures, of which the first is at its bound as far as rounding tells.
void raise_second(Measures& bound, Measure first, Measure second, Amount sum) {
  const Amount half = Amount{percent} / 2;
  const auto own = static_cast<Amount>(value(bound, first).value_or(0)) * percent;
  raise(bound, second, to_measure(sum - own - half));
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
  const bool breaks_nothing = policy.event46 == Event46::never && bounder.works_today();
  const bool event46_first = breaks_nothing || event46 < unavailable;
  const bool whole = counts_whole_users(organisation);
  const bool is_quiet = breaks_nothing || (event46_first && whole && value(bound, Measure::event46_user_minutes) == 0);
  const auto plans = is_quiet ? &Entry::quiet : &Entry::any;
  const Amount sum = bounder.least(plans, *copies);
  raise_second(bound, event46_first ? Measure::event46_user_minutes : Measure::unavailable_user_minutes,
               event46_first ? Measure::unavailable_user_minutes : Measure::event46_user_minutes, sum);
  const auto total = value(bound, Measure::event46_user_minutes).value_or(0) +
                     value(bound, Measure::unavailable_user_minutes).value_or(0);
  const auto lag = place(Measure::feature_lag_user_minutes);
  const bool is_tight = whole && *copies == 0 && static_cast<Amount>(total) * percent == sum;
  if (!is_tight || lag >= counted || lag < std::max(event46, unavailable)) return bound;
  const Least rest = bounder.of_the_only_one(plans);
  raise(bound, Measure::feature_lag_user_minutes, to_measure(rest.lag));
  const auto makespan = place(Measure::makespan_minutes);
  if (makespan < counted && makespan > lag) raise(bound, Measure::makespan_minutes, rest.minutes);
  return bound;
}

}  // namespace casplan::planner
