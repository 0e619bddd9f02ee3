#include "planner/search/problem.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "planner/relations.h"
#include "planner/role_order.h"

namespace casplan::planner {
namespace {

void add_once(std::vector<OwaVersion>& folders, const OwaVersion& folder) {
  if (std::find(folders.begin(), folders.end(), folder) == folders.end()) folders.push_back(folder);
}

/// Every variant that a server passes without copies.
std::vector<VariantId> way(Variants& variants, VariantId found, ServerId server, const Hops& hops) {
  std::vector<VariantId> all{found};
  for (const BuildVersion& build : hops) {
    all.push_back(variants.after(all.back(), {StepKind::upgrade, server, build, std::nullopt, {}}));
  }
  return all;
}

/// Whether an entry point of the server has another front, in another site with several CAS.
bool has_front_among_several(const Organisation& organisation, ServerId server) {
  const auto& own = at(organisation.servers, server).site;
  return std::any_of(organisation.entry_points.begin(), organisation.entry_points.end(), [&](const EntryPoint& entry) {
    const auto& fronts = entry.fronts;
    if (std::find(fronts.begin(), fronts.end(), server) == fronts.end()) return false;
    return std::any_of(fronts.begin(), fronts.end(), [&](ServerId front) {
      const auto& site = at(organisation.servers, front).site;
      return site && site != own && client_access_servers(organisation, *site).size() > 1;
    });
  });
}

}  // namespace

bool has_herds(const Problem& problem) {
  return std::any_of(problem.worked.begin(), problem.worked.end(),
                     [](const Worked& worked) { return worked.members.size() > 1; });
}

std::vector<bool> balanced_servers(const Organisation& organisation, const Policy& policy) {
  std::vector<std::size_t> in_service(organisation.sites.size());  // CAS by site
  const auto serves = [&](ServerId id) { return serves_in_the_end(organisation, policy, id) ? 1U : 0U; };
  for (const ServerId id : client_access_servers(organisation)) {
    if (const auto& site = at(organisation.servers, id).site) at(in_service, *site) += serves(id);
  }
  std::vector<bool> balanced(organisation.servers.size());
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    const auto& site = organisation.servers[i].site;
    const std::size_t own = organisation.servers[i].is_cas() ? serves(id_at<ServerId>(i)) : 0;
    balanced[i] = site && at(in_service, *site) > own;
  }
  for (const EntryPoint& entry : organisation.entry_points) {
    std::set<ServerId> up;
    std::copy_if(entry.fronts.begin(), entry.fronts.end(), std::inserter(up, up.end()),
                 [&](ServerId front) { return serves_in_the_end(organisation, policy, front); });
    for (const ServerId front : entry.fronts) {
      if (up.size() > up.count(front)) balanced[front.value] = true;
    }
  }
  return balanced;
}

Problem::Problem(const Organisation& of, const Policy& under, const Changes& changes, Herds herds,
                 std::size_t most_worked)
    : organisation(of),
      policy(under),
      found(initial_state(of)),
      calendars(of, under),
      variants(under.readings),
      meetings(variants, found),
      paths(version_paths(of, under)) {
  add_worked(changes, herds);
  if (worked.size() > most_worked) return;
  add_encounters();
  add_folders();
  add_limits(changes);
  find_twins();
}

void Problem::add_worked(const Changes& changes, Herds herds) {
  std::set<ServerId> servers;
  for (const auto& [server, hops] : changes) servers.insert(server);
  servers.insert(policy.to_return.begin(), policy.to_return.end());
  for (const ProxyPath& path : paths) {
    const bool fails_today = !meetings.works(meetings.found(path.front), meetings.found(path.target));
    const auto may_change = [&](ServerId server) {
      return changes.contains(server) || policy.to_return.contains(server);
    };
    if (may_change(path.target) || fails_today) servers.insert(path.front);
    if (may_change(path.front) || fails_today) servers.insert(path.target);
  }
  const auto balanced = balanced_servers(organisation, policy);
  for (const ServerId server : servers) {
    const auto change = changes.find(server);
    Worked entry;
    entry.members = {server};
    if (change != changes.end()) entry.hops = change->second;
    auto build = at(organisation.servers, server).build;
    for (const BuildVersion& next : entry.hops) {
      const Step step{StepKind::upgrade, server, next, std::nullopt, {}};
      entry.minutes.push_back(static_cast<std::int32_t>(duration_of(step, build, policy.durations).count()));
      build = next;
    }
    entry.before = meetings.found(server);
    entry.after = way(variants, entry.before, server, entry.hops).back();
    entry.was_in_service = at(organisation.servers, server).was_found_in_service();
    entry.ends_in_service = serves_in_the_end(organisation, policy, server);
    entry.must_be_drained =
        entry.ends_in_service && at(organisation.servers, server).is_cas() && balanced[server.value];
    entry.may_rest = has_front_among_several(organisation, server);
    worked.push_back(std::move(entry));
  }
  if (herds == Herds::gathered) gather_herds();
  worked_of.resize(organisation.servers.size());
  for (std::size_t i = 0; i < worked.size(); ++i) {
    for (const ServerId server : worked[i].members) worked_of[server.value] = i;
  }
}

/// Servers alike in everything that counts: targets alone in their sites, which no limit of the policy names, with the
/// same hops, and reached from the same fronts by paths that work today.
void Problem::gather_herds() {
  if (policy.crews != 1 || !policy.windows.empty() || !policy.before.empty() || policy.roles == UpgradedRoles::all ||
      policy.min_in_service != MinInService{}) {
    return;
  }
  std::map<ServerId, std::vector<ServerId>> fronts_of;
  std::set<ServerId> unlike;
  for (const ProxyPath& path : paths) {
    fronts_of[path.target].push_back(path.front);
    unlike.insert(path.front);
    if (meetings.are_met_today(path) && meetings.faults_today(path) != 0) unlike.insert(path.target);
  }
  std::map<std::tuple<VariantId, Hops, std::vector<ServerId>>, std::size_t> herds;
  std::vector<Worked> gathered;
  for (Worked& entry : worked) {
    const ServerId server = entry.members.front();
    const bool is_single = unlike.contains(server) || entry.must_be_drained || !entry.was_in_service ||
                           !at(organisation.servers, server).is_cas();
    const auto key = std::tuple(entry.before, entry.hops, fronts_of[server]);
    const auto known = is_single ? herds.end() : herds.find(key);
    if (known != herds.end()) {
      gathered[known->second].members.push_back(server);
      continue;
    }
    if (!is_single) herds[key] = gathered.size();
    gathered.push_back(std::move(entry));
  }
  const auto users = [&](ServerId id) {
    const auto& site = at(organisation.servers, id).site;
    return site ? at(organisation.sites, *site).mailboxes.value_or(1) : 0;
  };
  for (Worked& entry : gathered) {
    std::stable_sort(entry.members.begin(), entry.members.end(),
                     [&](ServerId a, ServerId b) { return users(a) > users(b); });
  }
  worked = std::move(gathered);
}

std::optional<std::size_t> Problem::worked_with(ServerId server) const {
  return at(worked_of, server);
}

void Problem::add_encounters() {
  const auto add = [&](const ProxyPath& path, ServerId self, ServerId other, Encounter::End end,
                       std::optional<std::size_t> ailing) {
    const auto own = worked_with(self);
    if (!own) return;
    const auto at_other = worked_with(other);
    auto& encounters = worked[*own].encounters;
    const bool is_met_already = std::any_of(encounters.begin(), encounters.end(), [&](const Encounter& known) {
      const bool same_herd = at_other && worked[*at_other].members.size() > 1 && known.other == at_other;
      const bool same_front =
          worked[*own].members.size() > 1 && (at_other ? known.other == at_other : known.path.front == other);
      return known.end == end && (same_herd || same_front);
    });
    if (!is_met_already) encounters.push_back({path, end, at_other, meetings.found(other), ailing});
  };
  for (const ProxyPath& path : paths) {
    const bool fails_today = meetings.are_met_today(path) && meetings.faults_today(path) != 0;
    const auto ailing = fails_today ? std::optional(ailing_paths++) : std::nullopt;
    add(path, path.front, path.target, Encounter::End::front, ailing);
    add(path, path.target, path.front, Encounter::End::target, ailing);
  }
}

void Problem::add_folders() {
  for (Worked& front : worked) {
    const auto own_way = way(variants, front.before, front.members.front(), front.hops);
    for (const Encounter& encounter : front.encounters) {
      if (encounter.end == Encounter::End::target) continue;
      const Hops hops = encounter.other ? worked[*encounter.other].hops : Hops{};
      for (const VariantId target : way(variants, meetings.found(encounter.path.target), encounter.path.target, hops)) {
        for (const VariantId own : own_way) {
          for (const OwaVersion& folder : meetings.wanting(own, target)) add_once(front.folders, folder);
        }
      }
    }
    wanted.insert(wanted.end(), front.folders.begin(), front.folders.end());
  }
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
}

void Problem::add_limits(const Changes& changes) {
  auto before = policy.before;
  const auto roles = order_of_roles(organisation, changes);
  before.insert(before.end(), roles.begin(), roles.end());
  for (const auto& [first, second] : before) {
    const auto earlier = worked_with(first);
    const auto later = worked_with(second);
    if (earlier && later) worked[*later].upgraded_before.push_back(*earlier);
  }
  for (Worked& server : worked) {
    const auto& site = at(organisation.servers, server.members.front()).site;
    if (!site || !at(organisation.servers, server.members.front()).is_cas()) continue;
    server.least_company = static_cast<std::size_t>(std::max(0, policy.min_in_service.at(*site)));
    if (server.least_company == 0) continue;
    for (const ServerId id : client_access_servers(organisation, *site)) {
      if (!serves_in_the_end(organisation, policy, id)) continue;
      if (const auto other = worked_with(id)) {
        server.company.push_back(*other);
      } else {
        ++server.standing_company;
      }
    }
  }
}

/// Twins stand in the same site, behind the same entry points, have the same hops and folders, and meet the same
/// servers; no limit names one of them and not the other.
void Problem::find_twins() {
  using Met = std::tuple<Encounter::End, ServerId, bool>;
  using Looks =
      std::tuple<VariantId, Hops, std::optional<SiteId>, std::vector<std::size_t>, std::vector<Met>, bool, bool>;
  std::map<Looks, std::vector<std::size_t>> alike;
  std::set<ServerId> named;
  for (const auto& [first, second] : policy.before) named.insert({first, second});
  for (const Window& window : policy.windows) named.insert(window.servers.begin(), window.servers.end());
  for (std::size_t i = 0; i < worked.size(); ++i) {
    const Worked& server = worked[i];
    const ServerId id = server.members.front();
    if (server.members.size() > 1 || named.contains(id) || !server.upgraded_before.empty()) continue;
    std::vector<std::size_t> entries;
    for (std::size_t k = 0; k < organisation.entry_points.size(); ++k) {
      const auto& members = organisation.entry_points[k].fronts;
      if (std::find(members.begin(), members.end(), id) != members.end()) entries.push_back(k);
    }
    std::vector<Met> met;
    for (const Encounter& encounter : server.encounters) {
      const bool is_front = encounter.end == Encounter::End::front;
      met.emplace_back(encounter.end, is_front ? encounter.path.target : encounter.path.front,
                       encounter.ailing.has_value());
    }
    std::sort(met.begin(), met.end());
    alike[{server.before, server.hops, at(organisation.servers, id).site, entries, met, server.was_in_service,
           server.ends_in_service}]
        .push_back(i);
  }
  for (auto& [looks, servers] : alike) {
    const bool is_ailing =
        std::any_of(worked[servers.front()].encounters.begin(), worked[servers.front()].encounters.end(),
                    [](const Encounter& encounter) { return encounter.ailing.has_value(); });
    if (servers.size() > 1 && !is_ailing) twins.push_back(std::move(servers));
  }
}

std::optional<ServerId> Problem::standing_source(const OwaVersion& folder) const {
  for (const ServerId id : client_access_servers(organisation)) {
    if (!worked_with(id) && variants.surely_holds(meetings.found(id), folder)) return id;
  }
  return std::nullopt;
}

Situation Problem::start() const {
  Situation situation;
  if (policy.event46 == Event46::never) situation.worked_before.resize(ailing_paths);
  const auto drain = static_cast<std::int32_t>(policy.durations.drain.count());
  for (const Worked& server : worked) {
    Slot slot;
    slot.variant = slot.next = server.before;
    slot.is_out = !server.was_in_service;
    slot.serving_for = drain;
    situation.slots.push_back(slot);
  }
  return situation;
}

}  // namespace casplan::planner
