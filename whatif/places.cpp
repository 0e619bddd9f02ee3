#include "whatif/places.h"

#include <algorithm>
#include <set>

#include "planner/fact.h"

namespace casplan::whatif {
namespace {

std::set<ServerId> servers_at(const Organisation& organisation, const Workplace& where) {
  Window window;
  std::visit(Overloaded{[&](SiteId site) { window.sites = {site}; }, [&](ServerId server) { window.servers = {server}; }},
             where);
  const auto servers = planner::concerned(organisation, window);
  return {servers.begin(), servers.end()};
}

bool concerns_any(const Window& window, const Organisation& organisation, const std::set<ServerId>& servers) {
  const auto all = planner::concerned(organisation, window);
  return std::any_of(all.begin(), all.end(), [&](ServerId server) { return servers.contains(server); });
}

void take_out(Window& window, const Organisation& organisation, const Workplace& where,
              const std::set<ServerId>& servers) {
  if (const auto* site = std::get_if<SiteId>(&where)) std::erase(window.sites, *site);
  if (!concerns_any(window, organisation, servers)) return;
  window.servers = planner::concerned(organisation, window);
  window.sites.clear();
  std::erase_if(window.servers, [&](ServerId server) { return servers.contains(server); });
}

}  // namespace

void drop_windows(Policy& policy, const Organisation& organisation, const Workplace& where) {
  const auto servers = servers_at(organisation, where);
  for (Window& window : policy.windows) take_out(window, organisation, where, servers);
  std::erase_if(policy.windows, [](const Window& window) { return window.sites.empty() && window.servers.empty(); });
}

void open_window(Policy& policy, const OpenWindow& change) {
  Window window;
  std::visit(Overloaded{[&](SiteId site) { window.sites = {site}; }, [&](ServerId server) { window.servers = {server}; }},
             change.where);
  window.time = change.time;
  policy.windows.push_back(std::move(window));
}

bool has_windows(const Policy& policy, const Organisation& organisation, const Workplace& where) {
  const auto servers = servers_at(organisation, where);
  return std::any_of(policy.windows.begin(), policy.windows.end(),
                     [&](const Window& window) { return concerns_any(window, organisation, servers); });
}

}  // namespace casplan::whatif
