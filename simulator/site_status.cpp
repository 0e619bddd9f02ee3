#include "simulator/site_status.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "model/topology.h"

namespace casplan::simulator {
namespace {

constexpr int event_no_cas = 41;

SiteCondition condition_of(const std::set<Fate>& fates) {
  if (fates.contains(Fate::broken)) {
    const bool all_fail = !fates.contains(Fate::served) && !fates.contains(Fate::undecided);
    return all_fail ? SiteCondition::broken : SiteCondition::some_fail;
  }
  if (fates.contains(Fate::undecided)) return SiteCondition::cannot_tell;
  if (fates.contains(Fate::unavailable)) return SiteCondition::planned_outage;
  return fates.contains(Fate::served) ? SiteCondition::served : SiteCondition::nobody;
}

/// Those who meet Event 46 are among the broken.
bool meet_all_the_same(const std::set<Fate>& fates) {
  return fates.size() - fates.count(Fate::event46) == 1;
}

/// Of those who meet the condition.
const Users& users_in(SiteCondition condition, const SiteAssessment& site) {
  switch (condition) {
    case SiteCondition::some_fail:
    case SiteCondition::broken: return site.broken;
    case SiteCondition::cannot_tell: return site.undecided;
    case SiteCondition::planned_outage: return site.unavailable;
    case SiteCondition::redirected:
    case SiteCondition::served:
    case SiteCondition::nobody: break;
  }
  return site.served;
}

}  // namespace

SiteStatuses::SiteStatuses(const Organisation& organisation)
    : organisation_(organisation), paths_to_(organisation.sites.size()), cas_of_(organisation.sites.size()) {
  for (const ServerId front : fronts(organisation)) {
    const bool is_used =
        std::any_of(organisation.entry_points.begin(), organisation.entry_points.end(), [&](const EntryPoint& entry) {
          return entry.share != 0 && std::find(entry.fronts.begin(), entry.fronts.end(), front) != entry.fronts.end();
        });
    if (is_used) fronts_.push_back(front);
  }
  const auto paths = proxy_paths(organisation);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (paths[i].site) at(paths_to_, *paths[i].site).push_back(i);
  }
  for (const ServerId id : client_access_servers(organisation)) {
    if (const auto& site = at(organisation.servers, id).site) at(cas_of_, *site).push_back(id);
  }
}

std::vector<ServerId> SiteStatuses::fronts_in_service(const State& state) const {
  std::vector<ServerId> in_service;
  std::copy_if(fronts_.begin(), fronts_.end(), std::back_inserter(in_service),
               [&](ServerId front) { return at(state.servers, front).takes_users(); });
  return in_service;
}

std::vector<SiteStatus> SiteStatuses::of(const State& state, const Assessment& assessment) const {
  std::vector<SiteStatus> statuses;
  statuses.reserve(assessment.sites.size());
  for (const SiteAssessment& site : assessment.sites) statuses.push_back(status_of(site, state, assessment));
  return statuses;
}

SiteStatus SiteStatuses::status_of(const SiteAssessment& site, const State& state, const Assessment& assessment) const {
  SiteStatus status;
  status.site = site.site;
  status.condition = condition_of(site.fates);
  if (status.condition == SiteCondition::served && is_redirected(site.site, state, assessment)) {
    status.condition = SiteCondition::redirected;
  }
  const auto& mailboxes = at(organisation_.sites, site.site).mailboxes;
  status.users = users_in(status.condition, site);
  if (meet_all_the_same(site.fates)) {
    status.share = Fraction{1, 1};
  } else if (status.users && mailboxes.value_or(0) > 0) {
    status.share = status.users->fraction(*mailboxes);
  }
  status.events = events_of(site, assessment);
  const auto& cas = at(cas_of_, site.site);
  std::copy_if(cas.begin(), cas.end(), std::back_inserter(status.targets),
               [&](ServerId id) { return at(state.servers, id).is_in_service(); });
  return status;
}

std::vector<int> SiteStatuses::events_of(const SiteAssessment& site, const Assessment& assessment) const {
  std::set<int> events;
  if (!site.fates.contains(Fate::broken)) return {};
  if (site.has_no_cas) events.insert(event_no_cas);
  for (const std::size_t place : at(paths_to_, site.site)) {
    const PathAssessment& path = assessment.paths[place];
    if (path.judgement.event && path.may_have_users()) events.insert(*path.judgement.event);
  }
  return {events.begin(), events.end()};
}

/// Whether nobody is served but by a link.
bool SiteStatuses::is_redirected(SiteId site, const State& state, const Assessment& assessment) const {
  const auto fronts = fronts_in_service(state);
  const bool is_direct = std::any_of(fronts.begin(), fronts.end(),
                                     [&](ServerId front) { return at(organisation_.servers, front).site == site; });
  const auto& paths = at(paths_to_, site);
  return !is_direct && std::none_of(paths.begin(), paths.end(), [&](std::size_t place) {
    const PathAssessment& path = assessment.paths[place];
    return path.judgement.verdict != Verdict::redirect && path.may_have_users();
  });
}

std::string_view to_string(SiteCondition condition) {
  constexpr std::array<std::string_view, 7> names{"some_fail",  "broken", "cannot_tell", "planned_outage",
                                                  "redirected", "served", "nobody"};
  return names[static_cast<std::size_t>(condition)];
}

}  // namespace casplan::simulator
