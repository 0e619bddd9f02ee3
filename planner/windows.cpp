#include "planner/windows.h"

#include <algorithm>
#include <optional>
#include <variant>

namespace casplan::planner {
namespace {

/// From the end of a span of the first calendar to the begin of the next one of the second, at the least; empty where
/// none follows. None where they overlap, or too many spans would have to be looked at.
std::optional<Minutes> least_wait(const Calendar& first, const Calendar& second, Moment from, Moment until) {
  constexpr int most_spans = 1'000;
  std::optional<Minutes> least;
  auto open = first.earliest(from, Minutes(1));
  for (int span = 0; open && *open < until; ++span) {
    const auto close = first.next_boundary(*open);
    const auto next = second.earliest(*open, Minutes(1));
    if (span == most_spans || !close || (next && *next <= *close)) return Minutes(0);
    if (next) least = std::min(least.value_or(*next - *close), *next - *close);
    open = first.earliest(*close, Minutes(1));
  }
  return least;
}

}  // namespace

Minutes least_gap(const Calendar& a, const Calendar& b, const Policy& policy) {
  constexpr std::chrono::weeks all_of_a_week{2};
  if (a.is_always_open() || b.is_always_open()) return Minutes(0);
  Moment until = policy.start + all_of_a_week;
  for (const Window& window : policy.windows) {
    if (const auto* dated = std::get_if<DatedTime>(&window.time)) until = std::max(until, dated->end + all_of_a_week);
  }
  const auto there = least_wait(a, b, policy.start, until);
  const auto back = least_wait(b, a, policy.start, until);
  if (there && back) return std::min(*there, *back);
  return there.value_or(back.value_or(Minutes(0)));
}

bool is_over(const Window& window, const Policy& policy) {
  const auto* dated = std::get_if<DatedTime>(&window.time);
  return dated != nullptr && dated->end <= policy.start;
}

}  // namespace casplan::planner
