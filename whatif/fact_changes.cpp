#include <algorithm>

#include "model/rules.h"
#include "whatif/make_change.h"

namespace casplan::whatif {
namespace {

Server& server_at(Situation& now, ServerId id) {
  return at(now.organisation.servers, id);
}

bool is_among(const std::vector<ServerId>& servers, ServerId server) {
  return std::find(servers.begin(), servers.end(), server) != servers.end();
}

void erase(std::optional<FolderList>& folders, const OwaVersion& version) {
  if (folders) std::erase_if(*folders, [&](const ResourceFolder& folder) { return folder.version == version; });
}

void insert(std::optional<FolderList>& folders, const OwaVersion& version) {
  if (folders) folders->push_back({to_string(version), version});
}

/// Empty where the folders were not listed.
std::optional<bool> holds(const Server& server, const OwaVersion& version) {
  if (!server.folders) return std::nullopt;
  return std::any_of(server.folders->begin(), server.folders->end(),
                     [&](const ResourceFolder& folder) { return folder.version == version; });
}

/// Only a hand can have put a folder of an earlier level there.
bool is_of_earlier_level(const Server& server, const OwaVersion& version) {
  const auto own = running_owa_version(server);
  return own && version.level() < own->level();
}

Making set_users(Situation& now, SiteId site, UserCount users) {
  if (users > most_users) {
    return Misfit{std::to_string(users) + " users", "a number from 0 to " + std::to_string(most_users)};
  }
  at(now.organisation.sites, site).mailboxes = users;
  return std::nullopt;
}

Making remove_from(Situation& now, EntryPoint& entry_point, ServerId server) {
  if (entry_point.fronts.size() == 1) {
    const std::string& name = server_at(now, server).name;
    return Misfit{name + ", the only front of " + entry_point.name + ": nobody who comes by it would be served",
                  "a front that has another one beside it; to see what happens without it, write \"out " + name + "\""};
  }
  std::erase(entry_point.fronts, server);
  return std::nullopt;
}

}  // namespace

Making make(const SetExternalUrl& change, Situation& now) {
  Server& server = server_at(now, change.server);
  if (change.url && !url_host(*change.url)) {
    return Misfit{"\"" + *change.url + "\", which is no address", "an address such as https://mail.contoso.com/owa"};
  }
  server.external_url = change.url;
  return std::nullopt;
}

Making make(const AddFront& change, Situation& now) {
  const Server& server = server_at(now, change.server);
  EntryPoint& entry_point = now.organisation.entry_points[change.entry_point];
  if (!server.is_cas())
    return Misfit{server.name + ", which does not have the role ClientAccess", "a server that has it"};
  if (!is_among(entry_point.fronts, change.server)) entry_point.fronts.push_back(change.server);
  return std::nullopt;
}

Making make(const RemoveFront& change, Situation& now) {
  Situation without = now;
  auto& entry_points = without.organisation.entry_points;
  for (std::size_t i = 0; i < entry_points.size(); ++i) {
    if (change.entry_point.value_or(i) != i || !is_among(entry_points[i].fronts, change.server)) continue;
    if (auto misfit = remove_from(without, entry_points[i], change.server)) return misfit;
  }
  now = std::move(without);
  return std::nullopt;
}

Making make(const SetUsers& change, Situation& now) {
  return set_users(now, change.site, change.users);
}

Making make(const ScaleUsers& change, Situation& now) {
  const Site& site = at(now.organisation.sites, change.site);
  if (!site.mailboxes)
    return Misfit{site.name + ", whose users were not counted", "a number of users, not a percentage"};
  return set_users(now, change.site, (*site.mailboxes * (100 + change.percent) + 50) / 100);
}

Making make(const SetFolder& change, Situation& now) {
  Server& server = server_at(now, change.server);
  if (!server.is_cas())
    return Misfit{server.name + ", which does not have the role ClientAccess", "a server that has it"};
  const auto has = holds(server, change.folder);
  if (!has) return Misfit{server.name + ", whose folders were not listed", "a server whose folders are known"};
  if (*has == (change.presence == Presence::present)) return std::nullopt;
  if (change.presence == Presence::missing) {
    for (auto* folders : {&server.folders, &server.loaded_folders, &server.hand_copied_folders}) {
      erase(*folders, change.folder);
    }
    return std::nullopt;
  }
  insert(server.folders, change.folder);
  insert(server.loaded_folders, change.folder);
  if (is_of_earlier_level(server, change.folder)) insert(server.hand_copied_folders, change.folder);
  return std::nullopt;
}

Making make(const SetService& change, Situation& now) {
  Server& server = server_at(now, change.server);
  const bool in_service = change.service == ServiceFact::in_service;
  if (server.in_service.value_or(true) != in_service) server.in_service = in_service;
  return std::nullopt;
}

}  // namespace casplan::whatif
