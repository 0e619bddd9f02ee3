#include "inventory/server_table.h"

#include "inventory/text.h"
#include "model/contracts.h"

namespace casplan::inventory {
namespace {

std::string name_key(std::string_view name) {
  return "name " + lower(name);
}
std::string fqdn_key(std::string_view fqdn) {
  return "fqdn " + lower(fqdn);
}

}  // namespace

std::size_t ServerTable::node(const std::string& key) {
  const auto [place, is_new] = nodes_.emplace(key, parents_.size());
  if (is_new) parents_.push_back(place->second);
  return representative(place->second);
}

std::size_t ServerTable::representative(std::size_t server) {
  while (parents_[server] != server) {
    parents_[server] = parents_[parents_[server]];
    server = parents_[server];
  }
  return server;
}

std::size_t ServerTable::add(std::string_view name, std::string_view fqdn) {
  expects(!name.empty() || !fqdn.empty(), "a server has a name or an FQDN");
  if (name.empty()) return node(fqdn_key(fqdn));
  const std::size_t server = node(name_key(name));
  if (!fqdn.empty()) parents_[node(fqdn_key(fqdn))] = server;
  return server;
}

std::optional<std::size_t> ServerTable::find(std::string_view name) {
  for (const std::string& key : {fqdn_key(name), name_key(name), name_key(name.substr(0, name.find('.')))}) {
    if (const auto place = nodes_.find(key); place != nodes_.end()) return representative(place->second);
  }
  return std::nullopt;
}

}  // namespace casplan::inventory
