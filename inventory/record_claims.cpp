#include "inventory/record_claims.h"

#include <charconv>
#include <iterator>
#include <utility>

#include "inventory/sites.h"
#include "inventory/text.h"
#include "model/text.h"

namespace casplan::inventory {
namespace {

constexpr std::pair<Role, unsigned> role_flags[] = {{Role::mailbox, 2},
                                                    {Role::client_access, 4},
                                                    {Role::unified_messaging, 16},
                                                    {Role::hub_transport, 32},
                                                    {Role::edge_transport, 64}};

constexpr std::pair<Role, std::string_view> role_properties[] = {
    {Role::mailbox, property::is_mailbox_server},
    {Role::client_access, property::is_client_access_server},
    {Role::unified_messaging, property::is_unified_messaging_server},
    {Role::hub_transport, property::is_hub_transport_server},
    {Role::edge_transport, property::is_edge_server}};

// `Mailbox, ClientAccess`, or the number of the enumeration.
std::set<Role> parse_roles(std::string_view text) {
  std::set<Role> roles;
  unsigned flags = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), flags);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  for (const auto& [role, flag] : role_flags) {
    if (is_number && (flags & flag) != 0) roles.insert(role);
  }
  for (const auto name : split_list(text, ',')) {
    if (const auto role = parse_role(name)) roles.insert(*role);
  }
  return roles;
}

}  // namespace

Claim claim(const Source& source, const Property& property, std::string value, Basis basis) {
  return {std::move(value), {source.file->file, property.line}, source.record->format, basis};
}

std::string server_name(const Record& record) {
  for (const auto property : {property::name, property::identity, property::distinguished_name}) {
    if (const std::string* value = find_value(record, property)) return object_name(*value);
  }
  const std::string* fqdn = find_value(record, property::fqdn);
  return fqdn != nullptr ? fqdn->substr(0, fqdn->find('.')) : std::string();
}

std::optional<bool> parse_boolean(std::string_view text) {
  if (same_name(text, "true")) return true;
  if (same_name(text, "false")) return false;
  return std::nullopt;
}

std::string roles_text(const std::set<Role>& roles) {
  std::vector<std::string> names;
  for (const Role role : roles) names.emplace_back(to_string(role));
  return joined(names, ", ");
}

std::optional<Claim> role_claim(const Source& source) {
  const Record& record = *source.record;
  if (find_value(record, property::server_role) != nullptr) {
    const Property& stated = *find(record, property::server_role);
    return claim(source, stated, roles_text(parse_roles(*stated.value)));
  }
  std::set<Role> roles;
  std::size_t known = 0;
  const Property* first = nullptr;
  for (const auto& [role, name] : role_properties) {
    const std::string* value = find_value(record, name);
    const auto is_one = value != nullptr ? parse_boolean(*value) : std::nullopt;
    if (!is_one) continue;
    ++known;
    if (first == nullptr) first = find(record, name);
    if (*is_one) roles.insert(role);
  }
  if (first == nullptr) return std::nullopt;
  return claim(source, *first, roles_text(roles),
               known == std::size(role_properties) ? Basis::stated : Basis::inferred);
}

std::optional<Claim> install_path_claim(const Source& source) {
  constexpr std::string_view mailbox_folder = "\\Mailbox";
  const std::string* path = find_value(*source.record, property::data_path);
  if (path == nullptr || !ends_with(*path, mailbox_folder)) return std::nullopt;
  return claim(source, *find(*source.record, property::data_path),
               path->substr(0, path->size() - mailbox_folder.size()), Basis::inferred);
}

std::optional<Claim> authentication_claim(const Source& source) {
  const Record& record = *source.record;
  const auto make = [&](std::string_view name, bool value) {
    return claim(source, *find(record, name), value ? "true" : "false");
  };
  if (const std::string* windows = find_value(record, property::windows_authentication)) {
    if (const auto value = parse_boolean(*windows)) return make(property::windows_authentication, *value);
  }
  const std::string* methods = find_value(record, property::internal_authentication_methods);
  if (methods == nullptr) return std::nullopt;
  if (contains(*methods, "WindowsIntegrated") || contains(*methods, "Ntlm")) {
    return make(property::internal_authentication_methods, true);
  }
  if (contains(*methods, "...")) return std::nullopt;  // the console shows only the first elements of a list
  return make(property::internal_authentication_methods, false);
}

std::string virtual_directory_name(const Record& record) {
  if (const std::string* name = find_value(record, property::name)) return *name;
  const std::string* identity = find_value(record, property::identity);
  if (identity == nullptr || identity->find('\\') == std::string::npos) return std::string(default_virtual_directory);
  return identity->substr(identity->find('\\') + 1);
}

std::string server_of_virtual_directory(const Record& record) {
  for (const auto property : {property::server, property::server_name}) {
    if (const std::string* value = find_value(record, property)) return object_name(*value);
  }
  const std::string* identity = find_value(record, property::identity);
  if (identity != nullptr && identity->find('\\') != std::string::npos) {
    return identity->substr(0, identity->find('\\'));
  }
  // CN=owa (Default Web Site),CN=HTTP,CN=Protocols,CN=HQCAS1,CN=Servers,...
  const std::string* name = find_value(record, property::distinguished_name);
  const auto parts = split_distinguished_name(name != nullptr ? *name : std::string());
  return parts.size() > 4 && same_name(parts[4].value, "Servers") ? parts[3].value : std::string();
}

OwaDirectory directory_kind(const Record& record) {
  const std::string* version = find_value(record, property::owa_version);
  if (version == nullptr) {
    const bool is_owa = starts_with(virtual_directory_name(record), "owa");
    return is_owa ? OwaDirectory::served_by_cas : OwaDirectory::of_exchange2003;
  }
  for (const std::string_view name : {"Exchange2007", "Exchange2010", "2", "3"}) {
    if (same_name(*version, name)) return OwaDirectory::served_by_cas;
  }
  return contains(*version, "2003") || *version == "1" ? OwaDirectory::of_exchange2003 : OwaDirectory::of_later;
}

}  // namespace casplan::inventory
