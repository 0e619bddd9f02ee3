#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "model/calendar.h"

namespace casplan::planner {

/// The time in which upgrades of some servers can be under way, from a moment on, and how much of it crews can use.
/// Minutes count from the policy's start.
class OpenTime {
 public:
  struct Span {
    std::int64_t start;
    std::int64_t end;
  };

  /// When at least one of the calendars is open, from `from` on, for as long as crews need for this work. `lengths` are
  /// those of the upgrades: what is left of a span when no more of them fit is no use.
  OpenTime(const std::vector<const Calendar*>& calendars, Moment origin, std::int64_t from, std::int64_t work,
           const std::vector<std::int64_t>& lengths);

  [[nodiscard]] const std::vector<Span>& spans() const { return spans_; }

  /// The earliest ends of `count` upgrades of at least this length by so many crews, ascending; empty where they do not
  /// fit.
  [[nodiscard]] std::optional<std::vector<std::int64_t>> ends(std::size_t count, std::int64_t length, int crews) const;

  /// The earliest end of so much work by so many crews, whatever its parts.
  [[nodiscard]] std::optional<std::int64_t> end_of(std::int64_t work, int crews) const;

  struct Job {
    std::int64_t weight;
    std::int64_t minutes;  ///< at least one
  };
  /// No schedule of the jobs has a lower sum of weights times ends: the middle of a job's work lies half its length
  /// before its end, and the weighted middles are the least when the crews are one that is as many times as fast and
  /// may interrupt its work, in Smith's order.
  [[nodiscard]] std::optional<long double> weighted_ends(std::vector<Job> jobs, int crews) const;

 private:
  std::vector<Span> spans_;  // ascending, cut to what is of use
};

/// The longest time, at most `limit`, that is a sum of these lengths.
[[nodiscard]] std::int64_t longest_sum(const std::vector<std::int64_t>& lengths, std::int64_t limit);

/// The least of `at_end(s) - slope * s` for s from 0 to `last`, or less than that. `at_end` never falls when s rises;
/// it is empty where the work does not fit. Empty where it never fits. Asks at most `questions` times.
[[nodiscard]] std::optional<long double> least_from_beginning(
    const std::function<std::optional<long double>(std::int64_t)>& at_end, long double slope, std::int64_t last,
    std::size_t questions);

}  // namespace casplan::planner
