#include "inventory/entry_points.h"

#include <algorithm>
#include <map>
#include <utility>

#include "inventory/remedies.h"
#include "inventory/text.h"
#include "model/rules.h"
#include "model/text.h"

namespace casplan::inventory {
namespace {

using AddressesByHost = std::map<std::string, std::vector<ExternalAddress>>;

AddressesByHost by_host(Import& import, const std::vector<ExternalAddress>& addresses) {
  AddressesByHost hosts;
  for (const ExternalAddress& address : addresses) {
    if (address.url.empty()) continue;
    if (const auto host = url_host(address.url)) {
      hosts[lower(*host)].push_back(address);
    } else {
      import.notes.push_back({"The ExternalURL \"" + address.url + "\" of " +
                                  at(import.organisation.servers, address.server).name +
                                  " is no http or https address; no entry point is inferred from it.",
                              address.origin});
    }
  }
  return hosts;
}

void miss_entry_points(Import& import, const std::vector<ExternalAddress>& addresses) {
  const bool all_known = std::all_of(addresses.begin(), addresses.end(), [](const auto& a) { return a.is_known; });
  import.missing.push_back(
      {"organisation", std::string(fact::entry_points),
       all_known ? "Exchange does not know it: no Client Access server has an ExternalURL. Enter the names that users "
                   "type, and the servers behind each, under entry_points in the organisation document."
                 : remedy::export_virtual_directories()});
}

void add_entry_point(Import& import, const std::string& host, const std::vector<ExternalAddress>& addresses) {
  EntryPoint entry{host, {}, std::nullopt};
  std::vector<std::string> names;
  for (const ExternalAddress& address : addresses) {
    entry.fronts.push_back(address.server);
    names.push_back(at(import.organisation.servers, address.server).name);
  }
  import.facts.push_back({"entry point " + host, std::string(fact::fronts), joined(names, ", "),
                          addresses.front().origin, Basis::inferred});
  import.organisation.entry_points.push_back(std::move(entry));
}

// All users come by the only entry point; of several, only the fronts' logs tell.
void add_shares(Import& import, const AddressesByHost& hosts) {
  auto& entries = import.organisation.entry_points;
  if (entries.size() == 1) {
    entries.front().share = 100;
    import.facts.push_back({"entry point " + entries.front().name, std::string(fact::share), "100",
                            hosts.begin()->second.front().origin, Basis::inferred});
    return;
  }
  for (const EntryPoint& entry : entries) {
    std::vector<std::string> commands;
    for (const ServerId front : entry.fronts) {
      commands.push_back(remedy::count_requests(at(import.organisation.servers, front).name));
    }
    import.missing.push_back({"entry point " + entry.name, std::string(fact::share), joined(commands, "; ")});
  }
}

}  // namespace

std::vector<ExternalAddress> external_addresses(const std::vector<KnownServer>& servers) {
  std::vector<ExternalAddress> addresses;
  for (std::size_t i = 0; i < servers.size(); ++i) {
    if (!servers[i].server.is_cas()) continue;
    ExternalAddress address{id_at<ServerId>(i), false, {}, {}};
    const auto place = servers[i].settled.kept.find(fact::external_url);
    if (place != servers[i].settled.kept.end()) {
      address = {address.server, true, place->second.value, place->second.origin};
    }
    addresses.push_back(std::move(address));
  }
  return addresses;
}

void infer_entry_points(Import& import, const std::vector<ExternalAddress>& addresses) {
  const AddressesByHost hosts = by_host(import, addresses);
  for (const auto& [host, servers] : hosts) add_entry_point(import, host, servers);
  if (hosts.empty()) {
    miss_entry_points(import, addresses);
  } else {
    add_shares(import, hosts);
  }
}

}  // namespace casplan::inventory
