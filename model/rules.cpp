#include "model/rules.h"

#include <algorithm>
#include <array>

#include "model/catalogue.h"
#include "model/contracts.h"

namespace casplan {
namespace {

constexpr std::array<Rule, 19> rules{{
    {RuleId::end_out_of_service, "end_out_of_service", "A server that is out of service takes part in no proxy path.",
     "INF"},
    {RuleId::site_unknown, "site_unknown",
     "Whether the front has to proxy depends on the AD site of both servers, and one of them is not known.", "DOC"},
    {RuleId::same_site, "same_site",
     "The mailbox is in the front's own AD site: the front serves it directly, without a proxy.", "DOC"},
    {RuleId::redirect, "redirect",
     "The target's site has an ExternalURL: the user gets a page with a link, and nothing is proxied.", "DOC"},
    {RuleId::internal_url_malformed, "internal_url_malformed",
     "The target's InternalURL is malformed: the front logs Event 38.", "LATER"},
    {RuleId::internal_url_not_https, "internal_url_not_https",
     "The target's InternalURL is not https, and the front does not allow proxying without SSL: Event 42.", "DOC"},
    {RuleId::no_integrated_authentication, "no_integrated_authentication",
     "The target's /owa does not offer Integrated Windows authentication: it answers 401 and the logon fails.", "DOC"},
    {RuleId::version_unknown, "version_unknown",
     "The version rule needs the OWA version of both servers, and one of them is not known.", "KB"},
    {RuleId::equal_versions, "equal_versions", "Both servers run the same OWA version: no resource folder is needed.",
     "KB, LATER"},
    {RuleId::older_front, "older_front",
     "The front runs an older OWA version than the target: the proxy fails with Event 46, whatever folders it has.",
     "KB, LATER"},
    {RuleId::older_front_with_folder, "older_front_with_folder",
     "The front is older, but has the target's resource folder; under the reading older_front=needs_folder that works.",
     "INF"},
    {RuleId::older_front_without_folder, "older_front_without_folder",
     "The front is older and lacks the target's resource folder: the proxy fails with Event 46.", "KB"},
    {RuleId::newer_front_without_folder, "newer_front_without_folder",
     "The front is newer and does not have the target's resource folder loaded: the proxy fails with Event 46.", "KB"},
    {RuleId::folder_unknown, "folder_unknown",
     "Whether the front has the target's resource folder loaded is not known.", "KB"},
    {RuleId::front_cannot_proxy_to_2007, "front_cannot_proxy_to_2007",
     "A front on Exchange 2010 SP2 Update Rollup 1 cannot proxy to Exchange 2007 before SP3 Update Rollup 7, even with "
     "the folder (Event 4999).",
     "DOC"},
    {RuleId::partial_folder, "partial_folder",
     "Files are missing in the front's copy of the target's resource folder: the proxy works and logs nothing, but the "
     "page is broken.",
     "INF"},
    {RuleId::url_unknown, "url_unknown",
     "The version rule lets the proxy through, but the target's InternalURL or its authentication is not known.",
     "DOC"},
    {RuleId::newer_front_with_folder, "newer_front_with_folder",
     "The front is newer and has the target's resource folder: it works, and the users see the target's features.",
     "KB"},
    {RuleId::no_cas_in_site, "no_cas_in_site",
     "The mailbox's site has no Client Access server with Outlook Web Access: Event 41.", "LATER"},
}};

constexpr int event_internal_url_malformed = 38;
constexpr int event_no_ssl = 42;
constexpr int status_unauthorised = 401;
constexpr int event_watson = 4999;
constexpr BuildVersion exchange2010_sp2_ru1{{14, 2, 283, 3}};
constexpr BuildVersion exchange2007_sp3_ru7{{8, 3, 264, 0}};

Judgement failed(RuleId rule, int event) {
  return {event == event46 ? Verdict::event46 : Verdict::fault, rule, event, std::nullopt};
}

Judgement decided(Verdict verdict, RuleId rule) {
  return {verdict, rule, std::nullopt, std::nullopt};
}

bool has_scheme(std::string_view url, std::string_view scheme) {
  return url.size() > scheme.size() && same_name(url.substr(0, scheme.size()), scheme);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_in_name(char c) {
  return is_digit(c) || is_letter(c) || c == '-' || c == '.' || c == '_';
}
bool is_in_address(char c) {
  return is_digit(c) || is_letter(c) || c == ':' || c == '.';
}

/// Whether a path has nothing that an address must not have unescaped.
bool is_clean(std::string_view path) {
  return std::none_of(path.begin(), path.end(),
                      [](char c) { return (c >= 0 && c <= ' ') || c == '\x7f' || c == '"' || c == '<' || c == '>'; });
}

/// `name`, `name:port`, `[address]` or `[address]:port`.
std::optional<std::string_view> host_of(std::string_view authority) {
  const bool literal = authority.starts_with('[');
  const std::size_t end = literal ? authority.find(']') + 1 : std::min(authority.find(':'), authority.size());
  if (end == 0) return std::nullopt;
  const auto host = literal ? authority.substr(1, end - 2) : authority.substr(0, end);
  const auto port = authority.substr(end);
  const bool named = !host.empty() && std::all_of(host.begin(), host.end(), literal ? is_in_address : is_in_name);
  const bool port_fits = port.empty() || (port.size() > 1 && port.size() <= 6 && port.front() == ':' &&
                                          std::all_of(port.begin() + 1, port.end(), is_digit));
  return named && port_fits ? std::optional(host) : std::nullopt;
}

std::optional<std::string_view> host_in(std::string_view url) {
  for (const std::string_view scheme : {std::string_view("https://"), std::string_view("http://")}) {
    if (!has_scheme(url, scheme)) continue;
    url.remove_prefix(scheme.size());
    const auto end = std::find_if(url.begin(), url.end(), [](char c) { return c == '/' || c == '?' || c == '#'; });
    const auto authority = url.substr(0, static_cast<std::size_t>(end - url.begin()));
    if (!is_clean(url.substr(authority.size()))) return std::nullopt;
    return host_of(authority);
  }
  return std::nullopt;
}

/// The build of a server whose OWA version is known; empty where the catalogue does not know that version.
std::optional<BuildVersion> build_of(const ServerState& server) {
  if (server.build) return server.build;
  const Build* build = find_build(*server.owa_version);
  return build != nullptr ? std::optional(build->version) : std::nullopt;
}

Knowledge cannot_proxy_to_2007(const ServerState& front, const ServerState& target) {
  if (product_of(target.owa_version->level()) != Product::exchange2007) return Knowledge::no;
  if (front.owa_version->level() != exchange2010_sp2_ru1.level()) return Knowledge::no;
  const auto front_build = build_of(front);
  if (front_build && *front_build != exchange2010_sp2_ru1) return Knowledge::no;
  const auto target_build = build_of(target);
  if (target_build && *target_build >= exchange2007_sp3_ru7) return Knowledge::no;
  return front_build && target_build ? Knowledge::yes : Knowledge::unknown;
}

Judgement judge_older_front(Knowledge has_folder, const Readings& readings) {
  if (readings.older_front == OlderFront::fails) return failed(RuleId::older_front, event46);
  if (has_folder == Knowledge::yes) return decided(Verdict::works, RuleId::older_front_with_folder);
  if (has_folder == Knowledge::no) return failed(RuleId::older_front_without_folder, event46);
  return decided(Verdict::cannot_tell, RuleId::folder_unknown);
}

Judgement judge_newer_front(Knowledge has_folder) {
  if (has_folder == Knowledge::yes) return decided(Verdict::works, RuleId::newer_front_with_folder);
  if (has_folder == Knowledge::no) return failed(RuleId::newer_front_without_folder, event46);
  return decided(Verdict::cannot_tell, RuleId::folder_unknown);
}

Judgement judge_different_versions(const ServerState& front, const ServerState& target, const Readings& readings) {
  const auto folder = needed_folder(target, readings);
  const Knowledge has = folder ? counting_folders(front, readings).has(*folder) : Knowledge::unknown;
  const bool newer = *front.owa_version > *target.owa_version;
  Judgement judgement = newer ? judge_newer_front(has) : judge_older_front(has, readings);
  if (judgement.verdict == Verdict::works) {
    const Knowledge refused = cannot_proxy_to_2007(front, target);
    if (refused == Knowledge::yes) judgement = failed(RuleId::front_cannot_proxy_to_2007, event_watson);
    if (refused == Knowledge::unknown) judgement = decided(Verdict::cannot_tell, RuleId::front_cannot_proxy_to_2007);
    const bool breaks_page = refused == Knowledge::no && front.partial.has(*folder) == Knowledge::yes;
    if (breaks_page) judgement = decided(Verdict::fault, RuleId::partial_folder);
  }
  judgement.folder = folder;
  return judgement;
}

bool lacks_routing_facts(const RoutingFacts& target) {
  return target.internal_url == RoutingFacts::InternalUrl::not_known || !target.integrated_auth;
}

std::string name_in_event(const Server& server) {
  return server.fqdn.value_or(server.name);
}

std::string version_in_event(const ServerState& state) {
  return state.owa_version ? to_string(*state.owa_version) : "not known";
}

}  // namespace

const Rule& rule(RuleId id) {
  const auto place = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.id == id; });
  expects(place != rules.end(), "every rule has a text");
  return *place;
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::works: return "works";
    case Verdict::event46: return "event46";
    case Verdict::redirect: return "redirect";
    case Verdict::fault: return "fault";
    case Verdict::idle: return "idle";
    case Verdict::cannot_tell: return "cannot_tell";
  }
  return "cannot_tell";
}

std::optional<OwaVersion> needed_folder(const ServerState& target, const Readings& readings) {
  if (readings.folder_match == FolderMatch::running) return target.owa_version;
  if (!target.present.is_listed()) return std::nullopt;
  const auto highest = target.present.highest();
  return highest ? highest : target.owa_version;
}

const FolderSet& counting_folders(const ServerState& front, const Readings& readings) {
  return readings.folder_load == FolderLoad::at_start ? front.loaded : front.present;
}

std::optional<std::string> url_host(std::string_view url) {
  const auto host = host_in(url);
  return host ? std::optional(std::string(*host)) : std::nullopt;
}

RoutingFacts routing_facts(const Server& server) {
  using InternalUrl = RoutingFacts::InternalUrl;
  RoutingFacts facts;
  facts.site = server.site;
  facts.integrated_auth = server.integrated_auth;
  facts.has_external_url = server.external_url.has_value();
  facts.redirect_to_optimal = server.redirect_to_optimal;
  facts.allow_proxy_without_ssl = server.allow_proxy_without_ssl;
  if (server.internal_url) {
    const bool https = has_scheme(*server.internal_url, "https://");
    const bool well_formed = host_in(*server.internal_url).has_value();
    facts.internal_url = !well_formed ? InternalUrl::malformed : https ? InternalUrl::https : InternalUrl::http;
  }
  return facts;
}

std::optional<Judgement> judge_routing(const RoutingFacts& front, const RoutingFacts& target) {
  // RedirectToOptimalOWAServer is a property of the front's virtual directory; the contract can be read as naming the
  // target's. Either one turned off means proxying, which is judged by more rules than redirection.
  if (target.has_external_url && front.redirect_to_optimal && target.redirect_to_optimal) {
    return decided(Verdict::redirect, RuleId::redirect);
  }
  if (target.internal_url == RoutingFacts::InternalUrl::malformed) {
    return failed(RuleId::internal_url_malformed, event_internal_url_malformed);
  }
  if (target.internal_url == RoutingFacts::InternalUrl::http && !front.allow_proxy_without_ssl) {
    return failed(RuleId::internal_url_not_https, event_no_ssl);
  }
  if (target.integrated_auth == false) return failed(RuleId::no_integrated_authentication, status_unauthorised);
  return std::nullopt;
}

std::optional<Judgement> judge_routing(const Server& front, const Server& target) {
  RoutingFacts own;  // the front's InternalURL and authentication do not count
  own.redirect_to_optimal = front.redirect_to_optimal;
  own.allow_proxy_without_ssl = front.allow_proxy_without_ssl;
  return judge_routing(own, routing_facts(target));
}

Judgement judge_versions(const ServerState& front, const ServerState& target, const Readings& readings) {
  if (!front.owa_version || !target.owa_version) return decided(Verdict::cannot_tell, RuleId::version_unknown);
  if (*front.owa_version == *target.owa_version) return decided(Verdict::works, RuleId::equal_versions);
  return judge_different_versions(front, target, readings);
}

Judgement judge(const RoutingFacts& front, const ServerState& front_state, const RoutingFacts& target,
                const ServerState& target_state, const Readings& readings) {
  if (!front_state.takes_users() || !target_state.is_in_service()) {
    return decided(Verdict::idle, RuleId::end_out_of_service);
  }
  if (!front.site || !target.site) return decided(Verdict::cannot_tell, RuleId::site_unknown);
  if (front.site == target.site) return decided(Verdict::works, RuleId::same_site);
  if (const auto routing = judge_routing(front, target)) return *routing;
  Judgement judgement = judge_versions(front_state, target_state, readings);
  if (judgement.verdict == Verdict::works && lacks_routing_facts(target)) {
    judgement.verdict = Verdict::cannot_tell;
    judgement.rule = RuleId::url_unknown;
  }
  return judgement;
}

Judgement judge(const PathEnd& front, const PathEnd& target, const Readings& readings) {
  return judge(routing_facts(front.server), front.state, routing_facts(target.server), target.state, readings);
}

std::string event46_sentence(const PathEnd& front, const PathEnd& target) {
  const auto host = target.server.internal_url ? url_host(*target.server.internal_url) : std::nullopt;
  return "Client Access server \"" + name_in_event(front.server) + "\", running Microsoft Exchange version \"" +
         version_in_event(front.state) + "\", is proxying Outlook Web Access traffic to Client Access server \"" +
         host.value_or(name_in_event(target.server)) + "\", which runs Exchange version \"" +
         version_in_event(target.state) + "\".";
}

}  // namespace casplan
