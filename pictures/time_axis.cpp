#include "pictures/time_axis.h"

#include <algorithm>
#include <array>

#include "simulator/trace.h"

namespace casplan::pictures {
namespace {

constexpr Minutes longest_pause{120};
constexpr Tenths quiet_room = 400;
constexpr Tenths usual_room = 12'000;
constexpr Tenths most_room = 60'000;
constexpr Tenths most_for_a_minute = 60;
constexpr Tenths fewest_for_ten_minutes = 25;
constexpr Tenths room_of_a_mark = 600;

/// The stretches without their places.
std::vector<Stretch> stretches_of(const Plan& plan) {
  const Moment start = simulator::start_of(plan);
  std::vector<Stretch> steps;
  for (const PlannedStep& step : plan.steps)
    steps.push_back({step.schedule->start - start, step.schedule->end - start});
  std::sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  std::vector<Stretch> stretches;
  for (const Stretch& step : steps) {
    if (stretches.empty() || step.from - stretches.back().to > longest_pause) {
      stretches.push_back(step);
    } else {
      stretches.back().to = std::max(stretches.back().to, step.to);
    }
  }
  if (stretches.empty()) stretches.push_back({Minutes(0), Minutes(0)});
  return stretches;
}

}  // namespace

TimeAxis::TimeAxis(const Plan& scheduled) : stretches_(stretches_of(scheduled)) {
  for (const Stretch& stretch : stretches_) busy_ += stretch.to - stretch.from;
  const Tenths minutes = busy_.count();
  room_ = std::max(std::min(usual_room, minutes * most_for_a_minute),
                   std::min(most_room, minutes * fewest_for_ten_minutes / 10));
  Minutes passed{0};
  Tenths pauses = 0;
  for (Stretch& stretch : stretches_) {
    stretch.left = pauses + (minutes > 0 ? room_ * passed.count() / minutes : 0);
    passed += stretch.to - stretch.from;
    stretch.right = pauses + (minutes > 0 ? room_ * passed.count() / minutes : 0);
    pauses += quiet_room;
  }
}

Tenths TimeAxis::place_of(Minutes minute) const {
  const auto after = std::partition_point(stretches_.begin(), stretches_.end(),
                                          [&](const Stretch& stretch) { return stretch.to < minute; });
  if (after == stretches_.end()) return width();
  if (minute >= after->from) {
    const Tenths length = std::max<Tenths>(1, (after->to - after->from).count());
    return after->left + (after->right - after->left) * (minute - after->from).count() / length;
  }
  if (after == stretches_.begin()) return after->left;
  const Stretch& before = *(after - 1);
  return before.right + quiet_room * (minute - before.to).count() / (after->from - before.to).count();
}

Minutes TimeAxis::between_marks() const {
  constexpr std::array<std::int64_t, 10> steps{5, 10, 15, 30, 60, 120, 240, 480, 720, 1440};
  const Tenths minutes = std::max<Tenths>(1, busy_.count());
  const auto* fits = std::find_if(steps.begin(), steps.end() - 1,
                                  [&](std::int64_t step) { return room_ * step / minutes >= room_of_a_mark; });
  return Minutes(*fits);
}

}  // namespace casplan::pictures
