#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "model/organisation.h"
#include "model/readings.h"
#include "model/state.h"

namespace casplan {

/// The rules that decide what becomes of a request on a proxy path, in the order in which they are asked
/// (contract, `check`; rules, sections 2 and 3). The first that applies decides.
enum class RuleId {
  end_out_of_service,
  site_unknown,
  same_site,
  redirect,
  internal_url_malformed,
  internal_url_not_https,
  no_integrated_authentication,
  version_unknown,
  equal_versions,
  older_front,
  older_front_with_folder,
  older_front_without_folder,
  newer_front_without_folder,
  folder_unknown,
  front_cannot_proxy_to_2007,
  partial_folder,
  url_unknown,
  newer_front_with_folder,
  no_cas_in_site,
};

/// A rule in words, with the strength of its evidence: `KB`, `DOC`, `LATER`, `INF` or several.
struct Rule {
  RuleId id;
  std::string_view name;      ///< stable, for documents: `newer_front_without_folder`
  std::string_view text;      ///< a sentence
  std::string_view evidence;  ///< `KB`, `KB, LATER`
};

[[nodiscard]] const Rule& rule(RuleId id);

/// What becomes of the users on a proxy path.
enum class Verdict {
  works,
  event46,      ///< the front logs Event 46 and the logon fails
  redirect,     ///< the users get a link to their own site and need no proxy
  fault,        ///< the proxy fails for another reason, with `event`; or it works and the page is broken
  idle,         ///< an end is out of service: nobody takes this path
  cannot_tell,  ///< a fact that is needed is not known
};

[[nodiscard]] std::string_view to_string(Verdict verdict);

inline constexpr int event46 = 46;

struct Judgement {
  Verdict verdict = Verdict::cannot_tell;
  RuleId rule = RuleId::version_unknown;
  std::optional<int> event;          ///< 38, 42, 46, 4999, or 401 for a refused logon; none of a broken page
  std::optional<OwaVersion> folder;  ///< the folder that the front needs, where it needs one

  friend bool operator==(const Judgement&, const Judgement&) = default;
};

/// One end of a proxy path: what was found, and what its state is now.
struct PathEnd {
  const Server& server;
  const ServerState& state;
};

/// What becomes of users who arrive at `front` and whose mailbox is in the site of `target`, another site.
[[nodiscard]] Judgement judge(const PathEnd& front, const PathEnd& target, const Readings& readings);

/// What routing asks of one server; no step of a plan changes it.
struct RoutingFacts {
  enum class InternalUrl { not_known, malformed, http, https };

  std::optional<SiteId> site;
  InternalUrl internal_url = InternalUrl::not_known;
  std::optional<bool> integrated_auth;
  bool has_external_url = false;
  bool redirect_to_optimal = true;
  bool allow_proxy_without_ssl = false;

  friend auto operator<=>(const RoutingFacts&, const RoutingFacts&) = default;
};

[[nodiscard]] RoutingFacts routing_facts(const Server& server);

/// The part of `judge` that the facts about the two servers decide alone, whatever their versions: redirection,
/// InternalURL, authentication. Empty where the version rule decides.
[[nodiscard]] std::optional<Judgement> judge_routing(const RoutingFacts& front, const RoutingFacts& target);
[[nodiscard]] std::optional<Judgement> judge_routing(const Server& front, const Server& target);

/// The same as `judge` on servers, for who judges a path in many states.
[[nodiscard]] Judgement judge(const RoutingFacts& front, const ServerState& front_state, const RoutingFacts& target,
                              const ServerState& target_state, const Readings& readings);

/// The version rule alone (rules, section 3).
[[nodiscard]] Judgement judge_versions(const ServerState& front, const ServerState& target, const Readings& readings);

/// The folder that a front needs to proxy to this target; empty where it is not known.
[[nodiscard]] std::optional<OwaVersion> needed_folder(const ServerState& target, const Readings& readings);

/// The folders that count on a front: those that are loaded, or all that are present.
[[nodiscard]] const FolderSet& counting_folders(const ServerState& front, const Readings& readings);

/// Event 46's first sentence, with its four insertions filled in (rules, section 3). A version that is not known
/// stays `not known`.
[[nodiscard]] std::string event46_sentence(const PathEnd& front, const PathEnd& target);

/// The host of an http or https address, without the brackets of an IPv6 address; empty where it is malformed.
[[nodiscard]] std::optional<std::string> url_host(std::string_view url);

}  // namespace casplan
