#include "planner/fronts_first_bound.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
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

bool has_more_users(const Job& a, const Job& b) {
  return a.users > b.users;
}

/// More sites are not compared with each other.
constexpr std::size_t most_sites_with_only_front = 3'000;

class Bounder {
 public:
  Bounder(const BoundFacts& facts, std::int64_t late_copies)
      : facts_(facts), late_copies_(late_copies), balanced_(balanced_servers(facts.organisation, facts.policy)) {
    if (!is_told()) return;
    for (const EntryPoint& entry : facts.organisation.entry_points) {
      for (const ServerId front : entry.fronts) ++entries_with_[front];
    }
    needed_ = copies_to_spare_users(facts.organisation, facts.policy, facts.changes);
    find_gates();
    sort_sites();
    if (!fits_only_fronts()) only_.clear();
    if (have_all_to_wait_for_a_drain()) begin_ = facts.policy.durations.drain.count();
  }

  /// Where a target has to wait between two only fronts, nothing is told without them.
  [[nodiscard]] bool has_gates() const { return !only_.empty() || (!gates_.empty() && !turns_); }

  /// In hundredths. `minutes`: no plan is shorter.
  [[nodiscard]] Amount lag(std::int64_t minutes) const;

  /// Of plans with the least lag, where `has_least_lag`.
  [[nodiscard]] std::int64_t makespan(bool has_least_lag) const;

 private:
  [[nodiscard]] bool is_told() const;
  void find_gates();
  [[nodiscard]] std::optional<Gate> gate_of(const EntryPoint& entry) const;
  [[nodiscard]] std::optional<OnlyFront> only_front_of(const EntryPoint& entry) const;
  [[nodiscard]] std::int64_t copies_on(const std::vector<ServerId>& fronts) const;
  [[nodiscard]] std::int64_t minutes_to_come_back(std::int64_t copies) const;
  [[nodiscard]] bool fits_only_fronts() const;
  struct Sites;
  [[nodiscard]] Sites sites_apart() const;
  [[nodiscard]] Amount lag_with_only_fronts() const;
  [[nodiscard]] Amount lag_in_order(const OnlyFront* first, const OnlyFront& last, const Sites& sites) const;
  [[nodiscard]] Amount lag_with_ahead(std::size_t ahead, const OnlyFront* first, const OnlyFront& last,
                                      const Sites& sites) const;
  void sort_sites();
  [[nodiscard]] bool is_closed(SiteId site);
  [[nodiscard]] bool works_today(ServerId front, ServerId target);
  [[nodiscard]] Gate* gate_with(const std::vector<ServerId>& servers);
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
  [[nodiscard]] std::int64_t minutes_of_copies() const;
  [[nodiscard]] std::int64_t idle_minutes() const;
  [[nodiscard]] bool has_others() const {
    return facts_.changes.size() > gates_.size() + closed_.size() + only_.size();
  }
  [[nodiscard]] bool come_others_last() const;

  const BoundFacts& facts_;
  std::int64_t late_copies_;
  std::vector<bool> balanced_;  // by server
  std::map<ServerId, std::size_t> entries_with_;
  std::vector<NeededCopy> needed_;
  std::vector<Gate> gates_;
  std::vector<OnlyFront> only_;  // one, or two that come in turn
  std::optional<Turns> turns_;
  std::int64_t least_share_ = percent;  // of the gates' entry points
  std::vector<Job> closed_;             // sites of which no server may come back changed before the gates
  std::vector<Job> open_;               // other sites where all lag
  std::set<ServerId> unhindered_;       // the servers of closed sites that are not drained
  Amount never_ = 0;                    // users of sites without a CAS in service
  Amount ahead_ = 0;                    // users of sites with a CAS that does not lag
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
  bool are_all_told = true;
  std::vector<OnlyFront> only;
  for (const EntryPoint& entry : facts_.organisation.entry_points) {
    if (*entry.share == 0) continue;
    auto gate = gate_of(entry);
    auto front = only_front_of(entry);
    are_all_told = are_all_told && (gate || front);
    if (gate || front) least_share_ = std::min<std::int64_t>(least_share_, *entry.share);
    if (gate) gates_.push_back(std::move(*gate));
    if (front) only.push_back(*front);
  }
  turns_ = turns_that_count(facts_.organisation, facts_.policy, facts_.changes);
  if (are_all_told && only.size() == (turns_ ? 2 : 1)) only_ = std::move(only);
}

/// Of an entry point that keeps a front in service all the time.
std::optional<Gate> Bounder::gate_of(const EntryPoint& entry) const {
  Gate gate;
  gate.fronts = in_service(facts_.organisation, entry.fronts);
  const bool is_gate =
      gate.fronts.size() > 1 && std::all_of(gate.fronts.begin(), gate.fronts.end(), [&](ServerId front) {
        return is_upgraded_once(front) && entries_with_.at(front) == 1 && is_drained(front) &&
               running_owa_version(at(facts_.organisation.servers, front));
      });
  if (!is_gate) return std::nullopt;
  gate.minutes = std::numeric_limits<std::int64_t>::max();
  for (const ServerId front : gate.fronts) gate.minutes = std::min(gate.minutes, minutes(front));
  const std::int64_t copies = copies_on(gate.fronts);
  gate.minutes += copies * facts_.policy.durations.ensure_folder.count();
  gate.coming_back = minutes_to_come_back(copies);
  return gate;
}

/// Without users at its own site.
std::optional<OnlyFront> Bounder::only_front_of(const EntryPoint& entry) const {
  const auto fronts = in_service(facts_.organisation, entry.fronts);
  if (fronts.size() != 1) return std::nullopt;
  const ServerId front = fronts.front();
  const Server& server = at(facts_.organisation.servers, front);
  const std::int64_t copies = copies_on(fronts);
  const bool is_told = is_upgraded_once(front) && entries_with_.at(front) == 1 && running_owa_version(server) &&
                       server.site && *at(facts_.organisation.sites, *server.site).mailboxes == 0 && copies > 0;
  if (!is_told) return std::nullopt;
  return OnlyFront{front, *entry.share, minutes(front) + copies * facts_.policy.durations.ensure_folder.count(),
                   minutes_to_come_back(copies)};
}

std::int64_t Bounder::copies_on(const std::vector<ServerId>& fronts) const {
  return std::count_if(needed_.begin(), needed_.end(), [&](const NeededCopy& copy) { return copy.fronts == fronts; });
}

std::int64_t Bounder::minutes_to_come_back(std::int64_t copies) const {
  const Durations& durations = facts_.policy.durations;
  const bool has_to_load = copies > 0 && facts_.policy.readings.folder_load != FolderLoad::at_once;
  return durations.return_to_service.count() + (has_to_load ? durations.recycle.count() : 0);
}

/// Whether all that changes takes as long in each site, and is told. The sites that are upgraded while fronts come back
/// are among them.
bool Bounder::fits_only_fronts() const {
  const bool are_few = closed_.size() >= 2 && closed_.size() <= most_sites_with_only_front && open_.empty();
  const auto alone = std::count_if(closed_.begin(), closed_.end(), [](const Job& job) { return !job.may_be_held_out; });
  if (!are_few || (turns_ && alone < 2)) return false;
  return std::all_of(closed_.begin(), closed_.end(), [&](const Job& job) {
    return job.minutes == closed_.front().minutes &&
           std::all_of(only_.begin(), only_.end(),
                       [&](const OnlyFront& front) { return job.minutes >= front.coming_back; });
  });
}

/// Whether users are proxied there by all the gates, and a changed server there must not be met by an unchanged front.
/// A measure is rounded, so that less than a whole user-minute might not be seen.
bool Bounder::is_closed(SiteId site) {
  const auto& servers = at(facts_.cas_of, site);
  if (*at(facts_.organisation.sites, site).mailboxes * least_share_ < percent) return false;
  if (!facts_.is_only_proxied(site)) return false;
  std::vector<ServerId> fronts;
  for (const Gate& gate : gates_) fronts.insert(fronts.end(), gate.fronts.begin(), gate.fronts.end());
  for (const OnlyFront& front : only_) fronts.push_back(front.server);
  return std::all_of(servers.begin(), servers.end(), [&](ServerId target) {
    const auto changed = version_in_the_end(facts_.organisation, facts_.changes, target);
    const bool is_alone = servers.size() == 1;
    if (!changed || !is_upgraded_once(target) || is_alone == is_drained(target)) return false;
    return std::all_of(fronts.begin(), fronts.end(), [&](ServerId front) {
      return *running_owa_version(at(facts_.organisation.servers, front)) < *changed && works_today(front, target);
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
Gate* Bounder::gate_with(const std::vector<ServerId>& servers) {
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
    if (!all_lag) ahead_ += static_cast<Amount>(users);
    if (servers.empty() || users == 0 || !all_lag) continue;
    Job job{users, std::numeric_limits<std::int64_t>::max(), servers.size() > 1};
    for (const ServerId server : servers) job.minutes = std::min(job.minutes, minutes(server));
    if (is_closed(id_at<SiteId>(i))) {
      closed_.push_back(job);
      if (servers.size() == 1) unhindered_.insert(servers.front());
    } else if (Gate* gate = gate_with(servers)) {
      gate->users += users;
    } else {
      open_.push_back(job);
    }
  }
}

/// Targets that are not drained come after the gates, which are.
bool Bounder::have_all_to_wait_for_a_drain() const {
  return std::all_of(facts_.changes.begin(), facts_.changes.end(), [&](const auto& change) {
    const bool waits_for_copy =
        std::any_of(only_.begin(), only_.end(), [&](const OnlyFront& front) { return front.server == change.first; });
    return is_drained(change.first) || unhindered_.contains(change.first) || waits_for_copy;
  });
}

std::int64_t Bounder::minutes_of_gates() const {
  std::int64_t sum = 0;
  for (const Gate& gate : gates_) sum += gate.minutes;
  return sum;
}

std::int64_t Bounder::minutes_of_copies() const {
  std::int64_t copies = 0;
  for (const OnlyFront& front : only_) copies += copies_on({front.server});
  for (const Gate& gate : gates_) copies += copies_on(gate.fronts);
  return std::max(copies, late_copies_) * facts_.policy.durations.ensure_folder.count();
}

/// Between the work on the last gate and that on a target that is not drained. While one is out, the users of another
/// one need a front.
std::int64_t Bounder::idle_minutes() const {
  if (closed_.size() < 2 || !only_.empty()) return 0;
  const auto least = std::min_element(gates_.begin(), gates_.end(),
                                      [](const Gate& a, const Gate& b) { return a.coming_back < b.coming_back; });
  return least->coming_back;
}

/// The closed sites, those with the most users first.
struct Bounder::Sites {
  std::vector<Job> held_out;       ///< begun before their users may have the features
  std::vector<Job> alone;          ///< with one CAS
  std::optional<Job> between;      ///< of these, upgraded while the first of two fronts comes back
  std::optional<Job> right_after;  ///< of these, upgraded while the last front comes back
};

Bounder::Sites Bounder::sites_apart() const {
  Sites sites;
  for (const Job& site : closed_) (site.may_be_held_out ? sites.held_out : sites.alone).push_back(site);
  std::stable_sort(sites.held_out.begin(), sites.held_out.end(), has_more_users);
  std::stable_sort(sites.alone.begin(), sites.alone.end(), has_more_users);
  return sites;
}

/// After the gates come the only fronts. While one comes back, a site with one CAS is upgraded, of those with the most
/// users: they have nothing anyway.
Amount Bounder::lag_with_only_fronts() const {
  const Sites all = sites_apart();
  if (!turns_) {
    Sites sites = all;
    const bool is_forced = only_.front().coming_back > 0 && !sites.alone.empty();
    if (is_forced) sites.right_after = sites.alone.front();
    if (is_forced) sites.alone.erase(sites.alone.begin());
    return lag_in_order(nullptr, only_.front(), sites);
  }
  std::optional<Amount> least;
  const std::int64_t difference = turns_->most - turns_->second;
  for (const FrontsInTurn& turn : turns_->best) {
    for (const bool most_between : {true, false}) {
      const std::int64_t lost =
          most_between ? turn.hidden_by_last - turn.hidden_by_first : turn.hidden_by_first - turn.hidden_by_last;
      if (lost * difference >= percent) continue;
      Sites sites = all;
      sites.between = sites.alone[most_between ? 0 : 1];
      sites.right_after = sites.alone[most_between ? 1 : 0];
      sites.alone.erase(sites.alone.begin(), sites.alone.begin() + 2);
      const Amount lag = lag_in_order(&turn.first, turn.last, sites);
      least = std::min(least.value_or(lag), lag);
    }
  }
  return *least;
}

/// Before the only fronts, sites may be begun that are held out until the last front is out: then those of their users
/// come back who do not need it. There are as many of them as is best.
Amount Bounder::lag_in_order(const OnlyFront* first, const OnlyFront& last, const Sites& sites) const {
  Amount least = lag_with_ahead(0, first, last, sites);
  for (std::size_t ahead = 1; ahead <= sites.held_out.size(); ++ahead) {
    least = std::min(least, lag_with_ahead(ahead, first, last, sites));
  }
  std::int64_t without_front = last.share * (last.minutes + last.coming_back);
  if (first != nullptr) without_front += first->share * (first->minutes + first->coming_back);
  return least + ahead_ * static_cast<Amount>(without_front);
}

Amount Bounder::lag_with_ahead(std::size_t ahead, const OnlyFront* first, const OnlyFront& last,
                               const Sites& sites) const {
  const std::int64_t back = facts_.policy.durations.return_to_service.count();
  const std::int64_t length = closed_.front().minutes;
  const auto begun = sites.held_out.begin() + static_cast<std::ptrdiff_t>(ahead);
  std::int64_t out = begin_ + minutes_of_gates() + static_cast<std::int64_t>(ahead) * length;
  if (first != nullptr) out += first->minutes + length;
  UserCount waiting = sites.between ? sites.between->users : 0;
  for (auto site = sites.held_out.begin(); site != begun; ++site) waiting += site->users;
  const std::int64_t others = (percent - last.share) * (out + back);
  const std::int64_t own = last.share * (out + last.minutes + last.coming_back);
  Amount sum = static_cast<Amount>(waiting) * static_cast<Amount>(others + own);
  std::vector<Job> rest;
  if (sites.right_after) rest.push_back(*sites.right_after);
  std::merge(begun, sites.held_out.end(), sites.alone.begin(), sites.alone.end(), std::back_inserter(rest),
             has_more_users);
  std::int64_t end = out + last.minutes;
  for (const Job& site : rest) {
    end += length;
    sum += static_cast<Amount>(site.users * percent) * static_cast<Amount>(end + (site.may_be_held_out ? back : 0));
  }
  return sum;
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
    if (only_.empty()) sum += static_cast<Amount>(site.users) * static_cast<Amount>(begin_ + minutes_of_gates() + back);
  }
  if (only_.empty()) sum += weighted_ends(closed_, idle_minutes());
  sum += weighted_ends(hosts, 0) + weighted_ends(open_, 0) + never_ * static_cast<Amount>(minutes);
  sum *= static_cast<Amount>(percent);
  if (!only_.empty()) sum += lag_with_only_fronts();
  Amount beside = 0;
  for (const auto& [calendar, users] : facts_.lagging_beside_others()) {
    beside += static_cast<Amount>(users) * static_cast<Amount>(facts_.policy.durations.drain.count());
  }
  return (sum * static_cast<Amount>(parts_of_a_hundredth) + beside) / static_cast<Amount>(parts_of_a_hundredth);
}

/// Whether, with the least lag, the servers for which nobody waits come last: none fits where the crew is idle.
bool Bounder::come_others_last() const {
  return begin_ > 0 && open_.empty() &&
         std::all_of(facts_.changes.begin(), facts_.changes.end(),
                     [&](const auto& change) { return minutes(change.first) > idle_minutes(); });
}

std::int64_t Bounder::makespan(bool has_least_lag) const {
  std::int64_t sum = begin_ + minutes_of_copies();
  for (const auto& [server, hops] : facts_.changes) sum += minutes(server);
  const bool are_others_last = has_least_lag && come_others_last();
  const bool is_idle = are_others_last && only_.empty() &&
                       std::none_of(closed_.begin(), closed_.end(), [](const Job& job) { return job.may_be_held_out; });
  if (is_idle) sum += idle_minutes();
  const bool is_last_drained = unhindered_.empty() ? begin_ > 0 : are_others_last && has_others();
  if (is_last_drained) sum += facts_.policy.durations.return_to_service.count();
  return sum;
}

}  // namespace

Measures with_fronts_first(const BoundFacts& facts, std::int64_t late_copies, Measures bound) {
  const auto& objective = facts.policy.objective;
  const auto place = [&](Measure measure) { return std::find(objective.begin(), objective.end(), measure); };
  const auto unavailable = place(Measure::unavailable_user_minutes);
  const auto lag = place(Measure::feature_lag_user_minutes);
  const auto makespan = place(Measure::makespan_minutes);
  if (!(unavailable < lag) && !(unavailable < makespan)) return bound;
  const Bounder bounder(facts, late_copies);
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
