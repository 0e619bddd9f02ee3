#include "planner/unavailable_bound.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "model/rules.h"
#include "model/state.h"
#include "model/topology.h"
#include "planner/loads.h"
#include "planner/phases.h"
#include "planner/windows.h"

namespace casplan::planner {
namespace {

class Bounder {
 public:
  Bounder(const Organisation& organisation, const Policy& policy, const Changes& changes)
      : organisation_(organisation),
        policy_(policy),
        changes_(changes),
        calendars_(organisation, policy),
        found_(initial_state(organisation)),
        cas_of_(organisation.sites.size()) {
    for (const ServerId front : fronts(organisation)) all_fronts_.insert(front);
    for (const ServerId id : client_access_servers(organisation)) {
      const auto& site = at(organisation.servers, id).site;
      if (!site) continue;
      has_cas_.insert(*site);
      if (at(organisation.servers, id).was_found_in_service()) at(cas_of_, *site).push_back(id);
    }
  }

  [[nodiscard]] Amount at_least(std::int64_t minutes) const;
  [[nodiscard]] std::optional<RingOfFronts> ring(std::int64_t minutes) const;
  [[nodiscard]] std::optional<Turns> turns(std::int64_t minutes) const;
  [[nodiscard]] bool waiting_costs_more() const;
  [[nodiscard]] std::vector<NeededCopy> needed_copies() const;

 private:
  /// Of an only front that changes: as long as it is out with copies, and without.
  struct OutageCosts {
    Amount with_copy = 0;
    std::optional<Amount> without_copy;  ///< empty where it needs none
  };
  [[nodiscard]] Amount at_sites(std::int64_t minutes) const;
  [[nodiscard]] Amount with_fronts(std::int64_t minutes) const;
  struct Waiting {
    std::vector<UserCount> users;                                      ///< by site with one CAS, the most first
    UserCount everybody = 0;                                           ///< of all sites with a CAS in service
    std::int64_t shortest = std::numeric_limits<std::int64_t>::max();  ///< minutes of an upgrade
  };
  [[nodiscard]] std::optional<Waiting> waiting_for(const std::map<ServerId, std::int64_t>& fronts) const;
  [[nodiscard]] bool costs_more_without_copies(Amount unavailable, std::int64_t minutes) const;
  [[nodiscard]] bool copies_cost_less() const;
  [[nodiscard]] Amount in_ring(const RingOfFronts& ring, std::int64_t minutes) const;
  [[nodiscard]] std::map<ServerId, std::int64_t> share_of_only_fronts() const;
  [[nodiscard]] OutageCosts outage_costs(ServerId front, std::int64_t share) const;
  [[nodiscard]] std::vector<std::int64_t> hiding_places(std::int64_t front_upgrade, std::int64_t out,
                                                        std::int64_t longest, std::size_t most) const;
  [[nodiscard]] std::int64_t minutes_of_site(SiteId site) const;
  [[nodiscard]] Amount while_out(ServerId front, std::int64_t share, std::int64_t out) const;
  [[nodiscard]] Amount all_together(const std::vector<ServerId>& targets, std::int64_t share, std::int64_t out) const;
  [[nodiscard]] bool asks_for_copy(ServerId front, ServerId target) const;
  [[nodiscard]] bool kinds_ask_for_copy(ServerId front, ServerId target, const Readings& readings) const;
  [[nodiscard]] std::vector<ServerId> needing_copies(ServerId front) const;
  [[nodiscard]] Amount between_windows(ServerId front, const std::vector<ServerId>& targets, std::int64_t share,
                                       std::int64_t out) const;
  [[nodiscard]] const PhaseTable& phase_table() const;
  [[nodiscard]] std::optional<OwaVersion> asked_at(SiteId site, const std::vector<ServerId>& fronts) const;
  [[nodiscard]] std::map<OwaVersion, std::size_t> asking(const std::vector<ServerId>& fronts, std::int64_t share) const;
  [[nodiscard]] std::size_t most_at_work() const;
  [[nodiscard]] std::int64_t gap(ServerId a, ServerId b) const;

  const Organisation& organisation_;
  const Policy& policy_;
  const Changes& changes_;
  Calendars calendars_;
  State found_;
  std::vector<std::vector<ServerId>> cas_of_;  // by site, those found in service
  std::set<SiteId> has_cas_;
  std::set<ServerId> all_fronts_;
  mutable std::optional<PhaseTable> phases_;
  mutable std::map<std::pair<std::size_t, std::size_t>, bool> asks_;  // by the kinds of a front and a target
  mutable std::map<std::pair<const Calendar*, const Calendar*>, std::int64_t> gaps_;
};

/// How long nobody is in service in the site whatever is done: for the upgrades of its only server.
std::int64_t Bounder::minutes_of_site(SiteId site) const {
  const auto& servers = at(cas_of_, site);
  const auto change = servers.size() == 1 ? changes_.find(servers.front()) : changes_.end();
  return change != changes_.end() ? minutes_of(organisation_, policy_, change->first, change->second) : 0;
}

/// Who has nothing because of the servers of their sites, whatever becomes of the fronts.
Amount Bounder::at_sites(std::int64_t minutes) const {
  Amount sum = 0;
  for (std::size_t i = 0; i < organisation_.sites.size(); ++i) {
    const auto site = id_at<SiteId>(i);
    const bool has_nobody = has_cas_.contains(site) && cas_of_[i].empty();
    const std::int64_t out = has_nobody ? minutes : minutes_of_site(site);
    sum += static_cast<Amount>(*organisation_.sites[i].mailboxes * percent) * static_cast<Amount>(out);
  }
  return sum;
}

/// With fronts that do not hinder each other.
Amount Bounder::with_fronts(std::int64_t minutes) const {
  Amount sum = at_sites(minutes);
  for (const auto& [front, share] : share_of_only_fronts()) {
    const OutageCosts only = outage_costs(front, share);
    sum += std::min(only.with_copy, only.without_copy.value_or(only.with_copy));
  }
  return sum;
}

/// In hundredths of users. `minutes`: no plan is shorter.
Amount Bounder::at_least(std::int64_t minutes) const {
  const auto counted = ring(minutes);
  if (counted) return in_ring(*counted, minutes);
  const auto in_turn = turns(minutes);
  return in_turn ? in_turn->unavailable : with_fronts(minutes);
}

/// Which sites have to wait for both of two only fronts, and how long their upgrades take.
std::optional<Bounder::Waiting> Bounder::waiting_for(const std::map<ServerId, std::int64_t>& fronts) const {
  Waiting waiting;
  for (std::size_t i = 0; i < cas_of_.size(); ++i) {
    const auto site = id_at<SiteId>(i);
    const UserCount users = *organisation_.sites[i].mailboxes;
    if (!cas_of_[i].empty()) waiting.everybody += users;
    if (minutes_of_site(site) == 0 || users == 0) continue;
    const bool waits = std::all_of(fronts.begin(), fronts.end(),
                                   [&](const auto& front) { return asks_for_copy(front.first, cas_of_[i].front()); });
    if (!waits) return std::nullopt;
    waiting.users.push_back(users);
    waiting.shortest = std::min(waiting.shortest, minutes_of_site(site));
  }
  std::sort(waiting.users.begin(), waiting.users.end(), std::greater<>());
  return waiting.users.size() < 2 ? std::nullopt : std::optional(std::move(waiting));
}

/// A site with one CAS is without service anyway while that is upgraded, also if its front comes back meanwhile. But it
/// may serve only when both fronts are out or changed. So its upgrade is the last one before the last front goes out,
/// and it waits for that; or it comes after both. Anything else would leave a front or a site out for a whole change.
std::optional<Turns> Bounder::turns(std::int64_t minutes) const {
  const auto shares = share_of_only_fronts();
  if (policy_.crews != 1 || !policy_.windows.empty() || shares.size() != 2) return std::nullopt;
  const auto waiting = waiting_for(shares);
  if (!waiting) return std::nullopt;
  const std::int64_t back = policy_.durations.return_to_service.count();
  const bool loads = policy_.readings.folder_load != FolderLoad::at_once;
  Turns result{{}, waiting->users[0], waiting->users[1], at_sites(minutes)};
  std::vector<OnlyFront> fronts;
  for (const auto& [front, share] : shares) {
    const std::int64_t work =
        minutes_of(organisation_, policy_, front, changes_.at(front)) + policy_.durations.ensure_folder.count();
    fronts.push_back({front, share, work, back + (loads ? policy_.durations.recycle.count() : 0)});
    result.unavailable += static_cast<Amount>(waiting->everybody * share * (work + fronts.back().coming_back));
  }
  result.best = best_turns(fronts[0], fronts[1], result.most, result.second, back);
  result.unavailable -= hidden(result.best.front(), result.most, result.second);
  const bool is_told = std::all_of(result.best.begin(), result.best.end(), [&](const FrontsInTurn& turn) {
    const std::int64_t delay = waiting->shortest * turn.last.share * (waiting->everybody - result.most);
    return turn.hidden_by_first * result.second >= percent && turn.first.coming_back <= waiting->shortest &&
           turn.first.coming_back * turn.first.share * result.most <= delay;
  });
  return is_told && costs_more_without_copies(result.unavailable, minutes) ? std::optional(result) : std::nullopt;
}

/// Whether every plan in which an only front does without a copy costs more than this.
bool Bounder::costs_more_without_copies(Amount unavailable, std::int64_t minutes) const {
  const Amount alone = with_fronts(minutes);
  const auto shares = share_of_only_fronts();
  return std::all_of(shares.begin(), shares.end(), [&](const auto& entry) {
    const OutageCosts only = outage_costs(entry.first, entry.second);
    if (!only.without_copy) return false;
    const Amount least = std::min(only.with_copy, *only.without_copy);
    return alone - least + *only.without_copy >= unavailable + percent;
  });
}

/// Users of the fronts' sites are counted with the ring.
Amount Bounder::in_ring(const RingOfFronts& ring, std::int64_t minutes) const {
  Amount sum = at_sites(minutes) + best_ring_order(ring.ring).unavailable;
  for (const ServerId front : ring.fronts) {
    const SiteId site = *at(organisation_.servers, front).site;
    sum -= static_cast<Amount>(*at(organisation_.sites, site).mailboxes * percent * minutes_of_site(site));
  }
  return sum;
}

/// With one copy for each front, where a plan in which one does without costs more than the ring does with them.
std::optional<RingOfFronts> Bounder::ring(std::int64_t minutes) const {
  auto found = ring_of_fronts(organisation_, policy_, changes_);
  if (!found) return std::nullopt;
  for (RingFront& front : found->ring.fronts) {
    front.minutes += policy_.durations.ensure_folder.count();
    if (policy_.readings.folder_load != FolderLoad::at_once) front.loading = policy_.durations.recycle.count();
  }
  const Amount together = in_ring(*found, minutes);
  const bool counts = together > with_fronts(minutes) && costs_more_without_copies(together, minutes);
  return counts ? std::move(found) : std::nullopt;
}

std::map<ServerId, std::int64_t> Bounder::share_of_only_fronts() const {
  std::map<ServerId, std::int64_t> shares;
  for (const EntryPoint& entry : organisation_.entry_points) {
    const auto fronts = in_service(organisation_, entry.fronts);
    if (fronts.size() == 1 && changes_.contains(fronts.front())) shares[fronts.front()] += *entry.share;
  }
  return shares;
}

/// A target's wait is counted only where a front does without copies, or comes after another one.
bool Bounder::waiting_costs_more() const {
  return copies_cost_less() && !turns(0);
}

bool Bounder::copies_cost_less() const {
  const auto shares = share_of_only_fronts();
  return std::all_of(shares.begin(), shares.end(), [&](const auto& entry) {
    const OutageCosts only = outage_costs(entry.first, entry.second);
    return !only.without_copy || only.with_copy + percent <= *only.without_copy;
  });
}

/// What the change of an only front adds. It comes back with a folder that it gets after its upgrade, or else when
/// every target that needs one is out of service or has changed.
Bounder::OutageCosts Bounder::outage_costs(ServerId front, std::int64_t share) const {
  const std::int64_t out = minutes_of(organisation_, policy_, front, changes_.at(front));
  const Amount at_once = while_out(front, share, out);
  const auto targets = needing_copies(front);
  if (targets.empty()) return {at_once, std::nullopt};
  const Durations& durations = policy_.durations;
  const Minutes loading = policy_.readings.folder_load == FolderLoad::at_once ? Minutes(0) : durations.recycle;
  const Minutes later = durations.ensure_folder + loading + durations.return_to_service;
  return {while_out(front, share, out + later.count()),
          std::max({at_once, all_together(targets, share, out), between_windows(front, targets, share, out)})};
}

/// The minutes, the most first, that the upgrades of others may lie in the outage of a front on which somebody works
/// all the time. A crew that upgrades one server in the whole of its time has the least left for another. Copies, which
/// need a crew after the upgrade, take nothing but the last minutes.
std::vector<std::int64_t> Bounder::hiding_places(std::int64_t front_upgrade, std::int64_t out, std::int64_t longest,
                                                 std::size_t most) const {
  std::vector<std::int64_t> places;
  const auto crews = std::min(static_cast<std::size_t>(policy_.crews), most + 1);
  for (std::size_t crew = 0; crew < crews; ++crew) {
    for (std::int64_t left = crew == 0 ? out - front_upgrade : out; left > 0;) {
      places.push_back(std::min(left, longest));
      left -= places.back();
    }
  }
  std::sort(places.begin(), places.end(), std::greater<>());
  const bool takes_crew = out > front_upgrade && std::cmp_equal(crews, policy_.crews);
  std::int64_t copying = takes_crew ? policy_.durations.ensure_folder.count() : 0;
  while (copying > 0 && !places.empty()) {
    const std::int64_t taken = std::min(copying, places.back());
    copying -= taken;
    places.back() -= taken;
    if (places.back() == 0) places.pop_back();
  }
  return places;
}

/// The other crews may have some targets out at the same time, as far as their windows are open when the front's are.
Amount Bounder::while_out(ServerId front, std::int64_t share, std::int64_t out) const {
  std::vector<UserCount> users;  // who have nothing during an upgrade anyway; once for each
  std::int64_t longest = 1;
  Amount sum = 0;
  for (std::size_t i = 0; i < organisation_.sites.size(); ++i) {
    const auto site = id_at<SiteId>(i);
    const auto& servers = cas_of_[i];
    const bool has_nobody = has_cas_.contains(site) && servers.empty();
    const bool is_its_only_server = servers.size() == 1 && servers.front() == front;
    if (has_nobody || is_its_only_server) continue;
    const UserCount count = *organisation_.sites[i].mailboxes;
    sum += static_cast<Amount>(count * share) * static_cast<Amount>(out);
    const std::int64_t minutes = minutes_of_site(site);
    if (minutes == 0) continue;
    if (gap(front, servers.front()) > 0) continue;
    users.insert(users.end(), changes_.at(servers.front()).size(), count);
    longest = std::max(longest, minutes);
  }
  std::sort(users.begin(), users.end(), std::greater<>());
  const std::int64_t upgrade = minutes_of(organisation_, policy_, front, changes_.at(front));
  const auto places = hiding_places(upgrade, out, longest, users.size());
  for (std::size_t i = 0; i < std::min(users.size(), places.size()); ++i) {
    sum -= static_cast<Amount>(users[i] * share) * static_cast<Amount>(places[i]);
  }
  return sum;
}

/// Minutes between work on the one and work on the other, at the least.
std::int64_t Bounder::gap(ServerId a, ServerId b) const {
  const auto key = std::pair(&calendars_.of(a), &calendars_.of(b));
  const auto [known, is_new] = gaps_.try_emplace(key, 0);
  if (is_new) known->second = least_gap(*key.first, *key.second, policy_).count();
  return known->second;
}

/// Whether the target needs a folder of the changed front as long as it is unchanged, and, where it changes, is too new
/// for the unchanged front as soon as it has.
bool Bounder::asks_for_copy(ServerId front, ServerId target) const {
  const Readings readings = first_of(policy_.readings);
  const bool is_told = policy_.event46 == Event46::never && readings.folder_match == FolderMatch::running &&
                       readings.older_front == OlderFront::fails && changes_.at(front).size() == 1;
  if (!is_told || target == front) return false;
  if (judge_routing(at(organisation_.servers, front), at(organisation_.servers, target))) return false;
  const PhaseTable& phases = phase_table();
  const auto [known, is_new] = asks_.try_emplace({phases.kind(front), phases.kind(target)}, false);
  if (is_new) known->second = kinds_ask_for_copy(front, target, readings);
  return known->second;
}

/// The same, but for the routing: it depends on how the two are found, and how they change.
bool Bounder::kinds_ask_for_copy(ServerId front, ServerId target, const Readings& readings) const {
  const auto own = running_owa_version(at(organisation_.servers, front));
  const auto version = running_owa_version(at(organisation_.servers, target));
  if (!own || !version) return false;
  if (const auto change = changes_.find(target); change != changes_.end()) {
    const auto changed = version_in_the_end(organisation_, changes_, target);
    if (change->second.size() != 1 || !changed || !(*own < *changed)) return false;
  }
  if (judge_versions(at(found_.servers, front), at(found_.servers, target), readings).verdict != Verdict::works)
    return false;
  const PhaseTable& phases = phase_table();
  const Need& need = phases.need(front, Phase::after, target, Phase::before);
  return need.kind == NeedKind::folders && need.folders.contains(*version) && need.kept_working_by.contains(*version) &&
         !phases.survives_change(front, *version);
}

/// Only servers of sites.
std::vector<ServerId> Bounder::needing_copies(ServerId front) const {
  std::vector<ServerId> targets;
  for (std::size_t i = 0; i < cas_of_.size(); ++i) {
    if (minutes_of_site(id_at<SiteId>(i)) == 0 || *organisation_.sites[i].mailboxes == 0) continue;
    if (asks_for_copy(front, cas_of_[i].front())) targets.push_back(cas_of_[i].front());
  }
  return targets;
}

/// Where each of these targets is out or has changed when the front comes back, and none has come back before the front
/// went out. Then the upgrades of those whose users wait the least lie close to the front's.
Amount Bounder::all_together(const std::vector<ServerId>& targets, std::int64_t share, std::int64_t out) const {
  std::vector<UserCount> users;
  std::int64_t shortest = std::numeric_limits<std::int64_t>::max();
  std::int64_t longest = 0;
  for (const ServerId target : targets) {
    users.push_back(*at(organisation_.sites, *at(organisation_.servers, target).site).mailboxes);
    const std::int64_t minutes = minutes_of(organisation_, policy_, target, changes_.at(target));
    shortest = std::min(shortest, minutes);
    longest = std::max(longest, minutes);
  }
  std::sort(users.begin(), users.end(), std::greater<>());
  Amount sum = 0;
  for (std::size_t i = 0; i < users.size(); ++i) {
    const std::int64_t work = static_cast<std::int64_t>(i + 1) * shortest / policy_.crews;
    const std::int64_t waits = std::max<std::int64_t>(0, (work + out) / 2 - longest);
    sum += static_cast<Amount>(users[i] * share) * static_cast<Amount>(waits);
  }
  return sum;
}

/// The same, for those whose windows are closed whenever the front's are open: they or the front are out from one
/// window into the other.
Amount Bounder::between_windows(ServerId front, const std::vector<ServerId>& targets, std::int64_t share,
                                std::int64_t out) const {
  Amount sum = 0;
  for (const ServerId target : targets) {
    const std::int64_t minutes = gap(front, target);
    if (minutes == 0) continue;
    const UserCount users = *at(organisation_.sites, *at(organisation_.servers, target).site).mailboxes;
    sum += static_cast<Amount>(users * share) * static_cast<Amount>(out + minutes);
  }
  return sum;
}

const PhaseTable& Bounder::phase_table() const {
  if (!phases_) phases_.emplace(organisation_, changes_, policy_.readings);
  return *phases_;
}

/// The folder that every server of the site needs on each of the changed fronts as long as it is unchanged; empty where
/// there is none, or somebody is not proxied there.
std::optional<OwaVersion> Bounder::asked_at(SiteId site, const std::vector<ServerId>& fronts) const {
  const auto& servers = at(cas_of_, site);
  if (servers.empty() || *at(organisation_.sites, site).mailboxes == 0) return std::nullopt;
  const auto folder = running_owa_version(at(organisation_.servers, servers.front()));
  const bool is_asked = std::all_of(servers.begin(), servers.end(), [&](ServerId target) {
    const Server& server = at(organisation_.servers, target);
    return !server.external_url && !all_fronts_.contains(target) && running_owa_version(server) == folder &&
           std::all_of(fronts.begin(), fronts.end(), [&](ServerId front) { return asks_for_copy(front, target); });
  });
  return is_asked ? folder : std::nullopt;
}

/// How many sites to which everybody is proxied need each folder on each of the changed fronts. One whose users have
/// somebody all the time counts as many: in the minutes in which the first front comes back, all its servers would be
/// neither changed nor unchanged.
std::map<OwaVersion, std::size_t> Bounder::asking(const std::vector<ServerId>& fronts, std::int64_t share) const {
  std::map<OwaVersion, std::size_t> asking;
  for (std::size_t i = 0; i < cas_of_.size(); ++i) {
    const auto site = id_at<SiteId>(i);
    // A measure is rounded, so that less than a whole user-minute might not be seen.
    const bool is_seen = *organisation_.sites[i].mailboxes * share >= percent;
    const bool is_out_once = minutes_of_site(site) > 0;
    const bool is_told = is_out_once || (fronts.size() > 1 && policy_.durations.return_to_service > Minutes(0));
    const auto folder = is_seen && is_told ? asked_at(site, fronts) : std::nullopt;
    if (folder) asking[*folder] += is_out_once ? 1 : most_at_work() + 1;
  }
  return asking;
}

/// How many targets may be out when a front comes back: their upgrades are under way, or end in the same minute, or
/// they wait for the last one of several only fronts.
std::size_t Bounder::most_at_work() const {
  return 2 * static_cast<std::size_t>(policy_.crews) + (share_of_only_fronts().size() > 1 ? 1 : 0);
}

/// An only front that does without a copy is out longer, or targets are. Where an entry point has several, one of them
/// serves all the time. When the first one comes back changed, all targets that need a copy have just been upgraded, or
/// are being upgraded: nobody serves those that came back before, and they wait for nobody. So they are few.
std::vector<NeededCopy> Bounder::needed_copies() const {
  constexpr std::size_t most_pairs = 1'000'000;
  std::vector<NeededCopy> needed;
  if (!copies_cost_less()) return needed;
  std::map<ServerId, std::size_t> entries_with;
  std::size_t fronts_that_change = 0;
  for (const EntryPoint& entry : organisation_.entry_points) {
    for (const ServerId front : entry.fronts) ++entries_with[front];
  }
  for (const auto& [front, count] : entries_with) fronts_that_change += changes_.contains(front) ? 1 : 0;
  if (fronts_that_change * changes_.size() > most_pairs) return needed;
  for (const EntryPoint& entry : organisation_.entry_points) {
    auto fronts = in_service(organisation_, entry.fronts);
    const bool is_told =
        !fronts.empty() && *entry.share > 0 && std::all_of(fronts.begin(), fronts.end(), [&](ServerId front) {
          return changes_.contains(front) && entries_with.at(front) == 1;
        });
    if (!is_told) continue;
    const auto folders = asking(fronts, *entry.share);
    if (fronts.size() == 1 && !folders.empty()) needed.push_back({fronts, folders.begin()->first});
    if (fronts.size() == 1) continue;
    for (const auto& [folder, targets] : folders) {
      if (targets > most_at_work()) needed.push_back({fronts, folder});
    }
  }
  return needed;
}

}  // namespace

std::vector<NeededCopy> copies_to_spare_users(const Organisation& organisation, const Policy& policy,
                                              const Changes& changes) {
  return Bounder(organisation, policy, changes).needed_copies();
}

std::optional<RingOfFronts> ring_that_counts(const Organisation& organisation, const Policy& policy,
                                             const Changes& changes, std::int64_t minutes) {
  return Bounder(organisation, policy, changes).ring(minutes);
}

std::optional<Turns> turns_that_count(const Organisation& organisation, const Policy& policy, const Changes& changes) {
  return Bounder(organisation, policy, changes).turns(0);
}

bool waiting_costs_more(const Organisation& organisation, const Policy& policy, const Changes& changes) {
  return Bounder(organisation, policy, changes).waiting_costs_more();
}

Amount least_unavailable(const Organisation& organisation, const Policy& policy, const Changes& changes,
                         std::int64_t minutes) {
  return Bounder(organisation, policy, changes).at_least(minutes);
}

}  // namespace casplan::planner
