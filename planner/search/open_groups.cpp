#include "planner/search/open_groups.h"

#include <algorithm>

#include "planner/windows.h"

namespace casplan::planner {
namespace {

/// Of a calendar; what comes later is asked of the calendar itself.
constexpr std::size_t remembered_spans = 200;

}  // namespace

OpenGroups::OpenGroups(const Problem& problem) : problem_(problem) {
  for (const Worked& worked : problem.worked) {
    const Calendar* calendar = &problem.calendars.of(worked.members.front());
    const auto place = std::find(calendars_.begin(), calendars_.end(), calendar);
    group_of_.push_back(static_cast<std::size_t>(place - calendars_.begin()));
    if (place == calendars_.end()) calendars_.push_back(calendar);
  }
  const Moment start = problem.policy.start;
  for (const Calendar* calendar : calendars_) {
    spans_.emplace_back();
    for (const Calendar::Span& span : calendar->first_spans(start, remembered_spans)) {
      spans_.back().push_back({(span.start - start).count(), (span.end - start).count()});
    }
    meet_.emplace_back();
    for (const Calendar* other : calendars_) {
      meet_.back().push_back(least_gap(*calendar, *other, problem.policy) == Minutes(0));
    }
  }
}

Minute OpenGroups::earliest(std::size_t group, Minute from, Minute length) const {
  if (calendars_[group]->is_always_open() || from >= never) return from;
  return std::max(from, earliest_from(group, from - slack_, length));
}

Minute OpenGroups::earliest_from(std::size_t group, Minute from, Minute length) const {
  const Calendar& calendar = *calendars_[group];
  const auto& spans = spans_[group];
  const auto ends_before = [&](const Span& span) { return span.end < from + length; };
  for (auto span = std::partition_point(spans.begin(), spans.end(), ends_before); span != spans.end(); ++span) {
    const Minute start = std::max(from, span->start);
    if (start + length <= span->end) return start;
  }
  const auto start = calendar.earliest(problem_.policy.start + Minutes(from), Minutes(length));
  return start ? (*start - problem_.policy.start).count() : never;
}

}  // namespace casplan::planner
