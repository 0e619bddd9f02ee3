#include "model/organisation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "model/catalogue.h"

namespace casplan {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 5> role_names{{{Role::client_access, "ClientAccess"},
                                                                       {Role::hub_transport, "HubTransport"},
                                                                       {Role::mailbox, "Mailbox"},
                                                                       {Role::unified_messaging, "UnifiedMessaging"},
                                                                       {Role::edge_transport, "Edge"}}};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

template <class Id, class List, class Matches>
std::optional<Id> find_first(const List& list, Matches matches) {
  const auto place = std::find_if(list.begin(), list.end(), matches);
  if (place == list.end()) return std::nullopt;
  return id_at<Id>(static_cast<std::size_t>(place - list.begin()));
}

template <class Matches>
std::vector<ServerId> servers_where(const Organisation& organisation, Matches matches) {
  std::vector<ServerId> found;
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    if (matches(id_at<ServerId>(i), organisation.servers[i])) found.push_back(id_at<ServerId>(i));
  }
  return found;
}

}  // namespace

std::optional<SiteId> find_site(const Organisation& organisation, std::string_view name) {
  return find_first<SiteId>(organisation.sites, [&](const Site& site) { return same_name(site.name, name); });
}

std::optional<ServerId> find_server(const Organisation& organisation, std::string_view name) {
  return find_first<ServerId>(organisation.servers, [&](const Server& server) { return same_name(server.name, name); });
}

std::vector<ServerId> client_access_servers(const Organisation& organisation) {
  return servers_where(organisation, [](ServerId, const Server& server) { return server.is_cas(); });
}

std::vector<ServerId> client_access_servers(const Organisation& organisation, SiteId site) {
  return servers_where(organisation,
                       [&](ServerId, const Server& server) { return server.is_cas() && server.site == site; });
}

std::vector<ServerId> fronts(const Organisation& organisation) {
  std::vector<ServerId> all;
  for (const EntryPoint& entry : organisation.entry_points)
    all.insert(all.end(), entry.fronts.begin(), entry.fronts.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

bool is_front(const Organisation& organisation, ServerId server) {
  return std::any_of(organisation.entry_points.begin(), organisation.entry_points.end(), [&](const EntryPoint& entry) {
    return std::find(entry.fronts.begin(), entry.fronts.end(), server) != entry.fronts.end();
  });
}

std::optional<OwaVersion> running_owa_version(const Server& server) {
  if (server.owa_version) return server.owa_version;
  if (!server.build) return std::nullopt;
  const Build* build = find_build(*server.build);
  return build != nullptr ? std::optional(build->owa_version) : std::nullopt;
}

bool may_have_users(const Site& site) {
  return !site.mailboxes || *site.mailboxes > 0;
}

bool users_are_known(const Organisation& organisation) {
  return std::all_of(organisation.sites.begin(), organisation.sites.end(),
                     [](const Site& site) { return site.mailboxes.has_value(); }) &&
         std::all_of(organisation.entry_points.begin(), organisation.entry_points.end(),
                     [](const EntryPoint& entry) { return entry.share.has_value(); }) &&
         std::all_of(organisation.servers.begin(), organisation.servers.end(),
                     [](const Server& server) { return !server.is_cas() || server.site.has_value(); });
}

std::string_view to_string(Role role) {
  return std::find_if(role_names.begin(), role_names.end(), [&](const auto& entry) { return entry.first == role; })
      ->second;
}

std::optional<Role> parse_role(std::string_view text) {
  const auto place = std::find_if(role_names.begin(), role_names.end(),
                                  [&](const auto& entry) { return same_name(entry.second, text); });
  return place != role_names.end() ? std::optional(place->first) : std::nullopt;
}

const std::vector<Role>& all_roles() {
  static const std::vector<Role> roles = [] {
    std::vector<Role> all;
    for (const auto& entry : role_names) all.push_back(entry.first);
    return all;
  }();
  return roles;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace casplan
