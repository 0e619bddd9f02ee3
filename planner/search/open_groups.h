#pragma once

#include <cstdint>
#include <vector>

#include "planner/search/problem.h"

namespace casplan::planner {

/// A minute since the policy's start.
using Minute = std::int64_t;

/// Later than anything that happens in a plan.
inline constexpr Minute never = Minute{1} << 40;

/// Worked servers by when they may be worked on: those with the same calendar are a group. Questions that a search asks
/// in every situation, answered from a list of the spans to come.
class OpenGroups {
 public:
  /// `problem` must live as long.
  explicit OpenGroups(const Problem& problem);

  [[nodiscard]] std::size_t count() const { return calendars_.size(); }
  [[nodiscard]] std::size_t of(std::size_t worked) const { return group_of_[worked]; }

  /// From now on every minute that is asked for, or told, may as well be one that is so many minutes earlier, or fewer.
  void let_lie_earlier(Minute slack) { slack_ = slack; }
  [[nodiscard]] bool may_lie_earlier() const { return slack_ > 0; }

  /// The earliest start, not before `from`, of work of this length that need not be interrupted; `never` where there is
  /// none.
  [[nodiscard]] Minute earliest(std::size_t group, Minute from, Minute length) const;

  /// Whether there are minutes in which both groups may be worked on.
  [[nodiscard]] bool meet(std::size_t a, std::size_t b) const { return meet_[a][b]; }

 private:
  struct Span {
    Minute start;
    Minute end;
  };

  [[nodiscard]] Minute earliest_from(std::size_t group, Minute from, Minute length) const;

  const Problem& problem_;
  Minute slack_ = 0;
  std::vector<std::size_t> group_of_;  // by worked server
  std::vector<const Calendar*> calendars_;
  std::vector<std::vector<Span>> spans_;  // the first ones of each group
  std::vector<std::vector<bool>> meet_;
};

}  // namespace casplan::planner
