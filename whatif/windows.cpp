#include "whatif/windows.h"

#include <algorithm>

#include "model/overloaded.h"
#include "planner/fact.h"

namespace casplan::whatif {
namespace {

Window window_of(const Workplace& where) {
  Window window;
  std::visit(
      Overloaded{[&](SiteId site) { window.sites = {site}; }, [&](ServerId server) { window.servers = {server}; }},
      where);
  return window;
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

/// When a server may be worked on; none: at any time.
std::vector<decltype(Window::time)> times_of(const Policy& policy, const Organisation& organisation, ServerId server) {
  std::vector<decltype(Window::time)> times;
  for (const Window& window : policy.windows) {
    if (concerns_any(window, organisation, {server})) times.push_back(window.time);
  }
  return times;
}

}  // namespace

void drop_windows(Policy& policy, const Organisation& organisation, const Workplace& where) {
  const auto servers = servers_at(organisation, where);
  for (Window& window : policy.windows) take_out(window, organisation, where, servers);
  std::erase_if(policy.windows, [](const Window& window) { return window.sites.empty() && window.servers.empty(); });
}

void open_window(Policy& policy, const OpenWindow& change) {
  Window window = window_of(change.where);
  window.time = change.time;
  policy.windows.push_back(std::move(window));
}

bool have_same_windows(const Policy& a, const Policy& b, const Organisation& organisation, const Workplace& where) {
  const auto servers = servers_at(organisation, where);
  return std::all_of(servers.begin(), servers.end(), [&](ServerId server) {
    const auto first = times_of(a, organisation, server);
    const auto second = times_of(b, organisation, server);
    return std::is_permutation(first.begin(), first.end(), second.begin(), second.end());
  });
}

std::set<ServerId> servers_at(const Organisation& organisation, const Workplace& where) {
  const auto servers = planner::concerned(organisation, window_of(where));
  return {servers.begin(), servers.end()};
}

}  // namespace casplan::whatif
