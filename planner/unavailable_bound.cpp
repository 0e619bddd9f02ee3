#include "planner/unavailable_bound.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <set>

#include "model/rules.h"
#include "model/state.h"
#include "model/topology.h"
#include "planner/loads.h"
#include "planner/phases.h"

namespace casplan::planner {
namespace {

class Bounder {
 public:
  Bounder(const Organisation& organisation, const Policy& policy, const Changes& changes)
      : organisation_(organisation),
        policy_(policy),
        changes_(changes),
        found_(initial_state(organisation)),
        cas_of_(organisation.sites.size()) {
    for (const ServerId id : client_access_servers(organisation)) {
      const auto& site = at(organisation.servers, id).site;
      if (!site) continue;
      has_cas_.insert(*site);
      if (was_found_in_service(organisation, id)) at(cas_of_, *site).push_back(id);
    }
  }

  [[nodiscard]] Amount at_least(std::int64_t minutes) const;

 private:
  [[nodiscard]] std::int64_t minutes_of_site(SiteId site) const;
  [[nodiscard]] Amount without_front(ServerId front, std::int64_t share) const;
  [[nodiscard]] Amount while_out(ServerId front, std::int64_t share, std::int64_t out) const;
  [[nodiscard]] Amount all_together(const std::vector<ServerId>& targets, std::int64_t share, std::int64_t out) const;
  [[nodiscard]] std::vector<ServerId> needing_copies(ServerId front) const;

  const Organisation& organisation_;
  const Policy& policy_;
  const Changes& changes_;
  State found_;
  std::vector<std::vector<ServerId>> cas_of_;  // by site, those found in service
  std::set<SiteId> has_cas_;
};

/// How long nobody is in service in the site whatever is done: for the upgrades of its only server.
std::int64_t Bounder::minutes_of_site(SiteId site) const {
  const auto& servers = at(cas_of_, site);
  const auto change = servers.size() == 1 ? changes_.find(servers.front()) : changes_.end();
  return change != changes_.end() ? minutes_of(organisation_, policy_, change->first, change->second) : 0;
}

/// In hundredths of users. `minutes`: no plan is shorter.
Amount Bounder::at_least(std::int64_t minutes) const {
  Amount sum = 0;
  for (std::size_t i = 0; i < organisation_.sites.size(); ++i) {
    const auto site = id_at<SiteId>(i);
    const bool has_nobody = has_cas_.contains(site) && cas_of_[i].empty();
    const std::int64_t out = has_nobody ? minutes : minutes_of_site(site);
    sum += static_cast<Amount>(*organisation_.sites[i].mailboxes * percent) * static_cast<Amount>(out);
  }
  std::map<ServerId, std::int64_t> share_of_only_fronts;
  for (const EntryPoint& entry : organisation_.entry_points) {
    const auto fronts = in_service(organisation_, entry.fronts);
    if (fronts.size() == 1 && changes_.contains(fronts.front())) share_of_only_fronts[fronts.front()] += *entry.share;
  }
  for (const auto& [front, share] : share_of_only_fronts) sum += without_front(front, share);
  return sum;
}

/// What the change of an only front adds. It comes back with a folder that it gets after its upgrade, or else when
/// every target that needs one is out of service or has changed.
Amount Bounder::without_front(ServerId front, std::int64_t share) const {
  const std::int64_t out = minutes_of(organisation_, policy_, front, changes_.at(front));
  const Amount at_once = while_out(front, share, out);
  const auto targets = needing_copies(front);
  if (targets.empty()) return at_once;
  const Durations& durations = policy_.durations;
  const Minutes loading = policy_.readings.folder_load == FolderLoad::at_once ? Minutes(0) : durations.recycle;
  const Minutes later = durations.ensure_folder + loading + durations.return_to_service;
  const Amount with_copy = while_out(front, share, out + later.count());
  return std::min(with_copy, std::max(at_once, all_together(targets, share, out)));
}

/// The other crews may have some targets out at the same time.
Amount Bounder::while_out(ServerId front, std::int64_t share, std::int64_t out) const {
  struct Users {
    UserCount count;
    std::int64_t minutes;  ///< in which they have nothing anyway
  };
  std::vector<Users> users;
  for (std::size_t i = 0; i < organisation_.sites.size(); ++i) {
    const auto site = id_at<SiteId>(i);
    const auto& servers = cas_of_[i];
    const bool has_nobody = has_cas_.contains(site) && servers.empty();
    const bool is_its_only_server = servers.size() == 1 && servers.front() == front;
    if (has_nobody || is_its_only_server) continue;
    users.push_back({*organisation_.sites[i].mailboxes, minutes_of_site(site)});
  }
  std::stable_sort(users.begin(), users.end(), [](const Users& a, const Users& b) { return a.count > b.count; });
  const std::int64_t upgrade = minutes_of(organisation_, policy_, front, changes_.at(front));
  Amount sum = 0;
  std::int64_t hidden = upgrade * (policy_.crews - 1) + (out - upgrade) * policy_.crews;
  for (const Users& group : users) {
    const std::int64_t same = std::min({hidden, out, group.minutes});
    hidden -= same;
    sum += static_cast<Amount>(group.count * share) * static_cast<Amount>(out - same);
  }
  return sum;
}

/// Only servers of sites that need a folder of the changed front as long as they are unchanged, and are too new for the
/// unchanged one as soon as they have changed.
std::vector<ServerId> Bounder::needing_copies(ServerId front) const {
  std::vector<ServerId> targets;
  const Readings readings = first_of(policy_.readings);
  const bool is_told = policy_.event46 == Event46::never && readings.folder_match == FolderMatch::running &&
                       readings.older_front == OlderFront::fails && changes_.at(front).size() == 1;
  const auto own = running_owa_version(at(organisation_.servers, front));
  if (!is_told || !own) return targets;
  const PhaseTable phases(organisation_, changes_, policy_.readings);
  for (std::size_t i = 0; i < cas_of_.size(); ++i) {
    if (minutes_of_site(id_at<SiteId>(i)) == 0 || *organisation_.sites[i].mailboxes == 0) continue;
    const ServerId target = cas_of_[i].front();
    const Server& server = at(organisation_.servers, target);
    const auto version = running_owa_version(server);
    const auto changed = version_in_the_end(organisation_, changes_, target);
    if (target == front || changes_.at(target).size() != 1 || !version || !changed || !(*own < *changed)) continue;
    if (judge_routing(at(organisation_.servers, front), server)) continue;
    if (judge_versions(at(found_.servers, front), at(found_.servers, target), readings).verdict != Verdict::works)
      continue;
    const Need need = phases.need(front, Phase::after, target, Phase::before);
    const bool is_asked = need.kind == NeedKind::folders && need.folders.contains(*version) &&
                          need.kept_working_by.contains(*version) && !phases.survives_change(front, *version);
    if (is_asked) targets.push_back(target);
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

}  // namespace

Amount least_unavailable(const Organisation& organisation, const Policy& policy, const Changes& changes,
                         std::int64_t minutes) {
  return Bounder(organisation, policy, changes).at_least(minutes);
}

}  // namespace casplan::planner
