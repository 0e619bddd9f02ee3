#pragma once

#include <map>

#include "model/step.h"

namespace casplan::planner {

/// A time of work. `end` is not before `start`.
struct Span {
  Moment start;
  Moment end;
};

/// When crews are at work. What was found not to fit never fits later, so questions that follow each other are answered
/// in about logarithmic time in the number of spans.
class CrewTimes {
 public:
  explicit CrewTimes(int crews) : crews_(crews) {}

  /// A crew is at work during this span; what takes no time needs none.
  void add(const Span& span);

  /// The earliest moment, not before `from`, from which a crew is free for so long.
  [[nodiscard]] Moment earliest(Moment from, Minutes length);

 private:
  /// Work of some length that begins in this time does not find a crew.
  struct Crowded {
    Moment from;
    Moment until;
  };

  void all_at_work(Span span);
  [[nodiscard]] Moment next_free(Moment from, Minutes length) const;

  int crews_;
  std::map<Moment, int> at_work_;         // how many, from a moment to the next one
  std::map<Moment, Moment> all_at_work_;  // times in which no crew is free, from start to end; none touches another
  std::map<Minutes, Crowded> crowded_;    // by length
};

}  // namespace casplan::planner
