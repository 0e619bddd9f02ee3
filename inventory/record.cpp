#include "inventory/record.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "inventory/encoding.h"
#include "inventory/text.h"
#include "model/organisation.h"

namespace casplan::inventory {
namespace {

constexpr std::array properties{property::name,
                                property::identity,
                                property::distinguished_name,
                                property::fqdn,
                                property::site,
                                property::server_role,
                                property::admin_display_version,
                                property::is_client_access_server,
                                property::is_hub_transport_server,
                                property::is_mailbox_server,
                                property::is_unified_messaging_server,
                                property::is_edge_server,
                                property::data_path,
                                property::server,
                                property::server_name,
                                property::database,
                                property::owa_version,
                                property::internal_url,
                                property::external_url,
                                property::internal_authentication_methods,
                                property::windows_authentication,
                                property::redirect_to_optimal};

// In bytes; far more than any name or address of Exchange has.
constexpr std::size_t longest_value = 10'000;

// A list in a CSV is shown as its type: "Microsoft.Exchange.Data.MultiValuedProperty`1[...]", "System.String[]".
bool is_type_name(std::string_view value) {
  return (starts_with(value, "Microsoft.Exchange.") || starts_with(value, "System.")) && ends_with(value, "]");
}

bool has_any(const Record& record, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return find(record, name) != nullptr; });
}

bool is_owa_virtual_directory(const Record& record) {
  if (!has_any(record, {property::server, property::server_name, property::identity})) return false;
  if (has_any(record, {property::owa_version})) return true;
  const std::string* name = find_value(record, property::name);
  return name != nullptr && starts_with(*name, "owa") &&
         has_any(record, {property::internal_url, property::external_url, property::internal_authentication_methods,
                          property::windows_authentication});
}

bool is_exchange_server(const Record& record) {
  if (has_any(record, {property::server, property::server_name, property::database})) return false;
  return has_any(record, {property::server_role, property::admin_display_version, property::site, property::fqdn,
                          property::is_client_access_server, property::is_mailbox_server});
}

ObjectKind kind_by_properties(const Record& record) {
  if (is_owa_virtual_directory(record)) return ObjectKind::owa_virtual_directory;
  return is_exchange_server(record) ? ObjectKind::exchange_server : ObjectKind::other;
}

void note_unreadable_characters(FileContents& contents, const Record& record) {
  for (const Property& property : record.properties) {
    if (!property.value || property.value->find(replacement_text) == std::string::npos) continue;
    contents.notes.push_back({"The " + std::string(property.name) + " \"" + *property.value +
                                  "\" held characters that cannot be read or do not belong in it; each is shown as " +
                                  std::string(replacement_text) + ".",
                              {contents.file, property.line}});
  }
}

void count_other(FileContents& contents, const Record& record) {
  OtherObjects& others = contents.others[record.type];
  if (others.count++ == 0) others.first_line = record.line;
}

}  // namespace

std::optional<std::string_view> read_property(std::string_view name) {
  const auto place = std::find_if(properties.begin(), properties.end(),
                                  [&](std::string_view known) { return same_name(known, name); });
  return place != properties.end() ? std::optional(*place) : std::nullopt;
}

void add_property(Record& record, std::string_view name, std::string_view value, std::size_t line) {
  const auto known = read_property(name);
  if (!known || find(record, *known) != nullptr) return;
  Property added{*known, std::nullopt, line};
  if (value.size() <= longest_value && !is_type_name(trimmed(value))) added.value = cleaned_value(value);
  record.properties.push_back(std::move(added));
}

const Property* find(const Record& record, std::string_view name) {
  const auto place = std::find_if(record.properties.begin(), record.properties.end(),
                                  [&](const Property& property) { return property.name == name; });
  return place != record.properties.end() ? &*place : nullptr;
}

const std::string* find_value(const Record& record, std::string_view name) {
  const Property* property = find(record, name);
  return property != nullptr && property->value && !property->value->empty() ? &*property->value : nullptr;
}

ObjectKind kind_of(const Record& record) {
  if (same_name(record.type, "ExchangeServer")) return ObjectKind::exchange_server;
  if (same_name(record.type, "ADOwaVirtualDirectory")) return ObjectKind::owa_virtual_directory;
  return record.type.empty() ? kind_by_properties(record) : ObjectKind::other;
}

std::string short_type(std::string_view type) {
  type = trimmed(type);
  for (const std::string_view prefix : {"Selected.", "Deserialized.", "Selected."}) {
    if (starts_with(type, prefix)) type.remove_prefix(prefix.size());
  }
  if (!starts_with(type, "Microsoft.Exchange.")) return {};
  type = type.substr(0, type.find_first_of("`["));
  return cleaned_value(type.substr(type.rfind('.') + 1));
}

void add_fault(FileContents& contents, std::size_t line, std::string found, std::string expected) {
  constexpr std::size_t most_faults = 100;
  if (contents.faults.size() >= most_faults) return;
  contents.faults.push_back(fault_at({contents.file, line}, std::move(found), std::move(expected)));
}

void add_record(FileContents& contents, Record record) {
  if (record.properties.empty() && record.type.empty()) return;
  if (contents.objects++ == most_objects) {
    add_fault(contents, record.line, "more than 1,000,000 objects",
              "at most 1,000,000 objects in a file: export servers and virtual directories");
  }
  if (contents.objects > most_objects) return;
  const ObjectKind kind = kind_of(record);
  if (kind == ObjectKind::other) return count_other(contents, record);
  note_unreadable_characters(contents, record);
  auto& list = kind == ObjectKind::exchange_server ? contents.servers : contents.virtual_directories;
  list.push_back(std::move(record));
}

}  // namespace casplan::inventory
