#pragma once

#include <string>
#include <vector>

#include "model/plan.h"

namespace casplan::pictures {

/// A length in a picture: tenths of a pixel.
using Tenths = std::int64_t;

/// A time in which work goes on, and where it lies on the axis. Minutes count from the plan's start.
struct Stretch {
  Minutes from;
  Minutes to;
  Tenths left = 0;
  Tenths right = 0;
};

/// Lays the times of a plan side by side: minutes of work take room, a quiet time of more than two hours between them
/// takes the same small room whatever its length.
class TimeAxis {
 public:
  explicit TimeAxis(const Plan& scheduled);

  [[nodiscard]] const std::vector<Stretch>& stretches() const { return stretches_; }
  [[nodiscard]] Tenths width() const { return stretches_.back().right; }
  /// The place of a minute from the plan's start to its end.
  [[nodiscard]] Tenths place_of(Minutes minute) const;
  /// Between two marks on the axis.
  [[nodiscard]] Minutes between_marks() const;

 private:
  std::vector<Stretch> stretches_;  // ascending; never empty
  Minutes busy_{0};
  Tenths room_ = 0;  // of all stretches together
};

}  // namespace casplan::pictures
