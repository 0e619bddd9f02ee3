#include "planner/search/served_users.h"

#include <algorithm>
#include <numeric>

#include "model/topology.h"
#include "planner/amount.h"
#include "planner/loads.h"

namespace casplan::planner {
namespace {

bool contains(const std::vector<std::size_t>& servers, std::size_t server) {
  return std::find(servers.begin(), servers.end(), server) != servers.end();
}

ServedSite site_at(const Problem& problem, SiteId id, const std::vector<ServerId>& all_fronts) {
  ServedSite site;
  std::vector<std::size_t> serving;
  bool has_others = false;
  site.is_proxied = true;
  for (const ServerId server : client_access_servers(problem.organisation, id)) {
    const bool is_front = std::find(all_fronts.begin(), all_fronts.end(), server) != all_fronts.end();
    if (is_front || at(problem.organisation.servers, server).external_url) site.is_proxied = false;
    const auto worked = problem.worked_with(server);
    has_others = has_others || !worked;
    if (!worked) continue;
    site.cas.push_back(*worked);
    if (problem.worked[*worked].ends_in_service) serving.push_back(*worked);
  }
  if (has_others) {
    site.cas.clear();
  } else if (serving.size() == 1) {
    const Worked& only = problem.worked[serving.front()];
    if (only.was_in_service && !only.hops.empty()) site.only = serving.front();
  }
  return site;
}

/// Whether the front may be met by somebody at a CAS, by a path that works today, and not any more once the CAS has
/// changed in one hop.
bool guards(Problem& problem, std::size_t front, std::size_t cas) {
  const Worked& worked = problem.worked[front];
  const Worked& target = problem.worked[cas];
  const bool meets = std::any_of(worked.encounters.begin(), worked.encounters.end(), [&](const Encounter& encounter) {
    return encounter.end == Encounter::End::front && encounter.other == cas && !encounter.ailing;
  });
  return meets && !worked.hops.empty() && worked.was_in_service && target.hops.size() == 1 &&
         !problem.meetings.works(worked.before, target.after);
}

bool shares_a_front(const Organisation& organisation, const EntryPoint& entry) {
  return std::any_of(entry.fronts.begin(), entry.fronts.end(), [&](ServerId front) {
    return std::any_of(
        organisation.entry_points.begin(), organisation.entry_points.end(), [&](const EntryPoint& other) {
          return &other != &entry && std::find(other.fronts.begin(), other.fronts.end(), front) != other.fronts.end();
        });
  });
}

ServedEntry entry_with(Problem& problem, const EntryPoint& point, const std::vector<ServedSite>& sites) {
  ServedEntry entry;
  bool all_change = true;
  for (const ServerId front : point.fronts) {
    if (!serves_in_the_end(problem.organisation, problem.policy, front)) continue;
    const auto worked = problem.worked_with(front);
    all_change = all_change && worked && !problem.worked[*worked].hops.empty();
    if (worked) entry.fronts.push_back(*worked);
  }
  if (!all_change) entry.fronts.clear();
  if (entry.fronts.size() == 1 && problem.worked[entry.fronts.front()].was_in_service)
    entry.only = entry.fronts.front();
  entry.is_apart = !shares_a_front(problem.organisation, point);
  for (const ServedSite& site : sites) {
    entry.waits.push_back(!entry.fronts.empty() && site.is_proxied && !site.cas.empty() &&
                          std::all_of(entry.fronts.begin(), entry.fronts.end(), [&](std::size_t front) {
                            return std::all_of(site.cas.begin(), site.cas.end(), [&](std::size_t cas) {
                              return !problem.meetings.works(problem.worked[front].before, problem.worked[cas].after);
                            });
                          }));
  }
  return entry;
}

}  // namespace

Parts ServedSite::users() const {
  return std::accumulate(by_entry.begin(), by_entry.end(), Parts{0});
}

ServedUsers::ServedUsers(Problem& problem, Parts parts_of_a_user) : are_known(knows_users(problem.organisation)) {
  const Organisation& organisation = problem.organisation;
  const auto all_fronts = fronts(organisation);
  for (std::size_t s = 0; s < organisation.sites.size(); ++s) {
    ServedSite site = site_at(problem, id_at<SiteId>(s), all_fronts);
    for (const EntryPoint& entry : organisation.entry_points) {
      if (are_known) {
        site.by_entry.push_back(*organisation.sites[s].mailboxes * *entry.share * (parts_of_a_user / percent));
      }
    }
    for (std::size_t front = 0; front < problem.worked.size() && !site.cas.empty(); ++front) {
      const auto is_guarded = [&](std::size_t cas) { return guards(problem, front, cas); };
      if (std::all_of(site.cas.begin(), site.cas.end(), is_guarded)) site.guards.push_back(front);
    }
    if (site.only) {
      const auto& lengths = problem.worked[*site.only].minutes;
      longest_upgrade = std::max<std::int64_t>(longest_upgrade, *std::max_element(lengths.begin(), lengths.end()));
    }
    sites.push_back(std::move(site));
  }
  for (std::size_t e = 0; e < organisation.entry_points.size(); ++e) {
    ServedEntry entry = entry_with(problem, organisation.entry_points[e], sites);
    int proxied = 0;
    for (std::size_t s = 0; s < sites.size() && are_known; ++s) {
      const ServedSite& site = sites[s];
      if (site.is_proxied && !site.cas.empty() && site.by_entry[e] > 0) ++proxied;
      const auto serving = in_service(organisation, client_access_servers(organisation, id_at<SiteId>(s)));
      const bool is_own = site.only && contains(entry.fronts, *site.only);
      if (!serving.empty() && !is_own) entry.users += site.by_entry[e];
    }
    entry.is_seen = proxied > problem.policy.crews;
    entries.push_back(std::move(entry));
  }
}

}  // namespace casplan::planner
