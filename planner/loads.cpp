#include "planner/loads.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

#include "model/catalogue.h"
#include "model/topology.h"

namespace casplan::planner {
namespace {

/// By hop.
std::vector<std::int64_t> lengths_of(const Organisation& organisation, const Policy& policy, ServerId server,
                                     const Hops& hops) {
  std::vector<std::int64_t> lengths;
  std::optional<BuildVersion> from = at(organisation.servers, server).build;
  for (const BuildVersion& build : hops) {
    const Step step{StepKind::upgrade, server, build, std::nullopt, {}};
    lengths.push_back(duration_of(step, from, policy.durations).count());
    from = build;
  }
  return lengths;
}

void add_once(std::vector<std::int64_t>& lengths, std::int64_t length) {
  if (std::find(lengths.begin(), lengths.end(), length) == lengths.end()) lengths.push_back(length);
}

class Loader {
 public:
  Loader(const Organisation& organisation, const Policy& policy, const Changes& changes, const Calendars& calendars)
      : organisation_(organisation), policy_(policy), changes_(changes), calendars_(calendars) {}

  std::vector<Load> run() {
    for (const auto& [server, hops] : changes_) {
      Load& load = load_with({&calendars_.of(server)});
      load.work += minutes_of(organisation_, policy_, server, hops);
      load.upgrades += hops.size();
      add_lengths(load, server, hops);
    }
    std::vector<std::vector<ServerId>> cas_of(organisation_.sites.size());
    for (const ServerId id : in_service(organisation_, client_access_servers(organisation_))) {
      const auto& site = at(organisation_.servers, id).site;
      if (site) at(cas_of, *site).push_back(id);
    }
    for (std::size_t i = 0; i < cas_of.size(); ++i) add_site(id_at<SiteId>(i), cas_of[i]);
    return std::move(loads_);
  }

 private:
  Load& load_with(std::vector<const Calendar*> calendars) {
    const auto [place, is_new] = known_.try_emplace(calendars, loads_.size());
    if (is_new) loads_.push_back({std::move(calendars), {}, 0, 0, {}, {}, {}});
    return loads_[place->second];
  }

  void add_lengths(Load& load, ServerId server, const Hops& hops) const {
    for (const std::int64_t length : lengths_of(organisation_, policy_, server, hops)) add_once(load.lengths, length);
  }

  /// The site's users lag until the first of its servers has changed, if none is up to date today.
  void add_site(SiteId site, const std::vector<ServerId>& servers) {
    const UserCount mailboxes = at(organisation_.sites, site).mailboxes.value_or(0);
    if (mailboxes == 0 || servers.empty()) return;
    std::vector<const Calendar*> calendars;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (const ServerId server : servers) {
      if (!lags(organisation_, policy_, changes_, server)) return;
      const Calendar* calendar = &calendars_.of(server);
      if (std::find(calendars.begin(), calendars.end(), calendar) == calendars.end()) calendars.push_back(calendar);
      least = std::min(least, minutes_of(organisation_, policy_, server, changes_.at(server)));
    }
    std::sort(calendars.begin(), calendars.end());
    Load& load = load_with(std::move(calendars));
    load.sites.push_back({mailboxes, std::max<std::int64_t>(least, 1)});
    load.site_ids.push_back(site);
    load.their_servers.insert(load.their_servers.end(), servers.begin(), servers.end());
    for (const ServerId server : servers) add_lengths(load, server, changes_.at(server));
  }

  const Organisation& organisation_;
  const Policy& policy_;
  const Changes& changes_;
  const Calendars& calendars_;
  std::vector<Load> loads_;
  std::map<std::vector<const Calendar*>, std::size_t> known_;
};

/// A week of open time is enough to see who shares it.
constexpr std::size_t compared_spans = 8;
/// More loads than this are bounded each for itself.
constexpr std::size_t most_compared = 500;

bool overlap(const OpenTime& a, const OpenTime& b) {
  for (std::size_t i = 0; i < std::min(compared_spans, a.spans().size()); ++i) {
    for (std::size_t k = 0; k < std::min(compared_spans, b.spans().size()); ++k) {
      if (a.spans()[i].start < b.spans()[k].end && b.spans()[k].start < a.spans()[i].end) return true;
    }
  }
  return false;
}

}  // namespace

bool lags(const Organisation& organisation, const Policy& policy, const Changes& changes, ServerId server) {
  const auto wanted = wanted_build(organisation, policy, server);
  const auto& build = at(organisation.servers, server).build;
  return wanted && build && *build < *wanted && changes.contains(server);
}

std::int64_t minutes_of(const Organisation& organisation, const Policy& policy, ServerId server, const Hops& hops) {
  const auto lengths = lengths_of(organisation, policy, server, hops);
  return std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0});
}

std::int64_t first_minutes_of(const Organisation& organisation, const Policy& policy, ServerId server,
                              const Hops& hops) {
  return hops.empty() ? 0 : lengths_of(organisation, policy, server, hops).front();
}

std::vector<ServerId> in_service(const Organisation& organisation, const std::vector<ServerId>& servers) {
  std::vector<ServerId> up;
  std::copy_if(servers.begin(), servers.end(), std::back_inserter(up),
               [&](ServerId id) { return at(organisation.servers, id).was_found_in_service(); });
  return up;
}

bool knows_users(const Organisation& organisation) {
  return std::all_of(organisation.entry_points.begin(), organisation.entry_points.end(),
                     [](const EntryPoint& entry) { return entry.share.has_value(); }) &&
         std::all_of(organisation.sites.begin(), organisation.sites.end(),
                     [](const Site& site) { return site.mailboxes.has_value(); });
}

std::optional<OwaVersion> version_in_the_end(const Organisation& organisation, const Changes& changes,
                                             ServerId server) {
  const auto change = changes.find(server);
  if (change == changes.end()) return running_owa_version(at(organisation.servers, server));
  const Build* build = find_build(change->second.back());
  return build != nullptr ? std::optional(build->owa_version) : std::nullopt;
}

std::vector<Load> loads_of(const Organisation& organisation, const Policy& policy, const Changes& changes,
                           const Calendars& calendars) {
  return Loader(organisation, policy, changes, calendars).run();
}

std::vector<std::vector<std::size_t>> sharing_crews(const std::vector<Load>& loads, Moment start) {
  std::vector<std::vector<std::size_t>> parts;
  if (loads.size() > most_compared) {
    for (std::size_t i = 0; i < loads.size(); ++i) parts.push_back({i});
    return parts;
  }
  std::vector<OpenTime> open;
  for (const Load& load : loads) {
    const std::int64_t longest = load.lengths.empty() ? 0 : *std::max_element(load.lengths.begin(), load.lengths.end());
    open.emplace_back(load.calendars, start, 0, std::int64_t{compared_spans} * longest, load.lengths);
  }
  std::vector<std::size_t> part(loads.size());
  std::iota(part.begin(), part.end(), std::size_t{0});
  for (std::size_t i = 0; i < loads.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (part[i] == part[k] || !overlap(open[i], open[k])) continue;
      const std::size_t old = part[i];
      std::replace(part.begin(), part.end(), old, std::size_t{part[k]});
    }
  }
  std::map<std::size_t, std::vector<std::size_t>> by_part;
  for (std::size_t i = 0; i < loads.size(); ++i) by_part[part[i]].push_back(i);
  for (auto& [number, places] : by_part) parts.push_back(std::move(places));
  return parts;
}

Load with_sites(const Load& load, const std::vector<std::vector<ServerId>>& servers_of,
                const std::function<bool(SiteId)>& is_taken) {
  Load some = load;
  some.sites.clear();
  some.site_ids.clear();
  some.their_servers.clear();
  for (std::size_t i = 0; i < load.sites.size(); ++i) {
    if (!is_taken(load.site_ids[i])) continue;
    some.sites.push_back(load.sites[i]);
    some.site_ids.push_back(load.site_ids[i]);
    const auto& servers = at(servers_of, load.site_ids[i]);
    some.their_servers.insert(some.their_servers.end(), servers.begin(), servers.end());
  }
  return some;
}

Load together(const std::vector<Load>& loads, const std::vector<std::size_t>& places) {
  Load all;
  for (const std::size_t place : places) {
    const Load& load = loads[place];
    all.calendars.insert(all.calendars.end(), load.calendars.begin(), load.calendars.end());
    for (const std::int64_t length : load.lengths) add_once(all.lengths, length);
    all.upgrades += load.upgrades;
    all.work += load.work;
    all.sites.insert(all.sites.end(), load.sites.begin(), load.sites.end());
    all.site_ids.insert(all.site_ids.end(), load.site_ids.begin(), load.site_ids.end());
    all.their_servers.insert(all.their_servers.end(), load.their_servers.begin(), load.their_servers.end());
  }
  std::sort(all.calendars.begin(), all.calendars.end());
  all.calendars.erase(std::unique(all.calendars.begin(), all.calendars.end()), all.calendars.end());
  return all;
}

}  // namespace casplan::planner
