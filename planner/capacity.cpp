#include "planner/capacity.h"

#include <algorithm>
#include <map>
#include <queue>

namespace casplan::planner {
namespace {

/// Spans longer than this are taken as they are: what is lost at their end is little.
constexpr std::int64_t longest_to_fit = 60 * 24 * 7;
/// More spans of a calendar are not looked at.
constexpr std::size_t most_spans = 100'000;
constexpr std::int64_t for_ever = std::int64_t{1} << 40;

using Span = OpenTime::Span;

/// What upgrades of some lengths can use of spans. Spans of weekly windows are as long as the last one or two, so those
/// are remembered.
class Use {
 public:
  explicit Use(const std::vector<std::int64_t>& lengths) : lengths_(lengths) {}

  std::int64_t of(std::int64_t span) {
    const auto [place, is_new] = known_.try_emplace(span, 0);
    if (is_new) place->second = longest_sum(lengths_, span);
    return place->second;
  }

 private:
  const std::vector<std::int64_t>& lengths_;
  std::map<std::int64_t, std::int64_t> known_;
};

/// The open time of one calendar in which something fits, until it has room for so much work of one crew. Where that is
/// not found in reasonable time, all that comes later is taken as open.
std::vector<Span> spans_of(const Calendar& calendar, Moment origin, std::int64_t from, std::int64_t work, Use& use) {
  if (calendar.is_always_open()) return {{from, for_ever}};
  std::vector<Span> spans;
  Moment now = origin + Minutes(from);
  for (std::size_t looked_at = 0; work > 0; ++looked_at) {
    const auto open = calendar.earliest(now, Minutes(1));
    const auto end = open ? calendar.next_boundary(*open) : std::nullopt;
    if (!end) break;
    const Span span{(*open - origin).count(), (*end - origin).count()};
    const std::int64_t room = use.of(span.end - span.start);
    if (room > 0) spans.push_back(span);
    work -= room;
    now = *end;
    if (looked_at < most_spans) continue;
    spans.push_back({span.end, for_ever});
    break;
  }
  return spans;
}

void unite(std::vector<Span>& spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.start < b.start; });
  std::vector<Span> united;
  for (const Span& span : spans) {
    if (!united.empty() && span.start <= united.back().end) {
      united.back().end = std::max(united.back().end, span.end);
    } else {
      united.push_back(span);
    }
  }
  spans = std::move(united);
}

}  // namespace

std::int64_t longest_sum(const std::vector<std::int64_t>& lengths, std::int64_t limit) {
  if (limit > longest_to_fit) return limit;
  if (lengths.size() == 1 && lengths.front() > 0) return limit / lengths.front() * lengths.front();
  std::vector<bool> is_sum(static_cast<std::size_t>(std::max<std::int64_t>(limit, 0)) + 1);
  is_sum[0] = true;
  std::int64_t longest = 0;
  for (std::int64_t sum = 1; sum <= limit; ++sum) {
    const bool reached = std::any_of(lengths.begin(), lengths.end(), [&](std::int64_t length) {
      return length > 0 && length <= sum && is_sum[static_cast<std::size_t>(sum - length)];
    });
    if (!reached) continue;
    is_sum[static_cast<std::size_t>(sum)] = true;
    longest = sum;
  }
  return longest;
}

OpenTime::OpenTime(const std::vector<const Calendar*>& calendars, Moment origin, std::int64_t from, std::int64_t work,
                   const std::vector<std::int64_t>& lengths) {
  Use use(lengths);
  for (const Calendar* calendar : calendars) {
    const auto spans = spans_of(*calendar, origin, from, work, use);
    spans_.insert(spans_.end(), spans.begin(), spans.end());
  }
  if (calendars.size() > 1) unite(spans_);
  for (Span& span : spans_) span.end = span.start + use.of(span.end - span.start);
}

std::optional<std::vector<std::int64_t>> OpenTime::ends(std::size_t count, std::int64_t length, int crews) const {
  std::vector<std::int64_t> ends;
  ends.reserve(count);
  for (const Span& span : spans_) {
    for (std::int64_t end = span.start + length; end <= span.end && ends.size() < count; end += length) {
      for (int crew = 0; crew < crews && ends.size() < count; ++crew) ends.push_back(end);
    }
    if (ends.size() == count) return ends;
  }
  return count == 0 ? std::optional(ends) : std::nullopt;
}

std::optional<std::int64_t> OpenTime::end_of(std::int64_t work, int crews) const {
  for (const Span& span : spans_) {
    const std::int64_t room = (span.end - span.start) * crews;
    if (work <= room) return span.start + (work + crews - 1) / crews;
    work -= room;
  }
  return std::nullopt;
}

std::optional<long double> OpenTime::weighted_ends(std::vector<Job> jobs, int crews) const {
  std::stable_sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) {
    return static_cast<long double>(a.weight) * static_cast<long double>(b.minutes) >
           static_cast<long double>(b.weight) * static_cast<long double>(a.minutes);
  });
  const auto speed = static_cast<long double>(crews);
  long double sum = 0;
  auto span = spans_.begin();
  long double used = 0;  // of the span's room
  for (const Job& job : jobs) {
    auto left = static_cast<long double>(job.minutes);
    long double middle = 0;  // of the work, times its length
    while (left > 0) {
      if (span == spans_.end()) return std::nullopt;
      const long double room = static_cast<long double>(span->end - span->start) * speed - used;
      const long double part = std::min(left, room);
      middle += part * (static_cast<long double>(span->start) + (used + part / 2) / speed);
      left -= part;
      used += part;
      if (part < room) continue;
      ++span;
      used = 0;
    }
    const auto length = static_cast<long double>(job.minutes);
    sum += static_cast<long double>(job.weight) * (middle / length + length / 2);
  }
  return sum;
}

std::optional<long double> least_from_beginning(const std::function<std::optional<long double>(std::int64_t)>& at_end,
                                                long double slope, std::int64_t last, std::size_t questions) {
  struct Range {
    long double least;
    long double at_first;
    std::int64_t first;
    std::int64_t last;
    bool operator<(const Range& other) const {
      return least != other.least ? least > other.least : first > other.first;
    }
  };
  std::priority_queue<Range> ranges;
  const auto add = [&](long double at_first, std::int64_t first, std::int64_t end) {
    ranges.push({at_first - slope * static_cast<long double>(end), at_first, first, end});
  };
  const auto whole = at_end(0);
  if (!whole) return std::nullopt;
  add(*whole, 0, last);
  for (std::size_t asked = 1; asked < questions; ++asked) {
    const Range range = ranges.top();
    if (range.first == range.last) break;
    ranges.pop();
    const std::int64_t middle = range.first + (range.last - range.first + 1) / 2;
    add(range.at_first, range.first, middle - 1);
    if (const auto later = at_end(middle)) add(*later, middle, range.last);
  }
  return ranges.top().least;
}

}  // namespace casplan::planner
