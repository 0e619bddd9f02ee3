#include <algorithm>
#include <array>
#include <set>

#include "documents/formats.h"
#include "documents/json_reader.h"
#include "documents/json_text.h"
#include "documents/names.h"
#include "documents/organisation_document.h"
#include "documents/shown_text.h"
#include "documents/vocabulary.h"

namespace casplan::documents {
namespace {

constexpr int all_users = 100;  // percent

constexpr std::array<std::string_view, 6> document_keys{"format",  "name",         "sites",
                                                        "servers", "entry_points", "site_links"};
constexpr std::array<std::string_view, 3> site_keys{"name", "mailboxes", "legacy_mailboxes"};
constexpr std::array<std::string_view, 16> server_keys{"name",
                                                       "fqdn",
                                                       "site",
                                                       "roles",
                                                       "build",
                                                       "owa_version",
                                                       "folders",
                                                       "loaded_folders",
                                                       "hand_copied_folders",
                                                       "internal_url",
                                                       "external_url",
                                                       "integrated_auth",
                                                       "in_service",
                                                       "install_path",
                                                       "allow_proxy_without_ssl",
                                                       "redirect_to_optimal"};
constexpr std::array<std::string_view, 3> entry_point_keys{"name", "fronts", "share"};
constexpr std::array<std::string_view, 2> site_link_keys{"sites", "cost"};
constexpr std::int64_t highest_link_cost = 99'999;  // of Active Directory

class OrganisationReader {
 public:
  Organisation read(const Node& root) {
    if (!read_format(root, organisation_format)) return {};
    const ObjectReader document(root, "an organisation: an object", document_keys);
    if (!document) return {};
    read_into(organisation_.name, document.required("name"), name_reader("of the organisation"));
    if (const auto sites = document.required("sites")) {
      sites->each("a list of sites", [&](const Node& node) { read_site(node); });
    }
    if (const auto servers = document.required("servers")) read_servers(*servers);
    if (const auto entry_points = document.required("entry_points")) read_entry_points(*entry_points);
    if (const auto links = document.find("site_links")) {
      links->each("a list of site links", [&](const Node& node) { read_site_link(node); });
    }
    return std::move(organisation_);
  }

 private:
  /// Reads a name that no other element of the list has.
  static std::string read_unique_name(const ObjectReader& object, NameIndex& index, std::size_t position,
                                      std::string_view what, std::string_view list) {
    const auto node = object.required("name");
    const auto name = node ? read_name(*node, "of a " + std::string(what)) : std::nullopt;
    if (!name) return {};
    if (const auto other = index.add(*name, static_cast<std::uint32_t>(position))) {
      node->fault(shown(*name) + ", the name of another " + std::string(what) + " (/" + std::string(list) + "/" +
                      std::to_string(*other) + ")",
                  "a name that no other " + std::string(what) + " has; case does not count");
    }
    return std::string(*name);
  }

  void read_site(const Node& node) {
    Site site;
    if (const ObjectReader object(node, "a site: an object", site_keys); object) {
      const auto mailboxes = [](const Node& count) { return count.integer(0, most_users); };
      site.name = read_unique_name(object, sites_, organisation_.sites.size(), "site", "sites");
      read_into(site.mailboxes, object.required_or_null("mailboxes"), mailboxes);
      read_into(site.legacy_mailboxes, object.find("legacy_mailboxes"), mailboxes);
    }
    organisation_.sites.push_back(std::move(site));
  }

  void read_servers(const Node& node) {
    const JsonList* servers = node.list("a list of servers");
    if (servers == nullptr) return;
    if (servers->size() > most_servers) {
      return node.fault(std::to_string(servers->size()) + " servers",
                        "at most " + std::to_string(most_servers) + " servers");
    }
    for (std::size_t i = 0; i < servers->size(); ++i) read_server(node.element(i));
    const bool has_cas = std::any_of(organisation_.servers.begin(), organisation_.servers.end(),
                                     [](const Server& server) { return server.is_cas(); });
    if (!has_cas && roles_at_fault_.empty()) {
      node.fault("no server with the role ClientAccess", "at least one Client Access server");
    }
  }

  void read_server(const Node& node) {
    Server server;
    if (const ObjectReader object(node, "a server: an object", server_keys); object) {
      server.name = read_unique_name(object, servers_, organisation_.servers.size(), "server", "servers");
      read_into(server.site, object.required_or_null("site"),
                [&](const Node& site) { return read_site_name(site, sites_); });
      read_roles(object, server);
      read_versions(object, server);
      read_virtual_directory(object, server);
      read_into(server.fqdn, object.known("fqdn"), name_reader("of a server, with its domain"));
      read_into(server.in_service, object.known("in_service"), [](const Node& fact) { return fact.truth(); });
      read_into(server.install_path, object.known("install_path"), name_reader("of a folder"));
    }
    organisation_.servers.push_back(std::move(server));
  }

  void read_roles(const ObjectReader& object, Server& server) {
    const auto node = object.required("roles");
    const auto names = words_of(all_roles());
    bool complete = true;
    const bool is_list = node && node->each("a list of roles", [&](const Node& element) {
      const auto choice = element.choice(names);
      if (choice) server.roles.insert(all_roles()[*choice]);
      complete = complete && choice;
    });
    if (!is_list || !complete) roles_at_fault_.insert(id_at<ServerId>(organisation_.servers.size()));
  }

  static std::optional<FolderList> read_folders(const Node& node) {
    FolderList folders;
    const bool is_list = node.each("a list of folder names, or null where they were not listed", [&](const Node& name) {
      if (const auto version = read_folder_name(name)) {
        folders.push_back({std::string(std::get<std::string_view>(name.value().content)), *version});
      }
    });
    return is_list ? std::optional(std::move(folders)) : std::nullopt;
  }

  /// Folders that must also be among the listed ones, where these are known.
  static std::optional<FolderList> read_folders_among(const std::optional<FolderList>& listed, const Node& node) {
    if (!listed) return read_folders(node);
    const bool is_list = node.each("a list of folder names", [&](const Node& name) {
      const auto version = read_folder_name(name);
      const auto is_it = [&](const ResourceFolder& folder) { return version == folder.version; };
      if (version && std::none_of(listed->begin(), listed->end(), is_it)) {
        name.fault("a folder that is not among `folders`", "one of the folders that are listed there");
      }
    });
    return is_list ? read_folders(node) : std::nullopt;
  }

  static void read_versions(const ObjectReader& object, Server& server) {
    read_into(server.build, object.required_or_null("build"), read_build);
    read_into(server.owa_version, object.known("owa_version"), read_owa_version);
    read_into(server.folders, object.known("folders"), read_folders);
    const auto among = [&](const Node& node) { return read_folders_among(server.folders, node); };
    read_into(server.loaded_folders, object.known("loaded_folders"), among);
    read_into(server.hand_copied_folders, object.known("hand_copied_folders"), among);
  }

  static void read_virtual_directory(const ObjectReader& object, Server& server) {
    const auto truth = [](const Node& fact) { return fact.truth(); };
    read_into(server.internal_url, object.known("internal_url"), read_address);
    read_into(server.external_url, object.known("external_url"), read_address);
    if (server.external_url == "") server.external_url.reset();
    read_into(server.integrated_auth, object.known("integrated_auth"), truth);
    read_into(server.allow_proxy_without_ssl, object.find("allow_proxy_without_ssl"), truth);
    read_into(server.redirect_to_optimal, object.find("redirect_to_optimal"), truth);
  }

  void read_entry_points(const Node& node) {
    if (!node.each("a list of entry points", [&](const Node& element) { read_entry_point(element); })) return;
    const auto& entries = organisation_.entry_points;
    const auto known = std::count_if(entries.begin(), entries.end(), [](const auto& e) { return e.share.has_value(); });
    if (known == 0 || share_at_fault_) return;
    if (static_cast<std::size_t>(known) != entries.size()) {
      return node.fault("shares that are known for some entry points only",
                        "a share for every entry point, or null for all");
    }
    std::int64_t sum = 0;
    for (const EntryPoint& entry : entries) sum += *entry.share;
    if (sum != all_users) node.fault("shares that sum to " + std::to_string(sum), "shares that sum to 100 percent");
  }

  void read_entry_point(const Node& node) {
    EntryPoint entry;
    if (const ObjectReader object(node, "an entry point: an object", entry_point_keys); object) {
      read_into(entry.name, object.required("name"), name_reader("of an entry point"));
      if (const auto fronts = object.required("fronts")) read_fronts(*fronts, entry);
      if (const auto share = object.known("share")) {
        const auto percent = share->integer(0, all_users, "(percent)");
        if (percent) entry.share = static_cast<int>(*percent);
        share_at_fault_ = share_at_fault_ || !percent;
      }
    }
    organisation_.entry_points.push_back(std::move(entry));
  }

  void read_fronts(const Node& node, EntryPoint& entry) {
    std::set<ServerId> seen;
    const bool is_list = node.each("a list of servers", [&](const Node& element) {
      const auto front = read_server_name(element, servers_);
      if (!front) return;
      if (!seen.insert(*front).second) {
        return element.fault(shown(at(organisation_.servers, *front).name) + " once more", "each front once");
      }
      if (!roles_at_fault_.contains(*front) && !is_cas_or_fault(organisation_, *front, element)) return;
      entry.fronts.push_back(*front);
    });
    if (is_list && std::get<JsonList>(node.value().content).empty()) {
      node.fault("an entry point without fronts", "at least one Client Access server");
    }
  }

  void read_site_link(const Node& node) {
    SiteLink link;
    if (const ObjectReader object(node, "a site link: an object", site_link_keys); object) {
      read_into(link.cost, object.required("cost"),
                [](const Node& cost) { return cost.integer(1, highest_link_cost); });
      if (const auto sites = object.required("sites")) read_linked_sites(*sites, link);
    }
    organisation_.site_links.push_back(std::move(link));
  }

  void read_linked_sites(const Node& node, SiteLink& link) {
    std::set<SiteId> seen;
    const bool is_list = node.each("a list of sites", [&](const Node& element) {
      const auto site = read_site_name(element, sites_);
      if (!site) return;
      if (!seen.insert(*site).second) {
        return element.fault(shown(at(organisation_.sites, *site).name) + " once more", "each site once");
      }
      link.sites.push_back(*site);
    });
    const std::size_t count = is_list ? std::get<JsonList>(node.value().content).size() : 2;
    if (count < 2) node.fault("a link of " + std::string(count == 0 ? "no" : "one") + " site", "at least two sites");
  }

  Organisation organisation_;
  NameIndex sites_;
  NameIndex servers_;
  std::set<ServerId> roles_at_fault_;  // whose roles could not be read: nothing follows from their absence
  bool share_at_fault_ = false;
};

}  // namespace

Result<Organisation> read_organisation(std::string_view text) {
  const auto document = parse_json(text);
  if (!document) return tl::unexpected(document.error());
  FaultList faults;
  Organisation organisation = OrganisationReader().read(Node(document->root, faults));
  if (!faults.empty()) return tl::unexpected(faults.take());
  return organisation;
}

}  // namespace casplan::documents
