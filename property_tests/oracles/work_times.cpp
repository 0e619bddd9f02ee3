#include "property_tests/oracles/work_times.h"

#include <algorithm>
#include <chrono>
#include <variant>

namespace casplan::oracle {
namespace {

constexpr int week = 7 * 24 * 60;

bool names(const Window& window, const Organisation& organisation, std::size_t place) {
  const auto server = id_at<ServerId>(place);
  const auto site = organisation.servers[place].site;
  return std::find(window.servers.begin(), window.servers.end(), server) != window.servers.end() ||
         (site && std::find(window.sites.begin(), window.sites.end(), *site) != window.sites.end());
}

int minutes_between(Moment from, Moment to) {
  return static_cast<int>((to - from).count());
}

/// The minute, at the policy's start or less than a week before it, at which a weekly time has opened last.
int last_opening(const WeeklyTime& weekly, Moment start) {
  using namespace std::chrono;
  const Moment sunday = Moment(sys_days(2009y / October / 4d));
  const Moment opens = sunday + Minutes(1440) * weekly.day + weekly.start - weekly.utc_offset;
  const int ago = minutes_between(opens, start) % week;
  return ago < 0 ? -ago - week : -ago;
}

}  // namespace

WorkTimes::WorkTimes(const Organisation& organisation, const Policy& policy, const std::vector<ServerLife>& lives)
    : is_open_(lives.size()) {
  if (policy.latest_end) latest_end_ = minutes_between(policy.start, *policy.latest_end);
  int once = latest_end_.value_or(0);
  for (const Window& window : policy.windows) {
    if (std::holds_alternative<WeeklyTime>(window.time)) circle_ = week;
    if (const auto* dated = std::get_if<DatedTime>(&window.time))
      once = std::max(once, minutes_between(policy.start, dated->end));
  }
  count_ = once + circle_;
  int most_minutes_of_work = 0;
  for (std::size_t server = 0; server < lives.size(); ++server) {
    for (const Window& window : policy.windows) {
      if (!names(window, organisation, server)) continue;
      has_windows_ = true;
      is_open_[server].resize(static_cast<std::size_t>(count_));
      if (const auto* dated = std::get_if<DatedTime>(&window.time)) {
        open(server, minutes_between(policy.start, dated->start), minutes_between(dated->start, dated->end));
        continue;
      }
      const auto& weekly = std::get<WeeklyTime>(window.time);
      for (int opens = last_opening(weekly, policy.start); opens < count_; opens += week) {
        open(server, opens, static_cast<int>(weekly.length.count()));
      }
    }
    if (is_open_[server].empty()) most_minutes_of_work += lives[server].most_minutes();
  }
  find_rests(most_minutes_of_work);
}

void WorkTimes::open(std::size_t server, int begin, int minutes) {
  for (int minute = std::max(0, begin); minute < std::min(begin + minutes, count_); ++minute) {
    is_open_[server][static_cast<std::size_t>(minute)] = true;
  }
}

int WorkTimes::folded(int minute) const {
  return minute < count_ ? minute : count_ - circle_ + (minute - count_) % circle_;
}

std::optional<int> WorkTimes::after(int minute, int minutes) const {
  if (latest_end_ && minute + minutes > *latest_end_) return std::nullopt;
  return folded(minute + minutes);
}

bool WorkTimes::allows(std::size_t server, int begin, int minutes) const {
  const auto& is_open = is_open_[server];
  for (int minute = begin; !is_open.empty() && minute < begin + minutes; ++minute) {
    if (!is_open[static_cast<std::size_t>(folded(minute))]) return false;
  }
  return true;
}

std::vector<int> WorkTimes::beginnings() const {
  if (!has_windows_) return {0};
  std::vector<int> all;
  for (int minute = 0; minute < count_; ++minute) {
    if (rest(minute) == 0) all.push_back(minute);
  }
  return all;
}

void WorkTimes::find_rests(int most_minutes_of_work) {
  rests_.assign(static_cast<std::size_t>(count_), 0);
  if (!has_windows_) return;
  int last_open = -1;
  for (int minute = 0; minute <= count_; ++minute) {
    const bool is_open =
        minute == count_ || std::any_of(is_open_.begin(), is_open_.end(), [&](const std::vector<bool>& open) {
          return !open.empty() && open[static_cast<std::size_t>(minute)];
        });
    if (!is_open) continue;
    const int ends = minute - most_minutes_of_work;
    for (int idle = last_open + 1 + most_minutes_of_work; idle < ends; ++idle) {
      rests_[static_cast<std::size_t>(idle)] = ends - idle;
    }
    last_open = minute;
  }
}

}  // namespace casplan::oracle
