#include <array>

#include "documents/moment_text.h"
#include "documents/policy_limits.h"
#include "documents/policy_words.h"
#include "documents/shown_text.h"
#include "documents/vocabulary.h"

namespace casplan::documents {
namespace {

constexpr std::array<std::string_view, 5> window_keys{"servers", "sites", "weekly", "utc_offset", "dated"};
constexpr std::array<std::string_view, 3> weekly_keys{"day", "start", "minutes"};
constexpr std::array<std::string_view, 2> dated_keys{"start", "end"};

std::optional<Minutes> read_start_of_window(const Node& node) {
  return read_time_of_day(node, "22:00");
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
  read_into(weekly.length, object.required("minutes"),
            [](const Node& n) { return read_minutes(n, 1, a_week.count()); });
  return weekly;
}

std::optional<DatedTime> read_dated(const Node& node) {
  const ObjectReader object(node, "a time that comes once: an object", dated_keys);
  const auto start_node = object.required("start");
  const auto end_node = object.required("end");
  const auto start = start_node ? read_moment(*start_node) : std::nullopt;
  const auto end = end_node ? read_moment(*end_node) : std::nullopt;
  if (!start || !end) return std::nullopt;
  if (*start < *end) return DatedTime{*start, *end};
  end_node->fault(shown(to_text(*end)) + ", which is not after the window's \"start\" (" + to_text(*start) + ")",
                  "a time after \"start\"");
  return std::nullopt;
}

void read_time(const ObjectReader& window, std::variant<WeeklyTime, DatedTime>& time) {
  const auto weekly = window.find("weekly");
  const auto dated = window.find("dated");
  const auto offset = window.find("utc_offset");
  if (!weekly && !dated) window.node().fault("no key \"weekly\" or \"dated\"", "a window with one of the two");
  if (weekly && dated) window.node().fault("the keys \"weekly\" and \"dated\"", "a window with one of the two");
  read_into(time, dated, read_dated);
  const auto utc_offset = offset ? read_utc_offset(*offset) : std::nullopt;
  if (dated && !weekly && offset) {
    offset->fault("an offset for a window that is \"dated\"", "no such key here: \"start\" and \"end\" state theirs");
  }
  if (auto read = weekly ? read_weekly(*weekly) : std::nullopt) {
    read->utc_offset = utc_offset.value_or(Minutes(0));
    time = *read;
  }
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
  read_time(object, window.time);
  return window;
}

}  // namespace

std::optional<std::vector<Window>> read_windows(const Node& node, const NamedOrganisation& names) {
  std::vector<Window> windows;
  const bool is_list = node.each("a list of windows", [&](const Node& element) {
    if (auto window = read_window(element, names)) windows.push_back(*std::move(window));
  });
  return is_list ? std::optional(std::move(windows)) : std::nullopt;
}

}  // namespace casplan::documents
