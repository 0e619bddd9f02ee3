#include "documents/policy_limits.h"

#include <array>

#include "documents/cycles.h"
#include "documents/policy_words.h"
#include "documents/shown_text.h"
#include "documents/vocabulary.h"

namespace casplan::documents {
namespace {

constexpr std::array<std::string_view, 6> duration_keys{"rollup",  "service_pack", "ensure_folder",
                                                        "recycle", "drain",        "return"};
constexpr std::array<std::string_view, 2> min_in_service_keys{"default", "sites"};

std::optional<int> read_count(const Node& node) {
  const auto count = node.integer(0, most_servers, "(servers)");
  return count ? std::optional(static_cast<int>(*count)) : std::nullopt;
}

/// How many CAS each site may have: one whose site is not known may be in any.
std::vector<int> most_client_access_servers(const Organisation& organisation) {
  std::vector<int> known(organisation.sites.size());
  int anywhere = 0;
  for (const ServerId id : client_access_servers(organisation)) {
    const auto& site = at(organisation.servers, id).site;
    ++(site ? at(known, *site) : anywhere);
  }
  for (int& count : known) count += anywhere;
  return known;
}

void report_more_than_there_are(const std::string& site, int most, int count, const Node& node) {
  if (count <= most) return;
  node.fault(std::to_string(count) + ", more than the Client Access servers of the site " + shown(site) + " (" +
                 std::to_string(most) + ")",
             "a whole number from 0 to " + std::to_string(most));
}

using ServerPair = std::pair<ServerId, ServerId>;

std::optional<ServerPair> read_pair(const Node& node, const NamedOrganisation& names) {
  constexpr std::string_view expected = "a pair of servers, of which the first is finished before the second is begun";
  const JsonList* pair = node.list(expected);
  if (pair == nullptr) return std::nullopt;
  if (pair->size() != 2) {
    node.fault("a list of " + std::to_string(pair->size()), std::string(expected));
    return std::nullopt;
  }
  const auto first = read_server_name(node.element(0), names.servers);
  const auto second = read_server_name(node.element(1), names.servers);
  return first && second ? std::optional(ServerPair(*first, *second)) : std::nullopt;
}

void report_cycles(const std::vector<ServerPair>& before, const Node& node, const Organisation& organisation) {
  Predecessors after(organisation.servers.size());
  for (const auto& [first, second] : before) after[second.value].push_back(first.value);
  const auto name = [&](std::size_t server) { return organisation.servers[server].name; };
  for (const auto& cycle : find_cycles(after)) {
    node.fault("the cycle " + cycle_in_words(cycle, name), "an order without cycles: remove one of these pairs");
  }
}

}  // namespace

std::optional<Durations> read_durations(const Node& node) {
  const ObjectReader object(node, "an object with minutes for kinds of steps", duration_keys);
  if (!object) return std::nullopt;
  const auto work = [](const Node& minutes) { return read_minutes(minutes, 1, a_week.count()); };
  const auto any = [](const Node& minutes) { return read_minutes(minutes, 0, a_week.count()); };
  Durations durations;
  read_into(durations.rollup, object.find("rollup"), work);
  read_into(durations.service_pack, object.find("service_pack"), work);
  read_into(durations.ensure_folder, object.find("ensure_folder"), any);
  read_into(durations.recycle, object.find("recycle"), any);
  read_into(durations.drain, object.find("drain"), any);
  read_into(durations.return_to_service, object.find("return"), any);
  return durations;
}

std::optional<MinInService> read_min_in_service(const Node& node, const NamedOrganisation& names) {
  const ObjectReader object(node, "an object with numbers of servers", min_in_service_keys);
  if (!object) return std::nullopt;
  MinInService limit;
  read_into(limit.default_count, object.find("default"), read_count);
  if (const auto sites = object.find("sites")) {
    const auto most = most_client_access_servers(names.organisation);
    sites->each_member("an object with a number for some sites", [&](std::string_view name, const Node& value) {
      const auto site = resolve_site(name, value, names.sites);
      const auto count = read_count(value);
      if (!site || !count) return;
      if (!limit.sites.emplace(*site, *count).second) {
        return value.fault("the site " + shown(name) + " once more", "each site once; case does not count");
      }
      report_more_than_there_are(at(names.organisation.sites, *site).name, at(most, *site), *count, value);
    });
  }
  return limit;
}

std::optional<std::vector<ServerPair>> read_before(const Node& node, const NamedOrganisation& names) {
  std::vector<ServerPair> before;
  const bool is_list = node.each("a list of pairs of servers", [&](const Node& element) {
    if (const auto pair = read_pair(element, names)) before.push_back(*pair);
  });
  if (!is_list) return std::nullopt;
  report_cycles(before, node, names.organisation);
  return before;
}

}  // namespace casplan::documents
