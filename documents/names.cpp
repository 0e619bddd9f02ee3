#include "documents/names.h"

#include <algorithm>

#include "documents/policy_targets.h"
#include "documents/shown_text.h"

namespace casplan::documents {
namespace {

constexpr std::size_t longest_name = 256;

std::string lower_case(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

template <class Id>
tl::expected<Id, Fault> find_or_fault(std::string_view name, const NameIndex& index, std::string_view what,
                                      FaultList& faults) {
  if (const auto position = index.find(name)) return Id{*position};
  return tl::unexpected(Fault{"", shown(name) + ", which is no " + std::string(what) + " of this organisation",
                              "the name of a " + std::string(what), faults.nearest(name, index.names())});
}

template <class Id>
std::optional<Id> resolve(std::string_view name, const Node& node, const NameIndex& index, std::string_view what) {
  auto id = find_or_fault<Id>(name, index, what, node.faults());
  if (id) return *id;
  node.fault(std::move(id.error()));
  return std::nullopt;
}

template <class List>
NameIndex index_of(const List& list) {
  NameIndex index;
  for (std::size_t i = 0; i < list.size(); ++i) index.add(list[i].name, static_cast<std::uint32_t>(i));
  return index;
}

}  // namespace

std::optional<std::uint32_t> NameIndex::add(std::string_view name, std::uint32_t position) {
  const auto [place, added] = positions_.emplace(lower_case(name), position);
  if (!added) return place->second;
  names_.push_back(name);
  return std::nullopt;
}

std::optional<std::uint32_t> NameIndex::find(std::string_view name) const {
  const auto place = positions_.find(lower_case(name));
  return place != positions_.end() ? std::optional(place->second) : std::nullopt;
}

NamedOrganisation::NamedOrganisation(const Organisation& named)
    : organisation(named), sites(index_of(named.sites)), servers(index_of(named.servers)) {}

std::optional<std::string_view> read_name(const Node& node, std::string_view what) {
  const std::string expected = "the name " + std::string(what) + ", of 1 to 256 bytes without control characters";
  const auto name = node.text(expected);
  if (!name) return std::nullopt;
  if (!name->empty() && name->size() <= longest_name && is_free_of_controls(*name)) return name;
  node.fault(
      name->size() > longest_name ? shown(*name) + ", of " + std::to_string(name->size()) + " bytes" : shown(*name),
      expected);
  return std::nullopt;
}

std::optional<SiteId> resolve_site(std::string_view name, const Node& node, const NameIndex& sites) {
  return resolve<SiteId>(name, node, sites, "site");
}

std::optional<ServerId> resolve_server(std::string_view name, const Node& node, const NameIndex& servers) {
  return resolve<ServerId>(name, node, servers, "server");
}

tl::expected<SiteId, Fault> site_in(std::string_view name, const NameIndex& sites, FaultList& faults) {
  return find_or_fault<SiteId>(name, sites, "site", faults);
}

tl::expected<ServerId, Fault> server_in(std::string_view name, const NameIndex& servers, FaultList& faults) {
  return find_or_fault<ServerId>(name, servers, "server", faults);
}

std::optional<SiteId> read_site_name(const Node& node, const NameIndex& sites) {
  const auto name = node.text("the name of a site");
  return name ? resolve_site(*name, node, sites) : std::nullopt;
}

std::optional<ServerId> read_server_name(const Node& node, const NameIndex& servers) {
  const auto name = node.text("the name of a server");
  return name ? resolve_server(*name, node, servers) : std::nullopt;
}

bool is_cas_or_fault(const Organisation& organisation, ServerId server, const Node& node) {
  auto fault = fault_of_roles(at(organisation.servers, server), UpgradedRoles::client_access);
  if (fault) node.fault(*std::move(fault));
  return !fault;
}

}  // namespace casplan::documents
