#include "planner/windows.h"

#include <algorithm>

namespace casplan::planner {
namespace {

constexpr Minutes week{7 * 24 * 60};
constexpr Minutes day{24 * 60};

bool concerns(const Window& window, ServerId server, const std::optional<SiteId>& site) {
  const auto& servers = window.servers;
  if (std::find(servers.begin(), servers.end(), server) != servers.end()) return true;
  return site && std::find(window.sites.begin(), window.sites.end(), *site) != window.sites.end();
}

/// The last opening of a weekly window that is not after `moment`.
Moment last_opening(const WeeklyTime& weekly, Moment moment) {
  // 1970-01-04, a Sunday.
  const Moment first_sunday{Minutes(3 * day.count())};
  const Moment reference = first_sunday + weekly.day * day + weekly.start;
  std::int64_t weeks = (moment - reference) / week;
  if (reference + weeks * week > moment) --weeks;
  return reference + weeks * week;
}

std::optional<Moment> earliest_in(const WeeklyTime& weekly, Moment earliest, Minutes length) {
  if (length > weekly.length) return std::nullopt;
  const Moment opening = last_opening(weekly, earliest);
  const Moment start = std::max(opening, earliest);
  return start + length <= opening + weekly.length ? start : opening + week;
}

}  // namespace

std::optional<Moment> earliest_in_window(const Organisation& organisation, const Policy& policy, ServerId server,
                                         Moment earliest, Minutes length) {
  const auto& site = at(organisation.servers, server).site;
  bool restricted = false;
  std::optional<Moment> best;
  for (const Window& window : policy.windows) {
    if (!concerns(window, server, site)) continue;
    restricted = true;
    const auto start = earliest_in(window.weekly, earliest, length);
    if (start && (!best || *start < *best)) best = start;
  }
  return restricted ? best : std::optional(earliest);
}

}  // namespace casplan::planner
