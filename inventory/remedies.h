#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Commands of the Exchange Management Shell (Exchange 2007, PowerShell 1.0) that tell what is missing. Names are
/// quoted so that no name can become a command.
namespace casplan::inventory::remedy {

[[nodiscard]] std::string export_servers();
[[nodiscard]] std::string export_virtual_directories();
[[nodiscard]] std::string export_server(std::string_view server);
[[nodiscard]] std::string export_virtual_directories_of(std::string_view server);

/// Lists the OWA folders into a file whose name tells the server. Without a path: in the default install folder.
[[nodiscard]] std::string list_folders(std::string_view server, const std::optional<std::string>& install_path);

/// Shows the build, which AdminDisplayVersion does not.
[[nodiscard]] std::string show_build(std::string_view server, const std::optional<std::string>& install_path);

[[nodiscard]] std::string count_mailboxes(std::string_view site);

/// Counts the requests for OWA on a front, in the default log folder of IIS 6.
[[nodiscard]] std::string count_requests(std::string_view front);

}  // namespace casplan::inventory::remedy
