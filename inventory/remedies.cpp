#include "inventory/remedies.h"

#include <algorithm>

#include "inventory/encoding.h"

namespace casplan::inventory::remedy {
namespace {

constexpr std::string_view plain_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
constexpr std::string_view default_install_path = "C:\\Program Files\\Microsoft\\Exchange Server";

// PowerShell takes these as the apostrophe, too.
constexpr bool is_apostrophe(char32_t c) {
  return c == U'\'' || (c >= 0x2018 && c <= 0x201B);
}

std::string quoted(std::string_view text) {
  std::string result = "'";
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    if (is_apostrophe(c)) append_utf8(result, c);
    append_utf8(result, c);
  }
  return result + "'";
}

std::string argument(std::string_view name) {
  const bool plain =
      !name.empty() && name.front() != '-' && name.find_first_not_of(plain_characters) == std::string_view::npos;
  return plain ? std::string(name) : quoted(name);
}

std::string file_name(std::string_view name, std::string_view rest) {
  std::string file(name);
  std::replace_if(
      file.begin(), file.end(),
      [](char c) { return std::string_view("\\/:*?\"<>|[]").find(c) != std::string_view::npos; }, '_');
  return argument(file += rest);
}

// `C:\Exchange` on a server, as others see it: `\\SERVER\C$\Exchange\rest`.
std::string remote_path(std::string_view server, const std::optional<std::string>& install_path,
                        std::string_view rest) {
  std::string path = install_path.value_or(std::string(default_install_path));
  if (path.size() > 1 && path[1] == ':') path[1] = '$';
  return "\\\\" + std::string(server) + "\\" + path + "\\" + std::string(rest);
}

}  // namespace

std::string export_servers() {
  return "Get-ExchangeServer | Export-Clixml servers.xml";
}

std::string export_virtual_directories() {
  return "Get-OwaVirtualDirectory | Export-Clixml owa.xml";
}

std::string export_server(std::string_view server) {
  return "Get-ExchangeServer -Identity " + argument(server) + " | Export-Clixml " + file_name(server, "-server.xml");
}

std::string export_virtual_directories_of(std::string_view server) {
  return "Get-OwaVirtualDirectory -Server " + argument(server) + " | Export-Clixml " + file_name(server, "-owa.xml");
}

std::string list_folders(std::string_view server, const std::optional<std::string>& install_path) {
  return "Get-ChildItem -LiteralPath " + quoted(remote_path(server, install_path, "ClientAccess\\owa")) +
         " | Where-Object { $_.PSIsContainer } | ForEach-Object { $_.Name } > " + file_name(server, ".txt");
}

std::string show_build(std::string_view server, const std::optional<std::string>& install_path) {
  return "(Get-Item -LiteralPath " + quoted(remote_path(server, install_path, "Bin\\ExSetup.exe")) +
         ").VersionInfo.FileVersion";
}

std::string count_mailboxes(std::string_view site) {
  return "Get-ExchangeServer | Where-Object { $_.IsMailboxServer -and $_.Site.Name -eq " + quoted(site) +
         " } | ForEach-Object { Get-Mailbox -Server $_.Name -ResultSize Unlimited } | Measure-Object";
}

std::string count_requests(std::string_view front) {
  return "Select-String -Path " +
         quoted("\\\\" + std::string(front) + "\\C$\\WINDOWS\\system32\\LogFiles\\W3SVC1\\ex*.log") +
         " -Pattern ' GET /owa/ ' | Measure-Object";
}

}  // namespace casplan::inventory::remedy
