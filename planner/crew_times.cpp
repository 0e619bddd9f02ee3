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

Moment CrewTimes::next_free(Moment from, Minutes length) const {
  auto busy = all_at_work_.upper_bound(from);
  if (busy != all_at_work_.begin()) from = std::max(from, std::prev(busy)->second);
  for (; busy != all_at_work_.end() && busy->first < from + length; ++busy) from = busy->second;
  return from;
}

Moment CrewTimes::earliest(Moment from, Minutes length) {
  if (length == Minutes(0)) return from;
  const auto [place, is_new] = crowded_.try_emplace(length, Crowded{from, from});
  Crowded& crowded = place->second;
  const bool is_in = crowded.from <= from && from <= crowded.until;
  const Moment free = next_free(is_in ? crowded.until : from, length);
  if (is_in) crowded.until = free;
  if (from < crowded.from && free >= crowded.from) crowded = {from, free};
  return free;
}

}  // namespace casplan::planner
