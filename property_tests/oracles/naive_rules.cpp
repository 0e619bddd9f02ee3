#include "property_tests/oracles/naive_rules.h"

#include <algorithm>
#include <cctype>

namespace casplan::oracle {
namespace {

enum class Certainty { yes, no, perhaps };

std::string in_small_letters(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

bool begins_with(const std::string& text, const std::string& beginning) {
  return text.compare(0, beginning.size(), beginning) == 0;
}

/// An http or https address with a host, without blanks.
bool is_well_formed(const std::string& url) {
  const std::string small = in_small_letters(url);
  std::string rest;
  if (begins_with(small, "https://")) rest = small.substr(8);
  if (begins_with(small, "http://")) rest = small.substr(7);
  const bool has_host = !rest.empty() && rest[0] != '/' && rest[0] != ':';
  return has_host && rest.find(' ') == std::string::npos;
}

bool is_https(const std::string& url) {
  return begins_with(in_small_letters(url), "https://");
}

/// The folder that the front must have; empty where it cannot be told.
std::optional<OwaVersion> wanted_folder(const NaiveServer& target, const Readings& readings) {
  if (readings.folder_match == FolderMatch::running || (target.present.sure.empty() && target.present.are_known())) {
    return target.version;
  }
  if (target.present.sure.empty()) return std::nullopt;
  const OwaVersion highest = *target.present.sure.rbegin();
  const bool another_may_be_higher = !target.present.perhaps.empty() && *target.present.perhaps.rbegin() > highest;
  return another_may_be_higher ? std::nullopt : std::optional(highest);
}

Certainty front_has_folder(const NaiveServer& front, const NaiveServer& target, const Readings& readings) {
  const auto folder = wanted_folder(target, readings);
  if (!folder) return Certainty::perhaps;
  const Folders& counting = readings.folder_load == FolderLoad::at_once ? front.present : front.loaded;
  if (counting.sure.contains(*folder)) return Certainty::yes;
  return counting.perhaps.contains(*folder) ? Certainty::perhaps : Certainty::no;
}

/// Exchange 2010 SP2 RU1 (14.2.283.3) cannot proxy to 2007 before SP3 RU7 (8.3.264.0), whatever folders it has.
bool front_is_unable(const NaiveServer& front, const NaiveServer& target) {
  const bool is_sp2_ru1 = front.build == BuildVersion{{14, 2, 283, 3}};
  return is_sp2_ru1 && target.version->parts[0] == 8 && *target.version < OwaVersion{{8, 3, 264, 0}};
}

bool is_missing_facts(const Server& target) {
  return !target.internal_url || !target.integrated_auth;
}

bool is_redirected(const Server& front, const Server& target) {
  return target.external_url && target.redirect_to_optimal && front.redirect_to_optimal;
}

std::optional<int> fault_of(const Server& front, const Server& target) {
  if (target.internal_url && !is_well_formed(*target.internal_url)) return 38;
  if (target.internal_url && !is_https(*target.internal_url) && !front.allow_proxy_without_ssl) return 42;
  if (target.integrated_auth == false) return 401;
  return std::nullopt;
}

}  // namespace

bool is_pair(const Organisation& organisation, const Pair& pair) {
  const auto& [front, target] = pair;
  const Server& server = organisation.servers[target];
  if (target == front || !server.roles.contains(Role::client_access)) return false;
  if (server.site && organisation.servers[front].site == server.site) return false;
  return !server.site || organisation.sites[server.site->value].mailboxes != 0;
}

std::set<Pair> pairs(const Organisation& organisation) {
  std::set<Pair> all;
  for (const EntryPoint& entry : organisation.entry_points) {
    for (const ServerId front : entry.fronts) {
      for (std::size_t target = 0; target < organisation.servers.size(); ++target) {
        if (is_pair(organisation, {front.value, target})) all.emplace(front.value, target);
      }
    }
  }
  return all;
}

Answer answer_by_versions(const NaiveServer& front, const NaiveServer& target, const Readings& readings) {
  if (!front.version || !target.version) return {"cannot_tell", std::nullopt};
  if (*front.version == *target.version) return {"works", std::nullopt};
  const bool older = *front.version < *target.version;
  if (older && readings.older_front == OlderFront::fails) return {"event46", 46};
  const Certainty has = front_has_folder(front, target, readings);
  if (has == Certainty::no) return {"event46", 46};
  if (has == Certainty::perhaps) return {"cannot_tell", std::nullopt};
  if (front_is_unable(front, target)) return {"fault", 4999};
  if (front.partial.contains(*wanted_folder(target, readings))) return {"fault", std::nullopt};
  return {"works", std::nullopt};
}

bool versions_decide(const Server& front, const Server& target) {
  return front.site && target.site && !is_redirected(front, target) && !fault_of(front, target);
}

Answer answer(const Organisation& organisation, const NaiveState& state, const Pair& pair, const Readings& readings) {
  const Server& front = organisation.servers[pair.first];
  const Server& target = organisation.servers[pair.second];
  const bool users_arrive = state[pair.first].in_service && state[pair.first].in_rotation;
  if (!users_arrive || !state[pair.second].in_service) return {"idle", std::nullopt};
  if (!front.site || !target.site) return {"cannot_tell", std::nullopt};
  if (is_redirected(front, target)) return {"redirect", std::nullopt};
  if (const auto event = fault_of(front, target)) return {"fault", event};
  const Answer versions = answer_by_versions(state[pair.first], state[pair.second], readings);
  if (versions.verdict == "works" && is_missing_facts(target)) return {"cannot_tell", std::nullopt};
  return versions;
}

}  // namespace casplan::oracle
