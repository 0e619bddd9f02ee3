#include "planner/bound_facts.h"

#include <algorithm>

#include "model/topology.h"

namespace casplan::planner {
namespace {

std::set<ServerId> set_of(const std::vector<ServerId>& servers) {
  return {servers.begin(), servers.end()};
}

}  // namespace

BoundFacts::BoundFacts(const Organisation& of, const Policy& under, const Changes& by)
    : organisation(of),
      policy(under),
      changes(by),
      calendars(of, under),
      loads(loads_of(of, under, by, calendars)),
      parts(sharing_crews(loads, under.start)),
      cas_of(of.sites.size()),
      found(initial_state(of)),
      all_fronts(set_of(fronts(of))) {
  for (const auto& places : parts) {
    if (places.size() > 1) unions.push_back(together(loads, places));
  }
  for (const ServerId id : client_access_servers(of)) {
    const auto& site = at(of.servers, id).site;
    if (site && at(of.servers, id).was_found_in_service()) at(cas_of, *site).push_back(id);
  }
}

/// After this a plan may as well begin some weeks earlier. All windows are over then, or come again every week.
std::int64_t BoundFacts::last_beginning() const {
  const bool is_always_open = std::all_of(loads.begin(), loads.end(), [](const Load& load) {
    return std::all_of(load.calendars.begin(), load.calendars.end(),
                       [](const Calendar* calendar) { return calendar->is_always_open(); });
  });
  if (is_always_open) return 0;
  std::int64_t last = 0;
  for (const Window& window : policy.windows) {
    if (const auto* dated = std::get_if<DatedTime>(&window.time)) {
      last = std::max(last, (dated->end - policy.start).count());
    }
  }
  return last + a_week.count();
}

std::size_t BoundFacts::questions() const {
  constexpr std::size_t fewest = 16;
  constexpr std::size_t most = 300;
  constexpr std::size_t work = 1'000'000;
  return std::clamp(work / (changes.size() + loads.size() + 1), fewest, most);
}

Amount BoundFacts::least_from_beginning(const std::function<std::optional<Amount>(std::int64_t)>& at_end,
                                        Amount slope) const {
  return planner::least_from_beginning(at_end, slope, last_beginning(), questions()).value_or(0);
}

OpenTime BoundFacts::open_time(const Load& load, std::int64_t from, std::int64_t work) const {
  const std::int64_t longest = load.lengths.empty() ? 0 : *std::max_element(load.lengths.begin(), load.lengths.end());
  return {load.calendars, policy.start, from, 2 * (work / policy.crews + 2 * longest + 1), load.lengths};
}

bool BoundFacts::is_only_proxied(SiteId site) const {
  const auto& servers = at(cas_of, site);
  return std::none_of(servers.begin(), servers.end(), [&](ServerId server) {
    return at(organisation.servers, server).external_url || all_fronts.contains(server);
  });
}

std::map<const Calendar*, std::int64_t> BoundFacts::lagging_beside_others() const {
  std::map<const Calendar*, std::int64_t> users;
  for (std::size_t i = 0; i < cas_of.size(); ++i) {
    const auto& servers = cas_of[i];
    std::set<const Calendar*> open_times;
    std::int64_t lagging = 0;
    for (const ServerId server : servers) {
      if (!lags(organisation, policy, changes, server)) continue;
      open_times.insert(&calendars.of(server));
      ++lagging;
    }
    const auto count = static_cast<std::int64_t>(servers.size());
    if (open_times.size() != 1 || lagging == count || !is_only_proxied(id_at<SiteId>(i))) continue;
    users[*open_times.begin()] += *organisation.sites[i].mailboxes * percent * parts_of_a_hundredth * lagging / count;
  }
  return users;
}

}  // namespace casplan::planner
