#pragma once

#include <vector>

#include "planner/search/open_groups.h"
#include "planner/search/problem.h"

namespace casplan::planner {

/// The earliest ends of work by crews, one piece after the other.
class CrewQueue {
 public:
  /// `free`: when each crew is free.
  explicit CrewQueue(std::vector<Minute> free);

  /// The end of the next piece of work, for the crew that is free first. `earliest` tells from a minute and a length
  /// when it may start.
  template <class Earliest>
  Minute next_end(Minute length, Earliest earliest) {
    const Minute end = earliest(first_free(), length) + length;
    take_until(end);
    return end;
  }

 private:
  [[nodiscard]] Minute first_free() const { return free_.front(); }
  void take_until(Minute end);

  std::vector<Minute> free_;  // a heap, the first on top
};

/// A front in service after its change, without another copy than those that it has, or gets now.
struct Way {
  Minute back = 0;  ///< when, at the earliest
  VariantId variant;
};

/// How soon the worked servers of a situation can be what they become, each of them on its own.
class Prospects {
 public:
  /// `problem` must live as long.
  explicit Prospects(Problem& problem);

  /// Of situations that may lie so many minutes earlier is asked from now on.
  void let_lie_earlier(Minute slack) { groups_.let_lie_earlier(slack); }

  /// When each crew is free.
  [[nodiscard]] std::vector<Minute> crews(const Situation& situation) const;
  /// Of upgrades that are to come, or under way.
  [[nodiscard]] Minute minutes_left(const Situation& situation, std::size_t worked) const;
  /// When the server may be out of service for its upgrade.
  [[nodiscard]] Minute may_be_out(const Situation& situation, std::size_t worked) const;
  /// When the front has changed, or is not met any more as it was found.
  [[nodiscard]] Minute is_not_met(const Situation& situation, std::size_t front) const;
  /// When the first upgrade of a front that has none behind it has ended; now, where it has.
  [[nodiscard]] Minute changed(const Situation& situation, std::size_t front, Minute crew_free) const;

  enum class Copying { none, another };
  /// When a server that is out serves again, if its upgrades end at `changed`.
  [[nodiscard]] Minute back(const Situation& situation, std::size_t worked, Minute changed, Copying copying) const;
  /// The ways in which a front comes back that is back at once at this minute: as it is then, or with what it holds
  /// loaded.
  [[nodiscard]] std::vector<Way> ways_back(const Situation& situation, std::size_t front, Minute at_once);

  /// Of a copy, until its folder is loaded.
  [[nodiscard]] Minute copying() const { return copying_; }
  [[nodiscard]] Minute returning() const { return returning_; }
  [[nodiscard]] const OpenGroups& groups() const { return groups_; }
  [[nodiscard]] Minute earliest(std::size_t worked, Minute from, Minute length) const {
    return groups_.earliest(groups_.of(worked), from, length);
  }

 private:
  [[nodiscard]] VariantId in_the_end(const Situation& situation, std::size_t worked);

  Problem& problem_;
  OpenGroups groups_;
  Minute loading_;
  Minute copying_;
  Minute returning_;
};

}  // namespace casplan::planner
