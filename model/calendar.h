#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/organisation.h"
#include "model/policy.h"

namespace casplan {

/// When one server may be worked on: the union of its windows, so that work may go on from one window into another that
/// overlaps it or opens when it closes. A server without windows may be worked on at any time.
///
/// A span of time is [start, end]: work may end in the minute in which a window closes, and work of no length may be
/// done then, too. Every answer takes logarithmic time in the number of windows, but for `earliest`, which is linear.
/// Calendars are equal if and only if they are open at the same times.
class Calendar {
 public:
  struct Span {
    Moment start;
    Moment end;

    friend bool operator==(const Span&, const Span&) = default;
  };

  Calendar() = default;  ///< at any time
  explicit Calendar(const std::vector<const Window*>& windows);

  [[nodiscard]] bool is_always_open() const { return is_always_open_; }

  /// The earliest start, not before `from`, of work of this length that need not be interrupted; empty where there is
  /// none. A contract: the length is not negative.
  [[nodiscard]] std::optional<Moment> earliest(Moment from, Minutes length) const;

  /// Whether work from `start` to `end` lies in the open time. A contract: `end` is not before `start`.
  [[nodiscard]] bool is_open(Moment start, Moment end) const;

  /// The next moment after this one at which the open time begins or ends; empty where there is none any more.
  [[nodiscard]] std::optional<Moment> next_boundary(Moment after) const;

  /// The open time from this moment on, span by span: the first ones, `most` at the most. None where it is always open.
  [[nodiscard]] std::vector<Span> first_spans(Moment from, std::size_t most) const;

  friend bool operator==(const Calendar&, const Calendar&) = default;

 private:
  using Spans = std::vector<Span>;

  /// Joins spans that overlap or touch, and sorts them.
  static void unite(Spans& spans);
  void open_weekly(Spans spans);
  void open_dated(Spans spans);
  /// The last weekly span that begins at this moment or before it; the first that begins after it.
  [[nodiscard]] std::optional<Span> week_span_from(Moment moment) const;
  [[nodiscard]] std::optional<Span> week_span_after(Moment moment) const;
  [[nodiscard]] std::optional<Span> dated_span_from(Moment moment) const;
  [[nodiscard]] std::optional<Span> dated_span_after(Moment moment) const;
  [[nodiscard]] std::optional<Moment> earliest_in_week(Moment from, Minutes length) const;
  [[nodiscard]] std::optional<Moment> earliest_dated(Moment from, Minutes length) const;

  bool is_always_open_ = true;
  /// What is open every week, as the spans that begin in the first week after the epoch, ascending. None touches the
  /// next one, in this week or over its end.
  Spans week_;
  /// What is open once, ascending: each span whole, with the weekly ones that it touches. None is a weekly span.
  Spans dated_;
};

/// The calendars of all servers of an organisation. Servers with the same windows share one.
class Calendars {
 public:
  Calendars(const Organisation& organisation, const Policy& policy);

  [[nodiscard]] const Calendar& of(ServerId server) const { return calendars_[calendar_of_[server.value]]; }

 private:
  std::vector<Calendar> calendars_;
  std::vector<std::size_t> calendar_of_;  // by server
};

}  // namespace casplan
