#include "planner/ring_of_fronts.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "model/rules.h"
#include "model/state.h"
#include "planner/loads.h"

namespace casplan::planner {
namespace {

class Finder {
 public:
  Finder(const Organisation& organisation, const Policy& policy, const Changes& changes)
      : organisation_(organisation),
        policy_(policy),
        changes_(changes),
        found_(initial_state(organisation)),
        cas_of_(organisation.sites.size()) {}

  std::optional<RingOfFronts> run() {
    if (!is_told() || !add_fronts() || !add_targets()) return std::nullopt;
    const bool has_others = ring_.fronts.size() + ring_.targets.size() < changes_.size();
    if (has_others || !all_must_not_meet()) return std::nullopt;
    return std::move(ring_);
  }

 private:
  [[nodiscard]] bool is_told() const;
  [[nodiscard]] bool add_fronts();
  [[nodiscard]] bool add_targets();
  [[nodiscard]] bool all_must_not_meet();
  [[nodiscard]] bool must_not_meet(ServerId front, ServerId target);
  [[nodiscard]] bool works_today(ServerId front, ServerId target);
  /// A measure is rounded, so that less than a whole user-minute might not be seen.
  [[nodiscard]] bool is_seen(UserCount users) const { return users * least_share_ >= percent; }
  [[nodiscard]] bool is_upgraded_once(ServerId server) const {
    const auto change = changes_.find(server);
    return change != changes_.end() && change->second.size() == 1;
  }
  [[nodiscard]] UserCount users_of(ServerId server) const {
    return *at(organisation_.sites, *at(organisation_.servers, server).site).mailboxes;
  }
  [[nodiscard]] std::int64_t minutes(ServerId server) const {
    return minutes_of(organisation_, policy_, server, changes_.at(server));
  }

  const Organisation& organisation_;
  const Policy& policy_;
  const Changes& changes_;
  State found_;
  std::vector<std::vector<ServerId>> cas_of_;  // by site, those found in service
  std::int64_t least_share_ = percent;
  RingOfFronts ring_;
  std::map<std::pair<ServerId, OwaVersion>, bool> works_today_;
};

bool Finder::is_told() const {
  const Readings readings = first_of(policy_.readings);
  return policy_.goal == Goal::upgrade && policy_.event46 == Event46::never && policy_.crews == 1 &&
         policy_.windows.empty() && readings.older_front == OlderFront::fails &&
         readings.folder_match == FolderMatch::running;
}

bool Finder::add_fronts() {
  for (const ServerId id : in_service(organisation_, client_access_servers(organisation_))) {
    const auto& site = at(organisation_.servers, id).site;
    if (!site) return false;
    at(cas_of_, *site).push_back(id);
  }
  std::set<ServerId> known;
  ring_.ring.coming_back = policy_.durations.return_to_service.count();
  for (const EntryPoint& entry : organisation_.entry_points) {
    const auto fronts = in_service(organisation_, entry.fronts);
    if (fronts.size() != 1 || *entry.share == 0 || !known.insert(fronts.front()).second) return false;
    const Server& server = at(organisation_.servers, fronts.front());
    if (!is_upgraded_once(fronts.front()) || server.external_url || at(cas_of_, *server.site).size() != 1) return false;
    least_share_ = std::min<std::int64_t>(least_share_, *entry.share);
    ring_.fronts.push_back(fronts.front());
    ring_.ring.fronts.push_back({*entry.share, users_of(fronts.front()), minutes(fronts.front()), 0});
  }
  return ring_.fronts.size() >= 2 && ring_.fronts.size() <= most_in_a_ring;
}

bool Finder::add_targets() {
  for (std::size_t i = 0; i < cas_of_.size(); ++i) {
    if (cas_of_[i].empty()) continue;
    const ServerId server = cas_of_[i].front();
    const UserCount users = *organisation_.sites[i].mailboxes;
    ring_.ring.all_users += users;
    const bool is_front = std::find(ring_.fronts.begin(), ring_.fronts.end(), server) != ring_.fronts.end();
    if (is_front && !is_seen(users)) return false;
    if (is_front || (cas_of_[i].size() == 1 && !changes_.contains(server))) continue;
    if (cas_of_[i].size() > 1 || !is_upgraded_once(server) || !is_seen(users)) return false;
    ring_.targets.push_back(server);
    ring_.ring.next_users = std::max(ring_.ring.next_users, users);
  }
  std::stable_sort(ring_.targets.begin(), ring_.targets.end(),
                   [&](ServerId a, ServerId b) { return users_of(a) * minutes(b) > users_of(b) * minutes(a); });
  const std::int64_t after_work = policy_.durations.recycle.count() + policy_.durations.return_to_service.count();
  return std::all_of(ring_.targets.begin(), ring_.targets.end(),
                     [&](ServerId target) { return minutes(target) >= after_work; });
}

bool Finder::all_must_not_meet() {
  return std::all_of(ring_.fronts.begin(), ring_.fronts.end(), [&](ServerId front) {
    const auto must_not = [&](ServerId target) { return target == front || must_not_meet(front, target); };
    return std::all_of(ring_.fronts.begin(), ring_.fronts.end(), must_not) &&
           std::all_of(ring_.targets.begin(), ring_.targets.end(), must_not);
  });
}

/// Whether an unchanged front fails with the target as soon as that has changed, but not today.
bool Finder::must_not_meet(ServerId front, ServerId target) {
  const auto own = running_owa_version(at(organisation_.servers, front));
  const auto changed = version_in_the_end(organisation_, changes_, target);
  return own && changed && *own < *changed && works_today(front, target);
}

bool Finder::works_today(ServerId front, ServerId target) {
  const Server& server = at(organisation_.servers, target);
  const auto version = running_owa_version(server);
  if (!version || judge_routing(at(organisation_.servers, front), server)) return false;
  const auto [known, is_new] = works_today_.try_emplace({front, *version}, false);
  if (is_new) {
    known->second =
        judge_versions(at(found_.servers, front), at(found_.servers, target), first_of(policy_.readings)).verdict ==
        Verdict::works;
  }
  return known->second;
}

}  // namespace

std::optional<RingOfFronts> ring_of_fronts(const Organisation& organisation, const Policy& policy,
                                           const Changes& changes) {
  return Finder(organisation, policy, changes).run();
}

}  // namespace casplan::planner
