#include "documents/formats.h"
#include "documents/json_writer.h"
#include "documents/organisation_document.h"

namespace casplan::documents {
namespace {

std::optional<std::string> version_text(const auto& version) {
  return version ? std::optional(to_string(*version)) : std::nullopt;
}

void write_folders(JsonWriter& out, const std::optional<FolderList>& folders) {
  if (!folders) return out.null();
  out.line(*folders, [&](const ResourceFolder& folder) { out.value(folder.name); });
}

void write_site(JsonWriter& out, const Site& site) {
  out.object([&] {
    out.member("name", site.name);
    out.member("mailboxes", site.mailboxes);
    if (site.legacy_mailboxes != 0) out.member("legacy_mailboxes", site.legacy_mailboxes);
  });
}

void write_folder_facts(JsonWriter& out, const Server& server) {
  write_folders(out.key("folders"), server.folders);
  if (server.loaded_folders) write_folders(out.key("loaded_folders"), server.loaded_folders);
  if (server.hand_copied_folders) write_folders(out.key("hand_copied_folders"), server.hand_copied_folders);
}

void write_server(JsonWriter& out, const Server& server, const Organisation& organisation) {
  out.object([&] {
    out.member("name", server.name);
    out.member("fqdn", server.fqdn);
    out.member("site", server.site ? std::optional(at(organisation.sites, *server.site).name) : std::nullopt);
    out.key("roles").line(server.roles, [&](Role role) { out.value(to_string(role)); });
    out.member("build", version_text(server.build));
    out.member("owa_version", version_text(server.owa_version));
    write_folder_facts(out, server);
    out.member("internal_url", server.internal_url);
    out.member("external_url", server.external_url);
    out.member("integrated_auth", server.integrated_auth);
    out.member("in_service", server.in_service);
    out.member("install_path", server.install_path);
    if (server.allow_proxy_without_ssl) out.member("allow_proxy_without_ssl", true);
    if (!server.redirect_to_optimal) out.member("redirect_to_optimal", false);
  });
}

void write_entry_point(JsonWriter& out, const EntryPoint& entry, const Organisation& organisation) {
  out.object([&] {
    out.member("name", entry.name);
    out.key("fronts").line(entry.fronts, [&](ServerId front) { out.value(at(organisation.servers, front).name); });
    out.member("share", entry.share);
  });
}

void write_site_link(JsonWriter& out, const SiteLink& link, const Organisation& organisation) {
  out.object([&] {
    out.key("sites").line(link.sites, [&](SiteId site) { out.value(at(organisation.sites, site).name); });
    out.member("cost", link.cost);
  });
}

}  // namespace

std::string write_organisation(const Organisation& organisation) {
  JsonWriter out;
  out.object([&] {
    out.member("format", organisation_format);
    out.member("name", organisation.name);
    out.key("sites").list(organisation.sites, [&](const Site& site) { write_site(out, site); });
    out.key("servers").list(organisation.servers,
                            [&](const Server& server) { write_server(out, server, organisation); });
    out.key("entry_points").list(organisation.entry_points, [&](const EntryPoint& entry) {
      write_entry_point(out, entry, organisation);
    });
    if (organisation.site_links.empty()) return;
    out.key("site_links").list(organisation.site_links, [&](const SiteLink& link) {
      write_site_link(out, link, organisation);
    });
  });
  return out.take();
}

}  // namespace casplan::documents
