#include "runbook/script.h"

#include <algorithm>

#include "model/catalogue.h"
#include "runbook/escape.h"

namespace casplan::runbook {
namespace {

/// The registry key of Exchange's set-up below HKEY_LOCAL_MACHINE; Exchange 2010 has another than 2007.
std::string setup_key(const Server& server) {
  const bool is_2010 = server.build && product_of(server.build->level()) == Product::exchange2010;
  return is_2010 ? "SOFTWARE\\Microsoft\\ExchangeServer\\v14\\Setup" : "SOFTWARE\\Microsoft\\Exchange\\v8.0\\Setup";
}

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace

Script& Script::line(std::string text) {
  lines_.push_back(std::move(text));
  return *this;
}

Script& Script::lines(const std::vector<std::string>& texts) {
  lines_.insert(lines_.end(), texts.begin(), texts.end());
  return *this;
}

std::string Script::literal(std::string_view outside) {
  if (auto literal = powershell_literal(outside)) return *literal;
  refused_.emplace_back(outside);
  return "''";
}

std::string Script::text() const {
  if (refused_.empty()) return fenced(shell_ == Shell::powershell ? "powershell" : "bat", lines_);
  return "**No command is given here**, because \"" + markdown_text(refused_.front()) +
         "\" holds a character that no command may carry. Find out the true name, correct the organisation's document, "
         "and write the runbook anew.\n";
}

std::optional<std::string> install_path(const Server& server) {
  if (!server.install_path) return std::nullopt;
  std::string path = *server.install_path;
  while (!path.empty() && path.back() == '\\') path.pop_back();
  const bool is_full = path.size() > 3 && is_letter(path[0]) && path[1] == ':' && path[2] == '\\';
  if (!is_full || path.find_first_of("<>:\"/|?*", 2) != std::string::npos) return std::nullopt;
  return path;
}

std::string install_expression(Script& script, const Server& server) {
  if (const auto path = install_path(server)) return script.literal(*path);
  return "(Get-ItemProperty 'HKLM:\\" + setup_key(server) + "').MsiInstallPath";
}

void set_owa(Script& script, const Server& server) {
  script.line("$owa = Join-Path " + install_expression(script, server) + " 'ClientAccess\\owa'");
}

void set_from(Script& script, const Server& source, const std::string& folder) {
  const std::string host = network_name(source);
  const std::string rest = "\\ClientAccess\\owa\\" + folder;
  if (const auto path = install_path(source)) {
    const std::string share = path->substr(0, 1) + "$" + path->substr(2);
    script.line("$from = " + script.literal("\\\\" + host + "\\" + share + rest));
    return;
  }
  script.line("$from = $install = $registry = $null");
  script.line("$registry = [Microsoft.Win32.RegistryKey]::OpenRemoteBaseKey('LocalMachine', " + script.literal(host) +
              ")");
  script.line("$install = $registry.OpenSubKey('" + setup_key(source) + "').GetValue('MsiInstallPath')");
  script.line("$from = " + script.literal("\\\\" + host + "\\") + " + $install.Replace(':', '$').TrimEnd('\\') + " +
              script.literal(rest));
}

std::string network_name(const Server& server) {
  return server.fqdn.value_or(server.name);
}

std::string folder_on_disk(const Server& server, const OwaVersion& folder) {
  if (server.folders) {
    const auto place = std::find_if(server.folders->begin(), server.folders->end(),
                                    [&](const ResourceFolder& listed) { return listed.version == folder; });
    if (place != server.folders->end()) return place->name;
  }
  return to_string(folder);
}

}  // namespace casplan::runbook
