#include "planner/crew_times.h"

#include <algorithm>
#include <iterator>

namespace casplan::planner {

void CrewTimes::add(const Span& span) {
  if (span.start == span.end) return;
  for (const Moment moment : {span.start, span.end}) {
    const auto next = at_work_.upper_bound(moment);
    at_work_.try_emplace(moment, next == at_work_.begin() ? 0 : std::prev(next)->second);
  }
  for (auto place = at_work_.find(span.start); place->first < span.end; ++place) {
    if (++place->second >= crews_) all_at_work({place->first, std::next(place)->first});
  }
}

void CrewTimes::all_at_work(Span span) {
  auto next = all_at_work_.upper_bound(span.start);
  if (next != all_at_work_.begin() && std::prev(next)->second >= span.start) {
    --next;
    span.start = next->first;
  }
  while (next != all_at_work_.end() && next->first <= span.end) {
    span.end = std::max(span.end, next->second);
    next = all_at_work_.erase(next);
  }
  all_at_work_.emplace_hint(next, span.start, span.end);
}

std::optional<Moment> CrewTimes::busy_until(const Span& span) const {
  if (span.start == span.end) return std::nullopt;
  auto place = all_at_work_.upper_bound(span.start);
  if (place != all_at_work_.begin() && std::prev(place)->second > span.start) --place;
  if (place == all_at_work_.end() || place->first >= span.end) return std::nullopt;
  return place->second;
}

}  // namespace casplan::planner
