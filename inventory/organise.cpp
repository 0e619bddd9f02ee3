#include "inventory/organise.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "inventory/entry_points.h"
#include "inventory/remedies.h"
#include "inventory/server_facts.h"
#include "inventory/text.h"

namespace casplan::inventory {
namespace {

constexpr std::string_view organisation_subject = "organisation";

void add_missing(Import& import, std::string subject, std::string_view property, std::string remedy) {
  import.missing.push_back({std::move(subject), std::string(property), std::move(remedy)});
}

// By the name in Active Directory, else by the forest.
void name_organisation(Import& import, const Merged& merged) {
  import.organisation.name = organisation_subject;
  const auto& names = merged.organisation_names.empty() ? merged.forest_names : merged.organisation_names;
  if (names.empty()) return;
  Settled settled = settle(std::string(organisation_subject), {{fact::name, names}});
  import.organisation.name = settled.kept.at(fact::name).value;
  std::move(settled.facts.begin(), settled.facts.end(), std::back_inserter(import.facts));
  std::move(settled.conflicts.begin(), settled.conflicts.end(), std::back_inserter(import.conflicts));
}

// Those that belong into the organisation, by name.
std::vector<KnownServer> known_servers(Import& import, std::vector<Claims> all) {
  std::vector<KnownServer> servers;
  for (Claims& claims : all) {
    KnownServer known = known_server(std::move(claims));
    if (const auto reason = reason_to_leave_out(known)) {
      import.notes.push_back(
          {known.server.name + " is left out: " + *reason + ".", known.settled.kept.at(fact::name).origin});
    } else {
      servers.push_back(std::move(known));
    }
  }
  std::sort(servers.begin(), servers.end(), [](const KnownServer& a, const KnownServer& b) {
    return std::pair(lower(a.server.name), a.server.name) < std::pair(lower(b.server.name), b.server.name);
  });
  return servers;
}

// Exchange names are DNS labels. Any other is kept, but is worth a second look.
void note_odd_name(Import& import, const KnownServer& known) {
  const std::string& name = known.server.name;
  const bool odd = std::any_of(name.begin(), name.end(), [](char c) {
    const bool is_alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return !is_alphanumeric && c != '-' && c != '_' && c != '.';
  });
  if (!odd) return;
  import.notes.push_back({"\"" + name + "\" is an odd name for a server. Check it before running any command with it.",
                          known.settled.kept.at(fact::name).origin});
}

void add_sites(Organisation& organisation, const std::vector<KnownServer>& servers) {
  std::set<std::string> names;
  for (const KnownServer& known : servers) {
    if (known.site) names.insert(*known.site);
  }
  for (const std::string& name : names) organisation.sites.push_back({name, std::nullopt, 0});
}

// Sites are sorted by name, and servers have exactly these names.
SiteId site_named(const std::vector<Site>& sites, const std::string& name) {
  const auto place = std::lower_bound(sites.begin(), sites.end(), name,
                                      [](const Site& site, const std::string& wanted) { return site.name < wanted; });
  return id_at<SiteId>(static_cast<std::size_t>(place - sites.begin()));
}

void add_server(Import& import, KnownServer known) {
  note_odd_name(import, known);
  if (known.site) known.server.site = site_named(import.organisation.sites, *known.site);
  std::move(known.settled.facts.begin(), known.settled.facts.end(), std::back_inserter(import.facts));
  std::move(known.settled.conflicts.begin(), known.settled.conflicts.end(), std::back_inserter(import.conflicts));
  import.organisation.servers.push_back(std::move(known.server));
}

void miss_version(Import& import, const KnownServer& known) {
  const Server& server = known.server;
  if (!known.level) {
    add_missing(import, server.name, fact::admin_display_version, remedy::export_server(server.name));
  }
  const std::string listing = remedy::list_folders(server.name, server.install_path);
  if (!server.folders) add_missing(import, server.name, fact::folders, listing);
  const std::string remedy = server.folders ? remedy::show_build(server.name, server.install_path) : listing;
  if (!server.build) add_missing(import, server.name, fact::build, remedy);
  if (!server.owa_version) add_missing(import, server.name, fact::owa_version, listing);
}

void miss_virtual_directory(Import& import, const KnownServer& known) {
  for (const auto property : {fact::internal_url, fact::external_url, fact::integrated_auth}) {
    const std::string* value = find_value(known.settled, property);
    if (value != nullptr && value->empty() && property == fact::internal_url) {
      import.notes.push_back({"No InternalURL is set on " + known.server.name + ": no server can proxy to it.",
                              known.settled.kept.at(property).origin});
    }
    if (value != nullptr) continue;
    add_missing(import, known.server.name, property, remedy::export_virtual_directories_of(known.server.name));
  }
}

void miss_server_facts(Import& import, const KnownServer& known) {
  const std::string remedy = remedy::export_server(known.server.name);
  if (!known.site) add_missing(import, known.server.name, fact::site, remedy);
  if (find_value(known.settled, fact::roles) == nullptr) add_missing(import, known.server.name, fact::roles, remedy);
  if (!known.server.is_cas()) return;
  miss_version(import, known);
  miss_virtual_directory(import, known);
}

void miss_mailboxes(Import& import) {
  for (const Site& site : import.organisation.sites) {
    add_missing(import, "site " + site.name, fact::mailboxes, remedy::count_mailboxes(site.name));
  }
  if (import.organisation.sites.empty()) return;
  import.notes.push_back(
      {"How many mailboxes the sites have is not known. Every path is judged all the same; figures of "
       "users stay unknown.",
       {}});
}

void sort_all(Import& import) {
  const auto fact_key = [](const Fact& f) { return std::tie(f.subject, f.property, f.value, f.origin); };
  std::sort(import.facts.begin(), import.facts.end(),
            [&](const Fact& a, const Fact& b) { return fact_key(a) < fact_key(b); });
  std::sort(import.conflicts.begin(), import.conflicts.end(),
            [&](const Conflict& a, const Conflict& b) { return fact_key(a.other) < fact_key(b.other); });
  std::sort(import.missing.begin(), import.missing.end(), [](const Missing& a, const Missing& b) {
    return std::tie(a.subject, a.property, a.remedy) < std::tie(b.subject, b.property, b.remedy);
  });
  std::sort(import.notes.begin(), import.notes.end(),
            [](const Note& a, const Note& b) { return std::tie(a.origin, a.text) < std::tie(b.origin, b.text); });
}

}  // namespace

Import organise(Merged merged) {
  Import import;
  name_organisation(import, merged);
  import.notes = std::move(merged.notes);
  std::vector<KnownServer> servers = known_servers(import, std::move(merged.servers));
  add_sites(import.organisation, servers);
  for (const KnownServer& known : servers) miss_server_facts(import, known);
  miss_mailboxes(import);
  const auto addresses = external_addresses(servers);
  for (KnownServer& known : servers) add_server(import, std::move(known));
  infer_entry_points(import, addresses);
  sort_all(import);
  return import;
}

}  // namespace casplan::inventory
