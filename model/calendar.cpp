#include "model/calendar.h"

#include <algorithm>
#include <map>
#include <utility>

#include "model/contracts.h"

namespace casplan {
namespace {

/// 1970-01-04, the first Sunday after the epoch.
constexpr Moment first_sunday{3 * a_day};

/// When the week began that this moment is in. Weeks are counted from the epoch.
Moment begin_of_week(Moment moment) {
  const auto weeks = moment.time_since_epoch() / a_week;
  const Moment begin{weeks * a_week};
  return begin <= moment ? begin : begin - a_week;
}

/// The opening of a weekly window in the first week after the epoch.
Moment first_opening(const WeeklyTime& weekly) {
  const Moment opening = first_sunday + weekly.day * a_day + weekly.start - weekly.utc_offset;
  return Moment{} + (opening - begin_of_week(opening));
}

}  // namespace

Calendar::Calendar(const std::vector<const Window*>& windows) : is_always_open_(windows.empty()) {
  Spans weekly;
  Spans dated;
  for (const Window* window : windows) {
    if (const auto* once = std::get_if<DatedTime>(&window->time)) {
      dated.push_back({once->start, once->end});
    } else {
      const auto& time = std::get<WeeklyTime>(window->time);
      const Moment opening = first_opening(time);
      weekly.push_back({opening, opening + time.length});
    }
  }
  open_weekly(std::move(weekly));
  if (!is_always_open_) open_dated(std::move(dated));
}

void Calendar::unite(Spans& spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.start < b.start; });
  Spans united;
  for (const Span& span : spans) {
    if (united.empty() || united.back().end < span.start) {
      united.push_back(span);
    } else {
      united.back().end = std::max(united.back().end, span.end);
    }
  }
  spans = std::move(united);
}

void Calendar::open_weekly(Spans spans) {
  unite(spans);
  // The last span may go on into the next week, up to the first ones there.
  auto first = spans.begin();
  while (first != spans.end() && first + 1 != spans.end() && first->start + a_week <= spans.back().end) {
    spans.back().end = std::max(spans.back().end, first->end + a_week);
    ++first;
  }
  spans.erase(spans.begin(), first);
  if (!spans.empty() && spans.back().end - spans.back().start >= a_week) {
    is_always_open_ = true;
  } else {
    week_ = std::move(spans);
  }
}

void Calendar::open_dated(Spans spans) {
  for (Span& span : spans) {
    const auto before = week_span_from(span.start);
    const auto behind = week_span_from(span.end);
    if (before && before->end >= span.start) span.start = before->start;
    if (behind && behind->end > span.end) span.end = behind->end;
  }
  unite(spans);
  std::erase_if(spans, [&](const Span& span) { return week_span_from(span.start) == span; });
  dated_ = std::move(spans);
}

std::optional<Calendar::Span> Calendar::week_span_from(Moment moment) const {
  if (week_.empty()) return std::nullopt;
  Minutes shift = begin_of_week(moment) - Moment{};
  auto next =
      std::partition_point(week_.begin(), week_.end(), [&](const Span& span) { return span.start + shift <= moment; });
  if (next == week_.begin()) {
    shift -= a_week;
    next = week_.end();
  }
  --next;
  return Span{next->start + shift, next->end + shift};
}

std::optional<Calendar::Span> Calendar::week_span_after(Moment moment) const {
  if (week_.empty()) return std::nullopt;
  Minutes shift = begin_of_week(moment) - Moment{};
  auto next =
      std::partition_point(week_.begin(), week_.end(), [&](const Span& span) { return span.start + shift <= moment; });
  if (next == week_.end()) {
    shift += a_week;
    next = week_.begin();
  }
  return Span{next->start + shift, next->end + shift};
}

std::optional<Calendar::Span> Calendar::dated_span_from(Moment moment) const {
  const auto next =
      std::partition_point(dated_.begin(), dated_.end(), [&](const Span& span) { return span.start <= moment; });
  return next == dated_.begin() ? std::nullopt : std::optional(*(next - 1));
}

std::optional<Calendar::Span> Calendar::dated_span_after(Moment moment) const {
  const auto next =
      std::partition_point(dated_.begin(), dated_.end(), [&](const Span& span) { return span.start <= moment; });
  return next == dated_.end() ? std::nullopt : std::optional(*next);
}

std::optional<Moment> Calendar::earliest(Moment from, Minutes length) const {
  expects(length >= Minutes(0), "work takes no time or some");
  if (is_always_open_) return from;
  const auto in_week = earliest_in_week(from, length);
  const auto dated = earliest_dated(from, length);
  if (!in_week || !dated) return in_week ? in_week : dated;
  return std::min(*in_week, *dated);
}

std::optional<Moment> Calendar::earliest_in_week(Moment from, Minutes length) const {
  auto span = week_span_from(from);
  if (!span) return std::nullopt;
  if (from + length <= span->end) return from;
  for (std::size_t i = 0; i < week_.size(); ++i) {
    span = week_span_after(span->start);
    if (span->start + length <= span->end) return span->start;
  }
  return std::nullopt;
}

std::optional<Moment> Calendar::earliest_dated(Moment from, Minutes length) const {
  for (auto span = std::partition_point(dated_.begin(), dated_.end(),
                                        [&](const Span& earlier) { return earlier.end < from + length; });
       span != dated_.end(); ++span) {
    const Moment start = std::max(span->start, from);
    if (start + length <= span->end) return start;
  }
  return std::nullopt;
}

bool Calendar::is_open(Moment start, Moment end) const {
  expects(start <= end, "work ends after it starts");
  const auto lies_in = [&](const std::optional<Span>& span) { return span && end <= span->end; };
  return is_always_open_ || lies_in(week_span_from(start)) || lies_in(dated_span_from(start));
}

std::optional<Moment> Calendar::next_boundary(Moment after) const {
  if (is_always_open_) return std::nullopt;
  for (const auto& span : {dated_span_from(after), week_span_from(after)}) {
    if (span && after < span->end) return span->end;
  }
  const auto in_week = week_span_after(after);
  const auto dated = dated_span_after(after);
  if (!in_week && !dated) return std::nullopt;
  if (!in_week || !dated) return in_week ? in_week->start : dated->start;
  return std::min(in_week->start, dated->start);
}

std::vector<Calendar::Span> Calendar::first_spans(Moment from, std::size_t most) const {
  constexpr Minutes least{1};
  Spans spans;
  auto open = earliest(from, least);
  while (open && spans.size() < most) {
    const auto close = next_boundary(*open);
    if (!close) break;
    spans.push_back({*open, *close});
    open = earliest(*close, least);
  }
  return spans;
}

Calendars::Calendars(const Organisation& organisation, const Policy& policy)
    : calendar_of_(organisation.servers.size()) {
  using Places = std::vector<std::size_t>;  // in policy.windows, ascending
  std::vector<Places> for_server(organisation.servers.size());
  std::vector<Places> for_site(organisation.sites.size());
  for (std::size_t i = 0; i < policy.windows.size(); ++i) {
    for (const ServerId server : policy.windows[i].servers) at(for_server, server).push_back(i);
    for (const SiteId site : policy.windows[i].sites) at(for_site, site).push_back(i);
  }
  std::map<Places, std::size_t> known;
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    Places places = std::move(for_server[i]);
    if (const auto& site = organisation.servers[i].site) {
      places.insert(places.end(), at(for_site, *site).begin(), at(for_site, *site).end());
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    const auto [place, is_new] = known.try_emplace(places, calendars_.size());
    if (is_new) {
      std::vector<const Window*> windows;
      for (const std::size_t window : places) windows.push_back(&policy.windows[window]);
      calendars_.emplace_back(windows);
    }
    calendar_of_[i] = place->second;
  }
}

}  // namespace casplan
