#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/ids.h"
#include "model/users.h"
#include "model/version.h"

namespace casplan {

/// The most users that a site may have, and the most servers that there may be.
inline constexpr UserCount most_users = 10'000'000;
inline constexpr int most_servers = 1'000'000;

/// An Active Directory site. Mailboxes count the users whose mailbox is on Exchange 2007 in this site.
struct Site {
  std::string name;
  std::optional<UserCount> mailboxes;  ///< empty: not known
  UserCount legacy_mailboxes = 0;      ///< on Exchange 2003: never behind a resource folder (rules 2.2)

  friend bool operator==(const Site&, const Site&) = default;
};

enum class Role { client_access, hub_transport, mailbox, unified_messaging, edge_transport };

/// A versioned folder below `ClientAccess\owa`, with the name that it has on the disk.
struct ResourceFolder {
  std::string name;
  OwaVersion version;

  friend bool operator==(const ResourceFolder&, const ResourceFolder&) = default;
};

using FolderList = std::vector<ResourceFolder>;

/// An Exchange server as it was found. An empty optional is a fact that is not known.
struct Server {
  std::string name;
  std::optional<std::string> fqdn;
  std::optional<SiteId> site;
  std::set<Role> roles;
  std::optional<BuildVersion> build;
  std::optional<OwaVersion> owa_version;          ///< as reported; otherwise the catalogue says it from the build
  std::optional<FolderList> folders;              ///< empty: the folders were not listed
  std::optional<FolderList> loaded_folders;       ///< empty: the same as `folders`
  std::optional<FolderList> hand_copied_folders;  ///< empty: the listed folders of an earlier level than the server's
  std::optional<std::string> internal_url;
  std::optional<std::string> external_url;  ///< empty: none is set, as far as is known
  std::optional<bool> integrated_auth;
  std::optional<bool> in_service;  ///< not known counts as in service
  std::optional<std::string> install_path;
  bool allow_proxy_without_ssl = false;
  bool redirect_to_optimal = true;

  [[nodiscard]] bool is_cas() const { return roles.contains(Role::client_access); }
  [[nodiscard]] bool was_found_in_service() const { return in_service.value_or(true); }
  friend bool operator==(const Server&, const Server&) = default;
};

/// A name that users type, and the fronts behind it.
struct EntryPoint {
  std::string name;
  std::vector<ServerId> fronts;
  std::optional<int> share;  ///< percent of all users who come by this name; empty: not known

  friend bool operator==(const EntryPoint&, const EntryPoint&) = default;
};

/// A site link of Active Directory: it joins each two of its sites, both ways.
struct SiteLink {
  std::vector<SiteId> sites;  ///< at least two, each once
  std::int64_t cost = 0;      ///< positive

  friend bool operator==(const SiteLink&, const SiteLink&) = default;
};

struct Organisation {
  std::string name;
  std::vector<Site> sites;
  std::vector<Server> servers;
  std::vector<EntryPoint> entry_points;
  std::vector<SiteLink> site_links{};  ///< as far as they are known

  friend bool operator==(const Organisation&, const Organisation&) = default;
};

[[nodiscard]] std::optional<SiteId> find_site(const Organisation& organisation, std::string_view name);
/// Server names are compared without regard to case, as Active Directory does.
[[nodiscard]] std::optional<ServerId> find_server(const Organisation& organisation, std::string_view name);

/// The servers with the Client Access role, in the organisation's order.
[[nodiscard]] std::vector<ServerId> client_access_servers(const Organisation& organisation);
/// The Client Access servers of a site.
[[nodiscard]] std::vector<ServerId> client_access_servers(const Organisation& organisation, SiteId site);
/// The servers that stand behind an entry point, each once, in the organisation's order.
[[nodiscard]] std::vector<ServerId> fronts(const Organisation& organisation);
[[nodiscard]] bool is_front(const Organisation& organisation, ServerId server);

/// The OWA version that a server runs: as reported, else by the catalogue from its build; empty where neither is known.
[[nodiscard]] std::optional<OwaVersion> running_owa_version(const Server& server);

/// Whether the users of a site count for paths: it has mailboxes on Exchange 2007, or it is not known how many.
[[nodiscard]] bool may_have_users(const Site& site);

/// Whether every figure that user counts are made of is known: mailboxes, shares, and the site of each CAS.
[[nodiscard]] bool users_are_known(const Organisation& organisation);

[[nodiscard]] std::string_view to_string(Role role);
[[nodiscard]] std::optional<Role> parse_role(std::string_view text);
[[nodiscard]] const std::vector<Role>& all_roles();

/// Compares names as Active Directory does: ASCII letters without regard to case.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

}  // namespace casplan
