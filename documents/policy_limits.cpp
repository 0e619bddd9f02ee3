#include "documents/policy_limits.h"

#include <array>

#include "documents/cycles.h"
#include "documents/moment_text.h"
#include "documents/policy_words.h"
#include "documents/shown_text.h"
#include "documents/vocabulary.h"

namespace casplan::documents {
namespace {

constexpr std::int64_t a_week = std::int64_t{7} * 24 * 60;  // minutes
constexpr std::int64_t most_servers = 1'000'000;

constexpr std::array<std::string_view, 6> duration_keys{"rollup",  "service_pack", "ensure_folder",
                                                        "recycle", "drain",        "return"};
constexpr std::array<std::string_view, 2> min_in_service_keys{"default", "sites"};
constexpr std::array<std::string_view, 3> window_keys{"servers", "sites", "weekly"};
constexpr std::array<std::string_view, 3> weekly_keys{"day", "start", "minutes"};

std::optional<int> read_count(const Node& node) {
  const auto count = node.integer(0, most_servers, "(servers)");
  return count ? std::optional(static_cast<int>(*count)) : std::nullopt;
}

std::optional<Minutes> read_start_of_window(const Node& node) {
  constexpr std::string_view expected = "a time of the day in UTC, such as \"22:00\"";
  const auto text = node.text(expected);
  if (!text) return std::nullopt;
  const auto time = parse_time_of_day(*text);
  if (!time) node.fault(shown(*text), std::string(expected));
  return time;
}

std::optional<WeeklyTime> read_weekly(const Node& node) {
  const ObjectReader object(node, "a time of the week: an object", weekly_keys);
  if (!object) return std::nullopt;
  WeeklyTime weekly;
  read_into(weekly.day, object.required("day"), [](const Node& day) -> std::optional<unsigned> {
    const auto choice = day.choice(day_words);
    return choice ? std::optional(static_cast<unsigned>(*choice)) : std::nullopt;
  });
  read_into(weekly.start, object.required("start"), read_start_of_window);
  read_into(weekly.length, object.required("minutes"), [](const Node& n) { return read_minutes(n, 1, a_week); });
  return weekly;
}

std::optional<Window> read_window(const Node& node, const NamedOrganisation& names) {
  const ObjectReader object(node, "a window: an object", window_keys);
  if (!object) return std::nullopt;
  Window window;
  const auto servers = object.find("servers");
  const auto sites = object.find("sites");
  bool names_somebody = false;
  const auto read_list = [&](const std::optional<Node>& list, std::string_view expected, auto read, auto& place) {
    if (!list) return;
    const bool is_list = list->each(expected, [&](const Node& element) {
      names_somebody = true;
      if (const auto id = read(element)) place.push_back(*id);
    });
    names_somebody = names_somebody || !is_list;
  };
  const auto read_server = [&](const Node& name) { return read_server_name(name, names.servers); };
  const auto read_site = [&](const Node& name) { return read_site_name(name, names.sites); };
  read_list(servers, "a list of servers", read_server, window.servers);
  read_list(sites, "a list of sites", read_site, window.sites);
  if (!names_somebody) node.fault("a window for nobody", "a window with at least one server or site");
  read_into(window.weekly, object.required("weekly"), read_weekly);
  return window;
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
  const auto work = [](const Node& minutes) { return read_minutes(minutes, 1, a_week); };
  const auto any = [](const Node& minutes) { return read_minutes(minutes, 0, a_week); };
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
    sites->each_member("an object with a number for some sites", [&](std::string_view name, const Node& value) {
      const auto site = resolve_site(name, value, names.sites);
      const auto count = read_count(value);
      if (site && count && !limit.sites.emplace(*site, *count).second) {
        value.fault("the site " + shown(name) + " once more", "each site once; case does not count");
      }
    });
  }
  return limit;
}

std::optional<std::vector<Window>> read_windows(const Node& node, const NamedOrganisation& names) {
  std::vector<Window> windows;
  const bool is_list = node.each("a list of windows", [&](const Node& element) {
    if (auto window = read_window(element, names)) windows.push_back(*std::move(window));
  });
  return is_list ? std::optional(std::move(windows)) : std::nullopt;
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
