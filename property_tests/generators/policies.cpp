#include "property_tests/generators/policies.h"

#include <algorithm>
#include <utility>

#include "model/catalogue.h"
#include "property_tests/generators/activities.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/faults.h"
#include "property_tests/generators/readings.h"
#include "property_tests/generators/versions.h"

namespace casplan {
namespace {

/// The lowest build to which a server can be taken back by removing rollups, or, more often, the one that it has.
std::optional<BuildVersion> lowest_to_reach(const std::optional<BuildVersion>& build) {
  if (!build || !draw::once_in(5)) return build;
  return base_of(build->level())->version;
}

/// The builds of Exchange 2007 from this one on.
std::vector<BuildVersion> targets_from(const std::optional<BuildVersion>& lowest) {
  std::vector<BuildVersion> targets;
  for (const Build& build : installable_builds(Product::exchange2007)) {
    if (!lowest || build.version >= *lowest) targets.push_back(build.version);
  }
  return targets;
}

/// Of the servers that are upgraded.
std::optional<BuildVersion> highest_2007_build(const Organisation& organisation, UpgradedRoles roles) {
  std::optional<BuildVersion> highest;
  for (const Server& server : organisation.servers) {
    if (is_upgraded(server, roles) && server.build && product_of(server.build->level()) == Product::exchange2007) {
      highest = std::max(highest, server.build);
    }
  }
  return highest;
}

std::map<ServerId, BuildVersion> draw_own_targets(const Organisation& organisation, const Policy& policy) {
  std::map<ServerId, BuildVersion> targets;
  for (const ServerId id : client_access_servers(organisation)) {
    const auto& build = at(organisation.servers, id).build;
    if (!build || product_of(build->level()) != Product::exchange2007 || !draw::once_in(8)) continue;
    auto possible = targets_from(lowest_to_reach(build));
    std::erase_if(possible, [&](const BuildVersion& version) { return version > *policy.target; });
    if (!possible.empty()) targets.emplace(id, draw::one_of(possible));
  }
  return targets;
}

std::set<ServerId> draw_frozen(const Organisation& organisation) {
  std::set<ServerId> frozen;
  if (!draw::once_in(3)) return frozen;
  for (const ServerId id : draw::some_of(client_access_servers(organisation))) frozen.insert(id);
  return frozen;
}

std::vector<std::pair<ServerId, ServerId>> draw_before(const Organisation& organisation) {
  std::vector<std::pair<ServerId, ServerId>> before;
  const auto servers = client_access_servers(organisation);
  for (std::size_t i = 1; i < servers.size(); ++i) {
    if (draw::once_in(8)) before.emplace_back(servers[i - 1], servers[i]);
  }
  return before;
}

WeeklyTime draw_weekly_time() {
  const Minutes offset{draw::once_in(3) ? draw::between(-14 * 4, 14 * 4) * 15 : 0};
  return {static_cast<unsigned>(draw::below(7)), Minutes(draw::below(1440)), Minutes(draw::between(480, 2880)), offset};
}

/// Within two weeks of the policy's start; now and then wholly before it.
DatedTime draw_dated_time(Moment policy_start) {
  const Moment start = policy_start + Minutes(draw::between(-2, 14) * 1440 + draw::below(1440));
  return {start, start + Minutes(draw::between(480, 2880))};
}

/// One that opens when the other closes, so that work may go on from one into the other.
WeeklyTime time_after(const WeeklyTime& time) {
  const Minutes closes = time.start + time.length;
  const auto days = static_cast<unsigned>(closes.count() / 1440);
  return {(time.day + days) % 7, closes % 1440, Minutes(draw::between(60, 480)), time.utc_offset};
}

std::vector<Window> draw_windows(const Organisation& organisation, Moment policy_start) {
  std::vector<Window> windows;
  if (!draw::once_in(4)) return windows;
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    if (!draw::once_in(2)) continue;
    const std::vector<SiteId> sites{id_at<SiteId>(i)};
    const WeeklyTime weekly = draw_weekly_time();
    const bool dated = draw::once_in(4);
    if (dated) windows.push_back({{}, sites, draw_dated_time(policy_start)});
    if (!dated || !draw::once_in(3)) windows.push_back({{}, sites, weekly});
    if (draw::once_in(5)) windows.push_back({{}, sites, time_after(weekly)});
  }
  return windows;
}

std::optional<Moment> draw_latest_end(Moment policy_start) {
  if (!draw::once_in(10)) return std::nullopt;
  return policy_start + Minutes(draw::between(1, 2 * 7 * 1440));
}

Durations draw_durations() {
  Durations durations;
  durations.rollup = Minutes(draw::between(1, 60));
  durations.service_pack = Minutes(draw::between(1, 120));
  durations.ensure_folder = Minutes(draw::between(1, 20));
  durations.recycle = Minutes(draw::between(1, 4));
  durations.drain = Minutes(draw::between(1, 9));
  durations.return_to_service = Minutes(draw::between(1, 3));
  return durations;
}

MinInService draw_min_in_service(const Organisation& organisation) {
  MinInService minimum;
  minimum.default_count = draw::once_in(5) ? 1 : 0;
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    const auto site = id_at<SiteId>(i);
    const auto most = static_cast<int>(client_access_servers(organisation, site).size());
    if (draw::once_in(10)) minimum.sites.emplace(site, std::min(most, draw::below(2)));
  }
  return minimum;
}

std::optional<int> draw_copies() {
  const int kind = draw::below(5);
  if (kind == 3) return 0;
  if (kind == 4) return draw::between(1, 3);
  return std::nullopt;
}

}  // namespace

rc::Gen<Policy> any_policy(const Organisation& organisation) {
  return rc::gen::exec([organisation] {
    Policy policy;
    if (draw::once_in(8)) policy.roles = UpgradedRoles::all;
    policy.target = draw::one_of(targets_from(lowest_to_reach(highest_2007_build(organisation, policy.roles))));
    policy.targets = draw_own_targets(organisation, policy);
    policy.frozen = draw_frozen(organisation);
    policy.copies = draw_copies();
    policy.crews = draw::between(1, 3);
    if (draw::once_in(3)) policy.durations = draw_durations();
    policy.min_in_service = draw_min_in_service(organisation);
    policy.start = default_start() + Minutes(draw::below(20000));
    policy.windows = draw_windows(organisation, policy.start);
    policy.before = draw_before(organisation);
    policy.latest_end = draw_latest_end(policy.start);
    policy.readings = *any_fixed_readings();
    policy.activity = *any_activity(organisation);
    if (draw::once_in(3)) policy.faults = *any_faults();
    return policy;
  });
}

rc::Gen<Policy> any_generous_policy(const Organisation& organisation) {
  return rc::gen::exec([organisation] {
    Policy policy;
    policy.start = default_start();
    const auto highest = highest_2007_build(organisation, policy.roles);
    auto targets = targets_from(highest);
    if (targets.size() > 1) std::erase_if(targets, [&](const BuildVersion& version) { return version == highest; });
    policy.target = draw::one_of(targets);
    return policy;
  });
}

rc::Gen<Policy> any_heal_policy(const Organisation& organisation, Goal goal) {
  return rc::gen::exec([organisation, goal] {
    Policy policy;
    policy.goal = goal;
    policy.start = default_start();
    policy.frozen = draw_frozen(organisation);
    policy.copies = draw_copies();
    policy.crews = draw::between(1, 3);
    return policy;
  });
}

}  // namespace casplan
