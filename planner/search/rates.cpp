#include "planner/search/rates.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace casplan::planner {
namespace {

/// The user-minutes of a hundred thousand users in a year fit into 64 bits with this.
constexpr Parts most_parts = 100'000'000;
/// All users in parts, so that a million minutes of them fit, too.
constexpr Parts most_in_all = 4'000'000'000'000;

Organisation with_known_figures(Organisation organisation) {
  const bool shares = std::all_of(organisation.entry_points.begin(), organisation.entry_points.end(),
                                  [](const EntryPoint& entry) { return entry.share.has_value(); });
  for (EntryPoint& entry : organisation.entry_points) {
    if (!shares) entry.share = 1;
  }
  const bool mailboxes = std::all_of(organisation.sites.begin(), organisation.sites.end(),
                                     [](const Site& site) { return site.mailboxes.has_value(); });
  for (Site& site : organisation.sites) {
    if (!mailboxes) site.mailboxes = site.mailboxes == 0 ? 0 : 1;
  }
  return organisation;
}

Parts up_to(std::size_t count) {
  Parts multiple = 1;
  for (std::size_t i = 2; i <= count && multiple <= most_parts; ++i) {
    multiple = std::lcm(multiple, static_cast<Parts>(i));
  }
  return multiple;
}

}  // namespace

Parts parts_of_a_user(const Organisation& organisation) {
  Parts of_fronts = 1;
  for (const EntryPoint& entry : organisation.entry_points) {
    of_fronts = std::lcm(of_fronts, up_to(entry.fronts.size()));
  }
  Parts of_targets = 1;
  const auto all_fronts = fronts(organisation);
  std::vector<std::size_t> cas_of(organisation.sites.size());  // by site
  for (const ServerId id : client_access_servers(organisation)) {
    if (const auto& site = at(organisation.servers, id).site) ++at(cas_of, *site);
  }
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    const auto site = id_at<SiteId>(i);
    const bool is_proxied_to = std::any_of(all_fronts.begin(), all_fronts.end(), [&](ServerId front) {
      return at(organisation.servers, front).site != site;
    });
    if (is_proxied_to) of_targets = std::lcm(of_targets, up_to(cas_of[i]));
    if (of_targets > most_parts || of_fronts > most_parts) return 0;
  }
  if (of_fronts > most_parts / 100 / of_targets) return 0;
  const Parts parts = of_fronts * of_targets * 100;
  Parts room = most_in_all / parts;
  for (const Site& site : organisation.sites) room -= std::min(room, site.mailboxes.value_or(1));
  return room > 0 ? parts : 0;
}

Rates::Rates(const Problem& problem)
    : problem_(problem),
      counted_(with_known_figures(problem.organisation)),
      paths_(proxy_paths(problem.organisation)),
      wanted_(simulator::wanted_builds(problem.organisation, problem.policy)),
      readings_(first_of(problem.policy.readings)),
      unit_(planner::parts_of_a_user(problem.organisation)),
      state_(problem.found),
      turns_(problem.worked.size()) {
  assessment_.emplace(counted_, paths_, state_, readings_, wanted_);
  rate_.lagging_by_site.resize(counted_.sites.size());
  event46_by_site_.resize(counted_.sites.size());
  unavailable_by_site_.resize(counted_.sites.size());
  for (std::size_t i = 0; i < counted_.sites.size(); ++i) count_site(id_at<SiteId>(i));
}

void Rates::count_site(SiteId site) {
  const auto& now = at(assessment_->now().sites, site);
  const auto replace = [&](Parts& sum, Parts& part, const simulator::Users& users) {
    const Parts parts = users->nearest(unit_);
    sum += parts - part;
    part = parts;
  };
  replace(rate_.event46, event46_by_site_[site.value], now.event46);
  replace(rate_.unavailable, unavailable_by_site_[site.value], now.unavailable);
  replace(rate_.lagging, rate_.lagging_by_site[site.value], now.lagging);
}

void Rates::set(ServerId server, const ServerState& state, Service service) {
  ServerState& now = at(state_.servers, server);
  if (now.service == service && now.owa_version == state.owa_version && now.build == state.build &&
      now.present == state.present && now.loaded == state.loaded) {
    return;
  }
  now = state;
  now.service = service;
  changed_.push_back(server);
}

void Rates::count_what_changed() {
  for (const SiteId site : assessment_->update(changed_)) count_site(site);
  changed_.clear();
}

const Rate& Rates::at_situation(const Situation& situation) {
  std::string key;
  for (const Slot& slot : situation.slots) {
    const std::uint32_t mark = slot.variant.value * 2 + (serves(slot) ? 1 : 0);
    key.append(reinterpret_cast<const char*>(&mark), sizeof mark);
    key.append(reinterpret_cast<const char*>(&slot.members_done), sizeof slot.members_done);
  }
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  for (std::size_t i = 0; i < situation.slots.size(); ++i) set_members(i, situation.slots[i]);
  count_what_changed();
  return known_.emplace(std::move(key), rate_).first->second;
}

/// Of a herd that changes, only the members from the turn that was counted last to this one may have changed.
void Rates::set_members(std::size_t place, const Slot& slot) {
  const Worked& worked = problem_.worked[place];
  const Service service = serves(slot) ? Service::in_service : Service::drained;
  std::size_t first = 0;
  std::size_t last = worked.members.size() - 1;
  if (turns_[place] && !worked.hops.empty()) {
    std::tie(first, last) = std::minmax({*turns_[place], std::size_t{slot.members_done}});
  }
  turns_[place] = slot.members_done;
  for (std::size_t k = first; k <= last; ++k) {
    const bool has_its_turn = worked.hops.empty() || k == slot.members_done;
    const VariantId variant = has_its_turn ? slot.variant : (k < slot.members_done ? worked.after : worked.before);
    set(worked.members[k], problem_.variants.state(variant, 0), has_its_turn ? service : Service::in_service);
  }
}

Parts Rates::unavailable_without(ServerId server) {
  turns_.assign(problem_.worked.size(), std::nullopt);
  for (std::size_t i = 0; i < state_.servers.size(); ++i) {
    const ServerState& found = problem_.found.servers[i];
    const auto id = id_at<ServerId>(i);
    const Service otherwise = problem_.policy.to_return.contains(id) ? Service::in_service : found.service;
    set(id, found, id == server ? Service::drained : otherwise);
  }
  count_what_changed();
  return rate_.unavailable;
}

}  // namespace casplan::planner
