#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/source.h"

namespace casplan::inventory {

/// How a file says what it says, from the most to the least reliable: CLIXML keeps every value, Format-List wraps them,
/// CSV loses lists and often characters.
enum class Format { clixml, format_list, csv, folder_listing };

/// The properties of exported objects that are read; all others are passed over.
namespace property {
inline constexpr std::string_view name = "Name";
inline constexpr std::string_view identity = "Identity";
inline constexpr std::string_view distinguished_name = "DistinguishedName";
inline constexpr std::string_view fqdn = "Fqdn";
inline constexpr std::string_view site = "Site";
inline constexpr std::string_view server_role = "ServerRole";
inline constexpr std::string_view admin_display_version = "AdminDisplayVersion";
inline constexpr std::string_view is_client_access_server = "IsClientAccessServer";
inline constexpr std::string_view is_hub_transport_server = "IsHubTransportServer";
inline constexpr std::string_view is_mailbox_server = "IsMailboxServer";
inline constexpr std::string_view is_unified_messaging_server = "IsUnifiedMessagingServer";
inline constexpr std::string_view is_edge_server = "IsEdgeServer";
inline constexpr std::string_view data_path = "DataPath";
inline constexpr std::string_view server = "Server";
inline constexpr std::string_view server_name = "ServerName";
inline constexpr std::string_view database = "Database";
inline constexpr std::string_view owa_version = "OwaVersion";
inline constexpr std::string_view internal_url = "InternalUrl";
inline constexpr std::string_view external_url = "ExternalUrl";
inline constexpr std::string_view internal_authentication_methods = "InternalAuthenticationMethods";
inline constexpr std::string_view windows_authentication = "WindowsAuthentication";
inline constexpr std::string_view redirect_to_optimal = "RedirectToOptimalOWAServer";
}  // namespace property

/// The property with this name, in any case, as it is spelt above; empty for one that is not read.
[[nodiscard]] std::optional<std::string_view> read_property(std::string_view name);

struct Property {
  std::string_view name;             ///< as spelt above
  std::optional<std::string> value;  ///< empty: the export does not show it; an empty text: there is none
  std::size_t line = 0;
};

enum class ObjectKind { exchange_server, owa_virtual_directory, other };

/// One exported object.
struct Record {
  std::string type;  ///< the .NET type, without namespace; empty: the export does not say
  Format format = Format::clixml;
  std::size_t line = 0;
  std::vector<Property> properties;
};

/// Adds a property if it is one that is read. A value that is only a type's name (`System.String[]`), or longer
/// than any that Exchange has, is not shown.
void add_property(Record& record, std::string_view name, std::string_view value, std::size_t line);

[[nodiscard]] const Property* find(const Record& record, std::string_view name);
/// The value of a property; null where it is absent, not shown, or empty.
[[nodiscard]] const std::string* find_value(const Record& record, std::string_view name);

/// By the type, else by the properties.
[[nodiscard]] ObjectKind kind_of(const Record& record);

/// The name of a .NET type without namespace and without the prefixes that remote and selected objects bear.
[[nodiscard]] std::string short_type(std::string_view type);

/// What `dir` said of one server.
struct FolderListing {
  std::string server;  ///< as the file names it; empty: it does not
  std::size_t line = 0;
  std::optional<std::vector<std::string>> folders;  ///< the versioned ones; empty: they could not be listed
};

struct OtherObjects {
  std::size_t count = 0;
  std::size_t first_line = 0;
};

/// What was read from one file.
struct FileContents {
  std::string file;
  std::vector<Record> servers;
  std::vector<Record> virtual_directories;
  std::vector<FolderListing> listings;
  std::map<std::string, OtherObjects> others;  ///< objects that are passed over, by type
  std::vector<Note> notes;
  Diagnostics faults;
  std::size_t objects = 0;
};

/// Adds a fault, unless there are so many that one more would help nobody.
void add_fault(FileContents& contents, std::size_t line, std::string found, std::string expected);

/// Puts a record in its place. Beyond `most_objects` there is one fault, and records are dropped.
void add_record(FileContents& contents, Record record);

}  // namespace casplan::inventory
