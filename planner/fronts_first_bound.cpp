#include "planner/fronts_first_bound.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "model/rules.h"
#include "planner/search/problem.h"

namespace casplan::planner {
namespace {

/// The first front of an entry point with several that comes back changed.
struct Gate {
  std::vector<ServerId> fronts;  ///< one of these
  std::int64_t minutes = 0;      ///< of a crew, copies included
  std::int64_t coming_back = 0;  ///< minutes after that until it is in service
  UserCount users = 0;           ///< who have the new features then, because the site has no other CAS than `fronts`
};

/// A site whose users have the new features once a crew has worked so long on it.
struct Job {
  UserCount users = 0;
  std::int64_t minutes = 0;
  bool may_be_held_out = false;  ///< begun before its users may have them
};

/// Users times minutes until they have the features, of the best order. Nothing is done in the first `idle` minutes,
/// unless the first job is one that may be held out.
Amount weighted_ends(std::vector<Job> jobs, std::int64_t idle) {
  std::stable_sort(jobs.begin(), jobs.end(),
                   [](const Job& a, const Job& b) { return a.users * b.minutes > b.users * a.minutes; });
  Amount sum = 0;
  Amount users = 0;
  Amount end = 0;
  std::optional<Amount> one_before_all;
  for (const Job& job : jobs) {
    const auto own = static_cast<Amount>(job.users);
    const auto minutes = static_cast<Amount>(job.minutes);
    const Amount more = users * minutes - own * end;
    if (job.may_be_held_out) one_before_all = std::min(one_before_all.value_or(more), more);
    end += minutes;
    users += own;
    sum += own * end;
  }
  const Amount idling = users * static_cast<Amount>(idle);
  return sum + std::min(idling, one_before_all.value_or(idling));
}

class Bounder {
 public:
  explicit Bounder(const BoundFacts& facts)
      : facts_(facts), balanced_(balanced_servers(facts.organisation, facts.policy)) {
    if (!is_told()) return;
    find_gates();
    sort_sites();
    if (have_all_to_wait_for_a_drain()) begin_ = facts.policy.durations.drain.count();
  }

  [[nodiscard]] bool has_gates() const { return !gates_.empty(); }

  /// In hundredths. `minutes`: no plan is shorter.
  [[nodiscard]] Amount lag(std::int64_t minutes) const;

  /// Of plans with the least lag, where `has_least_lag`.
  [[nodiscard]] std::int64_t makespan(bool has_least_lag) const;

 private:
  [[nodiscard]] bool is_told() const;
  void find_gates();
  void sort_sites();
  [[nodiscard]] bool is_closed(SiteId site);
  [[nodiscard]] bool works_today(ServerId front, ServerId target);
  [[nodiscard]] Gate* gate_of(const std::vector<ServerId>& servers);
  [[nodiscard]] bool have_all_to_wait_for_a_drain() const;
  [[nodiscard]] std::int64_t minutes(ServerId server) const {
    return minutes_of(facts_.organisation, facts_.policy, server, facts_.changes.at(server));
  }
  [[nodiscard]] bool is_upgraded_once(ServerId server) const {
    const auto change = facts_.changes.find(server);
    return change != facts_.changes.end() && change->second.size() == 1;
  }
  /// Whether the server is drained before anything else is done to it.
  [[nodiscard]] bool is_drained(ServerId server) const {
    const Server& found = at(facts_.organisation.servers, server);
    return balanced_[server.value] && found.is_cas() && found.was_found_in_service();
  }
  [[nodiscard]] std::int64_t minutes_of_gates() const;
  [[nodiscard]] std::int64_t idle_minutes() const;
  [[nodiscard]] bool has_others() const { return facts_.changes.size() > gates_.size() + closed_.size(); }
  [[nodiscard]] bool come_others_last() const;

  const BoundFacts& facts_;
  std::vector<bool> balanced_;  // by server
  std::vector<Gate> gates_;
  std::int64_t least_share_ = percent;  // of the gates' entry points
  std::vector<Job> closed_;             // sites of which no server may come back changed before the gates
  std::vector<Job> open_;               // other sites where all lag
  std::set<ServerId> unhindered_;       // the servers of closed sites that are not drained
  Amount never_ = 0;                    // users of sites without a CAS in service
  std::int64_t begin_ = 0;              // no crew works before
  std::map<std::pair<ServerId, OwaVersion>, bool> works_today_;
};

bool Bounder::is_told() const {
  const Policy& policy = facts_.policy;
  const Readings readings = first_of(policy.readings);
  return policy.goal == Goal::upgrade && policy.event46 == Event46::never && policy.crews == 1 &&
         policy.windows.empty() && readings.older_front == OlderFront::fails &&
         readings.folder_match == FolderMatch::running;
}

void Bounder::find_gates() {
  const Durations& durations = facts_.policy.durations;
  std::map<ServerId, std::size_t> entries_with;
  for (const EntryPoint& entry : facts_.organisation.entry_points) {
    for (const ServerId front : entry.fronts) ++entries_with[front];
  }
  const auto needed = copies_to_spare_users(facts_.organisation, facts_.policy, facts_.changes);
  for (const EntryPoint& entry : facts_.organisation.entry_points) {
    Gate gate;
    gate.fronts = in_service(facts_.organisation, entry.fronts);
    const bool is_gate =
        gate.fronts.size() > 1 && *entry.share > 0 &&
        std::all_of(gate.fronts.begin(), gate.fronts.end(), [&](ServerId front) {
          return is_upgraded_once(front) && entries_with.at(front) == 1 && is_drained(front) &&
                 running_owa_version(at(facts_.organisation.servers, front));
        });
    if (!is_gate) continue;
    gate.minutes = std::numeric_limits<std::int64_t>::max();
    for (const ServerId front : gate.fronts) gate.minutes = std::min(gate.minutes, minutes(front));
    const auto copies = std::count_if(needed.begin(), needed.end(),
                                      [&](const NeededCopy& copy) { return copy.fronts == gate.fronts; });
    gate.minutes += copies * durations.ensure_folder.count();
    gate.coming_back = durations.return_to_service.count();
    const bool has_to_load = copies > 0 && facts_.policy.readings.folder_load != FolderLoad::at_once;
    if (has_to_load) gate.coming_back += durations.recycle.count();
    least_share_ = std::min<std::int64_t>(least_share_, *entry.share);
    gates_.push_back(std::move(gate));
  }
}

/// Whether users are proxied there by all the gates, and a changed server there must not be met by an unchanged front.
/// A measure is rounded, so that less than a whole user-minute might not be seen.
bool Bounder::is_closed(SiteId site) {
  const auto& servers = at(facts_.cas_of, site);
  if (*at(facts_.organisation.sites, site).mailboxes * least_share_ < percent) return false;
  if (!facts_.is_only_proxied(site)) return false;
  return std::all_of(servers.begin(), servers.end(), [&](ServerId target) {
    const auto changed = version_in_the_end(facts_.organisation, facts_.changes, target);
    const bool is_alone = servers.size() == 1;
    if (!changed || !is_upgraded_once(target) || is_alone == is_drained(target)) return false;
    return std::all_of(gates_.begin(), gates_.end(), [&](const Gate& gate) {
      return std::all_of(gate.fronts.begin(), gate.fronts.end(), [&](ServerId front) {
        return *running_owa_version(at(facts_.organisation.servers, front)) < *changed && works_today(front, target);
      });
    });
  });
}

bool Bounder::works_today(ServerId front, ServerId target) {
  const Server& server = at(facts_.organisation.servers, target);
  if (judge_routing(at(facts_.organisation.servers, front), server)) return false;
  const auto version = running_owa_version(server);
  if (!version) return false;
  const auto [known, is_new] = works_today_.try_emplace({front, *version}, false);
  if (is_new) {
    known->second = judge_versions(at(facts_.found.servers, front), at(facts_.found.servers, target),
                                   first_of(facts_.policy.readings))
                        .verdict == Verdict::works;
  }
  return known->second;
}

/// The one of which these are all fronts.
Gate* Bounder::gate_of(const std::vector<ServerId>& servers) {
  const auto found = std::find_if(gates_.begin(), gates_.end(), [&](const Gate& gate) {
    return std::all_of(servers.begin(), servers.end(), [&](ServerId server) {
      return std::find(gate.fronts.begin(), gate.fronts.end(), server) != gate.fronts.end();
    });
  });
  return found == gates_.end() ? nullptr : &*found;
}

void Bounder::sort_sites() {
  for (std::size_t i = 0; i < facts_.cas_of.size(); ++i) {
    const auto& servers = facts_.cas_of[i];
    const UserCount users = *facts_.organisation.sites[i].mailboxes;
    if (servers.empty()) never_ += static_cast<Amount>(users);
    const bool all_lag = std::all_of(servers.begin(), servers.end(), [&](ServerId server) {
      return lags(facts_.organisation, facts_.policy, facts_.changes, server);
    });
    if (servers.empty() || users == 0 || !all_lag) continue;
    Job job{users, std::numeric_limits<std::int64_t>::max(), servers.size() > 1};
    for (const ServerId server : servers) job.minutes = std::min(job.minutes, minutes(server));
    if (is_closed(id_at<SiteId>(i))) {
      closed_.push_back(job);
      if (servers.size() == 1) unhindered_.insert(servers.front());
    } else if (Gate* gate = gate_of(servers)) {
      gate->users += users;
    } else {
      open_.push_back(job);
    }
  }
}

/// Targets that are not drained come after the gates, which are.
bool Bounder::have_all_to_wait_for_a_drain() const {
  return std::all_of(facts_.changes.begin(), facts_.changes.end(), [&](const auto& change) {
    return is_drained(change.first) || unhindered_.contains(change.first);
  });
}

std::int64_t Bounder::minutes_of_gates() const {
  std::int64_t sum = 0;
  for (const Gate& gate : gates_) sum += gate.minutes;
  return sum;
}

/// Between the work on the last gate and that on a target that is not drained. While one is out, the users of another
/// one need a front.
std::int64_t Bounder::idle_minutes() const {
  if (closed_.size() < 2) return 0;
  const auto least = std::min_element(gates_.begin(), gates_.end(),
                                      [](const Gate& a, const Gate& b) { return a.coming_back < b.coming_back; });
  return least->coming_back;
}

Amount Bounder::lag(std::int64_t minutes) const {
  std::vector<Job> hosts;
  Amount sum = 0;
  for (const Gate& gate : gates_) {
    hosts.push_back({gate.users, gate.minutes, false});
    sum += static_cast<Amount>(gate.users) * static_cast<Amount>(begin_ + gate.coming_back);
  }
  for (const Job& site : closed_) {
    const std::int64_t back = site.may_be_held_out ? facts_.policy.durations.return_to_service.count() : 0;
    sum += static_cast<Amount>(site.users) * static_cast<Amount>(begin_ + minutes_of_gates() + back);
  }
  sum += weighted_ends(hosts, 0) + weighted_ends(closed_, idle_minutes()) + weighted_ends(open_, 0);
  sum += never_ * static_cast<Amount>(minutes);
  sum *= static_cast<Amount>(percent);
  for (const auto& [calendar, users] : facts_.lagging_beside_others()) {
    sum += static_cast<Amount>(users) * static_cast<Amount>(facts_.policy.durations.drain.count());
  }
  return sum;
}

/// Whether, with the least lag, the servers for which nobody waits come last: none fits where the crew is idle.
bool Bounder::come_others_last() const {
  return begin_ > 0 && open_.empty() &&
         std::all_of(facts_.changes.begin(), facts_.changes.end(),
                     [&](const auto& change) { return minutes(change.first) > idle_minutes(); });
}

std::int64_t Bounder::makespan(bool has_least_lag) const {
  std::int64_t sum = begin_;
  for (const auto& [server, hops] : facts_.changes) sum += minutes(server);
  for (const Gate& gate : gates_) {
    std::int64_t upgrade = std::numeric_limits<std::int64_t>::max();
    for (const ServerId front : gate.fronts) upgrade = std::min(upgrade, minutes(front));
    sum += gate.minutes - upgrade;
  }
  const bool are_others_last = has_least_lag && come_others_last();
  const bool is_idle = are_others_last && std::none_of(closed_.begin(), closed_.end(),
                                                       [](const Job& job) { return job.may_be_held_out; });
  if (is_idle) sum += idle_minutes();
  const bool is_last_drained = unhindered_.empty() ? begin_ > 0 : are_others_last && has_others();
  if (is_last_drained) sum += facts_.policy.durations.return_to_service.count();
  return sum;
}

}  // namespace

Measures with_fronts_first(const BoundFacts& facts, Measures bound) {
  const auto& objective = facts.policy.objective;
  const auto place = [&](Measure measure) { return std::find(objective.begin(), objective.end(), measure); };
  const auto unavailable = place(Measure::unavailable_user_minutes);
  const auto lag = place(Measure::feature_lag_user_minutes);
  const auto makespan = place(Measure::makespan_minutes);
  if (!(unavailable < lag) && !(unavailable < makespan)) return bound;
  const Bounder bounder(facts);
  if (!bounder.has_gates()) return bound;
  const auto raise = [&](Measure measure, std::int64_t least) {
    const bool is_told = unavailable < place(measure) && place(measure) != objective.end();
    auto& known = value(bound, measure);
    if (is_told) known = std::max(known.value_or(0), least);
    return is_told && *known == least;
  };
  raise(Measure::makespan_minutes, bounder.makespan(false));
  const auto minutes = value(bound, Measure::makespan_minutes).value_or(0);
  const bool is_least = raise(Measure::feature_lag_user_minutes, to_measure(bounder.lag(minutes)));
  if (is_least && lag < makespan) raise(Measure::makespan_minutes, bounder.makespan(true));
  return bound;
}

}  // namespace casplan::planner
