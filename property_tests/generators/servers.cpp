#include "property_tests/generators/servers.h"

#include <algorithm>
#include <utility>

#include "property_tests/generators/draw.h"
#include "property_tests/generators/versions.h"

namespace casplan {
namespace {

std::string host_of(const std::string& name) {
  return name + ".example.com";
}

FolderList folders_of(const std::vector<OwaVersion>& versions) {
  FolderList folders;
  for (const OwaVersion& version : versions) folders.push_back(*any_spelling(version));
  return folders;
}

void add_once(std::vector<OwaVersion>& versions, const OwaVersion& version) {
  if (std::find(versions.begin(), versions.end(), version) == versions.end()) versions.push_back(version);
}

OwaVersion named_after(const BuildVersion& build) {
  return OwaVersion{build.parts};
}

void draw_version(Server& server, const Build& build) {
  if (!draw::once_in(20)) server.build = build.version;
  if (draw::once_in(8)) server.owa_version = build.owa_version;
}

void draw_folders(Server& server, const std::optional<Build>& own, const std::vector<Build>& palette) {
  if (draw::once_in(12)) return;
  server.folders = *any_folders(own, palette);
  if (draw::once_in(5)) server.loaded_folders = draw::some_of(*server.folders);
  if (draw::once_in(6)) server.hand_copied_folders = draw::some_of(*server.folders);
}

std::optional<bool> usually(bool value) {
  const int drawn = draw::below(12);
  if (drawn == 10) return std::nullopt;
  return drawn == 11 ? !value : value;
}

std::set<Role> cas_roles() {
  std::set<Role> roles{Role::client_access};
  if (draw::once_in(3)) roles.insert(Role::hub_transport);
  if (draw::once_in(4)) roles.insert(Role::mailbox);
  return roles;
}

}  // namespace

rc::Gen<std::optional<std::string>> any_internal_url(std::string host) {
  return rc::gen::exec([host = std::move(host)]() -> std::optional<std::string> {
    switch (draw::below(16)) {
      case 8: return "HTTPS://" + host + "/owa";
      case 9: return "https://" + host + ":8443/owa";
      case 10: return "http://" + host + "/owa";
      case 11: return "http://" + host;
      case 12: return draw::one_of<std::string>({"", "https://", "https:///owa", "owa", "https:/one-slash/owa"});
      case 13: return "https://two words/owa";
      case 14: return std::nullopt;
      default: return "https://" + host + "/owa";
    }
  });
}

rc::Gen<FolderList> any_folders(std::optional<Build> own, std::vector<Build> palette) {
  return rc::gen::exec([own, palette = std::move(palette)] {
    std::vector<OwaVersion> versions;
    if (own && !draw::once_in(20)) versions.push_back(own->owa_version);
    for (const Build& build : draw::some_of(palette)) add_once(versions, build.owa_version);
    if (draw::once_in(4)) add_once(versions, (*any_catalogue_build(Product::exchange2007)).owa_version);
    if (draw::once_in(8)) add_once(versions, named_after(draw::one_of(palette).version));
    return folders_of(versions);
  });
}

rc::Gen<Server> any_cas(std::string name, SiteId site, std::vector<Build> palette) {
  return rc::gen::exec([name = std::move(name), site, palette = std::move(palette)] {
    Server server;
    server.name = name;
    if (!draw::once_in(5)) server.fqdn = host_of(name);
    if (!draw::once_in(40)) server.site = site;
    server.roles = cas_roles();
    const Build build = draw::one_of(palette);
    draw_version(server, build);
    draw_folders(server, build, palette);
    server.internal_url = *any_internal_url(host_of(name));
    if (draw::once_in(7)) server.external_url = "https://mail.example.com/owa";
    server.integrated_auth = usually(true);
    server.in_service = usually(true);
    if (draw::once_in(4)) server.install_path = "D:\\Exchange \"2007\"\\";
    server.allow_proxy_without_ssl = draw::once_in(5);
    server.redirect_to_optimal = !draw::once_in(6);
    return server;
  });
}

rc::Gen<Server> any_other_server(std::string name, SiteId site, std::vector<Build> palette) {
  return rc::gen::exec([name = std::move(name), site, palette = std::move(palette)] {
    Server server;
    server.name = name;
    server.site = site;
    server.roles = draw::one_of<std::set<Role>>(
        {{Role::mailbox}, {Role::hub_transport}, {Role::unified_messaging}, {Role::hub_transport, Role::mailbox}});
    draw_version(server, draw::one_of(palette));
    if (draw::once_in(2)) server.folders = FolderList{};
    return server;
  });
}

Server plain_cas(std::string name, SiteId site, const Build& build, const std::vector<Build>& others) {
  std::vector<OwaVersion> versions{build.owa_version};
  for (const Build& other : others) add_once(versions, other.owa_version);
  Server server;
  server.site = site;
  server.roles = {Role::client_access};
  server.build = build.version;
  server.folders.emplace();
  for (const OwaVersion& version : versions) server.folders->push_back({to_string(version), version});
  server.fqdn = host_of(name);
  server.internal_url = "https://" + host_of(name) + "/owa";
  server.integrated_auth = true;
  server.in_service = true;
  server.name = std::move(name);
  return server;
}

}  // namespace casplan
