#include "planner/units.h"

#include <algorithm>
#include <tuple>

#include "model/proxy_graph.h"
#include "planner/step_graph.h"

namespace casplan::planner {
namespace {

/// Users who see the new features once a server has changed, for each minute that its change takes. Compared as a
/// fraction. Where mailboxes are not known, each site counts as one user.
struct Urgency {
  std::int64_t users = 0;
  std::int64_t minutes = 1;
};

bool more_urgent(const Urgency& a, const Urgency& b) {
  return a.users * b.minutes > b.users * a.minutes;
}

/// In a group that changes together, the first part is upgraded while the second serves; then they swap.
enum class Part { first, second };

class Maker {
 public:
  Maker(const Organisation& organisation, const Policy& policy, const Draft& draft, const std::vector<ProxyPath>& paths)
      : organisation_(organisation), policy_(policy), draft_(draft), paths_(paths) {}

  std::vector<Unit> run() {
    group_servers();
    find_who_proxies_in_its_group();
    std::vector<Unit> units;
    for (const std::size_t group : ordered_groups()) units.push_back(make_unit(group));
    return units;
  }

 private:
  void group_servers();
  void find_who_proxies_in_its_group();
  [[nodiscard]] std::vector<std::size_t> ordered_groups() const;
  [[nodiscard]] Urgency urgency(std::size_t group) const;
  [[nodiscard]] std::int64_t users_of(ServerId server) const;
  [[nodiscard]] Unit make_unit(std::size_t group) const;
  [[nodiscard]] std::map<ServerId, Part> parts(const std::vector<ServerId>& servers) const;
  [[nodiscard]] std::vector<StepIndex> ordered_steps(std::size_t group) const;

  const Organisation& organisation_;
  const Policy& policy_;
  const Draft& draft_;
  const std::vector<ProxyPath>& paths_;
  std::vector<std::vector<ServerId>> groups_;  // servers that have steps
  std::map<ServerId, std::size_t> group_of_;
  std::vector<std::vector<StepIndex>> steps_of_;  // by group
  std::vector<bool> proxies_in_group_;            // by server: to another server of its group
};

void Maker::group_servers() {
  std::vector<ProxyPath> edges;
  std::set<ServerId> owners;
  for (const DraftStep& step : draft_.steps) {
    owners.insert(step.owner);
    for (const DraftArrow& arrow : step.after) {
      edges.push_back({at(draft_.steps, arrow.step).owner, step.owner, std::nullopt});
    }
  }
  for (auto& component : components_fronts_first(make_server_graph(organisation_.servers.size(), edges))) {
    std::erase_if(component, [&](ServerId server) { return !owners.contains(server); });
    if (component.empty()) continue;
    for (const ServerId server : component) group_of_[server] = groups_.size();
    groups_.push_back(std::move(component));
  }
  steps_of_.resize(groups_.size());
  for (std::size_t i = 0; i < draft_.steps.size(); ++i) {
    steps_of_[group_of_.at(draft_.steps[i].owner)].push_back(id_at<StepIndex>(i));
  }
}

void Maker::find_who_proxies_in_its_group() {
  std::vector<std::size_t> group(organisation_.servers.size(), groups_.size());
  for (const auto& [server, number] : group_of_) group[server.value] = number;
  proxies_in_group_.resize(organisation_.servers.size());
  for (const ProxyPath& path : paths_) {
    const std::size_t number = group[path.front.value];
    if (number < groups_.size() && number == group[path.target.value]) proxies_in_group_[path.front.value] = true;
  }
}

std::int64_t Maker::users_of(ServerId server) const {
  const auto mailboxes = [&](const std::optional<SiteId>& site) {
    return site ? at(organisation_.sites, *site).mailboxes.value_or(1) : 0;
  };
  return mailboxes(at(organisation_.servers, server).site);
}

Urgency Maker::urgency(std::size_t group) const {
  Urgency urgency;
  for (const ServerId server : groups_[group]) urgency.users += users_of(server);
  for (const StepIndex step : steps_of_[group]) {
    const DraftStep& its = at(draft_.steps, step);
    urgency.minutes += duration_of(its.step, its.from, policy_.durations).count();
  }
  return urgency;
}

std::vector<std::size_t> Maker::ordered_groups() const {
  std::vector<std::set<std::size_t>> followers(groups_.size());
  std::vector<std::size_t> waiting(groups_.size());
  for (const DraftStep& step : draft_.steps) {
    const std::size_t group = group_of_.at(step.owner);
    for (const DraftArrow& arrow : step.after) {
      const std::size_t before = group_of_.at(at(draft_.steps, arrow.step).owner);
      if (before != group && followers[before].insert(group).second) ++waiting[group];
    }
  }
  std::vector<Urgency> urgencies;
  for (std::size_t group = 0; group < groups_.size(); ++group) urgencies.push_back(urgency(group));
  const auto comes_first = [&](std::size_t a, std::size_t b) {
    if (more_urgent(urgencies[a], urgencies[b])) return true;
    if (more_urgent(urgencies[b], urgencies[a])) return false;
    return groups_[a].front() < groups_[b].front();
  };
  std::set<std::size_t, decltype(comes_first)> ready(comes_first);
  for (std::size_t group = 0; group < groups_.size(); ++group) {
    if (waiting[group] == 0) ready.insert(group);
  }
  std::vector<std::size_t> order;
  while (!ready.empty()) {
    order.push_back(*ready.begin());
    ready.erase(ready.begin());
    for (const std::size_t follower : followers[order.back()]) {
      if (--waiting[follower] == 0) ready.insert(follower);
    }
  }
  return order;
}

std::map<ServerId, Part> Maker::parts(const std::vector<ServerId>& servers) const {
  const auto proxies = [&](ServerId id) { return proxies_in_group_[id.value]; };
  const bool all_proxy = std::all_of(servers.begin(), servers.end(), proxies);
  std::map<std::optional<SiteId>, std::size_t> next_in_site;  // starts alternately, then alternates inside the site
  std::map<ServerId, Part> parts;
  for (const ServerId server : servers) {
    const auto [place, added] = next_in_site.try_emplace(at(organisation_.servers, server).site, next_in_site.size());
    const bool first = all_proxy ? place->second++ % 2 == 0 : proxies(server);
    parts[server] = first ? Part::first : Part::second;
  }
  return parts;
}

/// A rank for each step: first part up to its return, drains of the second part, returns of the first, the rest.
std::vector<StepIndex> Maker::ordered_steps(std::size_t group) const {
  const auto part_of = parts(groups_[group]);
  const auto rank = [&](StepIndex index) {
    const DraftStep& step = at(draft_.steps, index);
    const bool first = part_of.at(step.owner) == Part::first;
    if (step.step.kind == StepKind::return_to_service && first) return 2;
    if (step.step.kind == StepKind::drain && !first) return 1;
    return first ? 0 : 3;
  };
  const auto comes_first = [&](StepIndex a, StepIndex b) {
    return std::tuple(rank(a), at(draft_.steps, a).owner, a) < std::tuple(rank(b), at(draft_.steps, b).owner, b);
  };
  std::map<StepIndex, std::vector<StepIndex>> followers;
  std::map<StepIndex, std::size_t> waiting;
  for (const StepIndex index : steps_of_[group]) {
    for (const DraftArrow& arrow : at(draft_.steps, index).after) {
      if (group_of_.at(at(draft_.steps, arrow.step).owner) != group) continue;
      followers[arrow.step].push_back(index);
      ++waiting[index];
    }
  }
  std::set<StepIndex, decltype(comes_first)> ready(comes_first);
  for (const StepIndex index : steps_of_[group]) {
    if (!waiting.contains(index)) ready.insert(index);
  }
  std::vector<StepIndex> order;
  while (!ready.empty()) {
    order.push_back(*ready.begin());
    ready.erase(ready.begin());
    for (const StepIndex follower : followers[order.back()]) {
      if (--waiting[follower] == 0) ready.insert(follower);
    }
  }
  return order;
}

Unit Maker::make_unit(std::size_t group) const {
  Unit unit{groups_[group], {}};
  for (const StepIndex step : ordered_steps(group)) {
    const StepKind kind = at(draft_.steps, step).step.kind;
    const bool joins =
        !unit.stages.empty() && moves_users(kind) && at(draft_.steps, unit.stages.back().front()).step.kind == kind;
    if (joins) {
      unit.stages.back().push_back(step);
    } else {
      unit.stages.push_back({step});
    }
  }
  return unit;
}

}  // namespace

Units units_of(const Organisation& organisation, const Policy& policy, const Draft& draft,
               const std::vector<ProxyPath>& paths) {
  Units result;
  result.circle = find_circle(draft);
  if (result.circle.empty()) result.units = Maker(organisation, policy, draft, paths).run();
  return result;
}

}  // namespace casplan::planner
