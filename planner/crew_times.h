#pragma once

#include <map>
#include <optional>

#include "model/step.h"

namespace casplan::planner {

/// A time of work. `end` is not before `start`.
struct Span {
  Moment start;
  Moment end;
};

/// When crews are at work. Adding and asking take logarithmic time in the number of spans, for each that is met.
class CrewTimes {
 public:
  explicit CrewTimes(int crews) : crews_(crews) {}

  /// A crew is at work during this span; what takes no time needs none.
  void add(const Span& span);

  /// Empty where a crew is free during the whole span; otherwise the first moment at which one is free again.
  [[nodiscard]] std::optional<Moment> busy_until(const Span& span) const;

 private:
  void all_at_work(Span span);

  int crews_;
  std::map<Moment, int> at_work_;         // how many, from a moment to the next one
  std::map<Moment, Moment> all_at_work_;  // times in which no crew is free, from start to end; none touches another
};

}  // namespace casplan::planner
