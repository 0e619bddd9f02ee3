#include "inventory/server_facts.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "inventory/text.h"
#include "model/catalogue.h"

namespace casplan::inventory {
namespace {

constexpr std::uint16_t exchange2007_major = 8;
constexpr std::uint16_t exchange2013_major = 15;

std::optional<std::uint16_t> take_number(std::string_view& text) {
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

std::optional<std::string> text_of(const Settled& settled, std::string_view property) {
  const std::string* value = find_value(settled, property);
  return value != nullptr && !value->empty() ? std::optional(*value) : std::nullopt;
}

std::set<Role> roles_of(const Settled& settled) {
  std::set<Role> roles;
  const std::string text = text_of(settled, fact::roles).value_or("");
  for (const auto name : split_list(text, ',')) {
    if (const auto role = parse_role(name)) roles.insert(*role);
  }
  return roles;
}

std::optional<FolderList> folders_of(const Settled& settled) {
  const std::string* value = find_value(settled, fact::folders);
  if (value == nullptr) return std::nullopt;
  FolderList folders;
  for (const auto name : split_list(*value, ',')) {
    if (const auto version = parse_folder_name(name)) folders.push_back({std::string(name), *version});
  }
  std::sort(folders.begin(), folders.end(), [](const ResourceFolder& a, const ResourceFolder& b) {
    return std::tie(a.version, a.name) < std::tie(b.version, b.name);
  });
  return folders;
}

// A server runs the highest version of its own level that has a folder; folders of other levels came by hand.
void infer_version(KnownServer& known) {
  if (!known.level || !known.server.folders) return;
  std::optional<OwaVersion> highest;
  for (const ResourceFolder& folder : *known.server.folders) {
    if (folder.version.level() == *known.level) highest = std::max(highest, std::optional(folder.version));
  }
  const Build* build = highest ? find_build(*highest) : nullptr;
  if (build == nullptr) return;
  known.server.owa_version = highest;
  known.server.build = build->version;
  Claim claim = known.settled.kept.at(fact::folders);
  claim.basis = Basis::inferred;
  claim.value = to_string(*highest);
  known.settled.facts.push_back(make_fact(known.server.name, fact::owa_version, claim));
  claim.value = to_string(build->version);
  known.settled.facts.push_back(make_fact(known.server.name, fact::build, claim));
}

std::string version_text(const KnownServer& known) {
  return "(" + text_of(known.settled, fact::admin_display_version).value_or("version not known") + ")";
}

}  // namespace

std::optional<Level> parse_level(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_of("0123456789"), text.size()));
  const auto major = take_number(text);
  if (!major || !text.starts_with('.')) return std::nullopt;
  text.remove_prefix(1);
  const auto minor = take_number(text);
  return minor ? std::optional(Level{*major, *minor}) : std::nullopt;
}

KnownServer known_server(Claims claims) {
  const std::string name = most_reliable(claims.at(fact::name)).value;
  KnownServer known;
  known.settled = settle(name, std::move(claims));
  const Settled& settled = known.settled;
  Server& server = known.server;
  server.name = name;
  server.fqdn = text_of(settled, fact::fqdn);
  server.roles = roles_of(settled);
  server.folders = folders_of(settled);
  server.internal_url = text_of(settled, fact::internal_url);
  server.external_url = text_of(settled, fact::external_url);
  server.install_path = text_of(settled, fact::install_path);
  if (const auto value = text_of(settled, fact::integrated_auth)) server.integrated_auth = *value == "true";
  server.redirect_to_optimal = text_of(settled, fact::redirect_to_optimal) != "false";
  known.site = text_of(settled, fact::site);
  known.level = parse_level(text_of(settled, fact::admin_display_version).value_or(""));
  infer_version(known);
  return known;
}

std::optional<std::string> reason_to_leave_out(const KnownServer& known) {
  const auto& roles = known.server.roles;
  const bool has_no_role = find_value(known.settled, fact::roles) != nullptr && roles.empty();
  if (known.level ? known.level->major < exchange2007_major : has_no_role) {
    return "it is a legacy server, Exchange 2003 or older " + version_text(known) +
           ", and never needs a resource folder";
  }
  if (known.level && known.level->major >= exchange2013_major) {
    return "it is Exchange 2013 or later " + version_text(known) + "; casplan models Exchange 2007 and 2010";
  }
  if (known.level && !product_of(*known.level)) {
    return "its version is none of Exchange 2007 or 2010 " + version_text(known);
  }
  const bool is_edge = roles == std::set<Role>{Role::edge_transport};
  if (is_edge && !known.site) return "it is an Edge Transport server outside the Active Directory sites";
  return std::nullopt;
}

}  // namespace casplan::inventory
