#include "verifier/pair_excerpt.h"

namespace casplan::verifier {
namespace {

/// Which of the steps named by places in a list are set, as places in the excerpt, where the list's steps begin at
/// `offset`.
StepSet places_of(const StepSet& steps, const std::vector<std::size_t>& places, std::size_t offset) {
  StepSet set;
  for (std::size_t i = 0; i < places.size(); ++i) set[offset + i] = steps[places[i]];
  return set;
}

}  // namespace

Excerpt excerpt_of(const TwoServers& ends, const StepsByServer& steps_at,
                   const std::vector<std::vector<StepSet>>& own_orders, const OrderColumns& columns) {
  Excerpt excerpt{{ends.first, ends.second}, {}, {}};
  const std::size_t offset = ends.of_first.size();
  for (const std::size_t place : ends.of_first) {
    excerpt.steps.push_back(at(steps_at, ends.first)[place]);
    excerpt.before.push_back(places_of(at(own_orders, ends.first)[place], ends.of_first, 0));
  }
  if (ends.of_second.empty()) return excerpt;
  const auto column = columns.column(ends.first);
  for (std::size_t i = 0; i < ends.of_second.size(); ++i) {
    const StepIndex step = at(steps_at, ends.second)[ends.of_second[i]];
    excerpt.steps.push_back(step);
    excerpt.before.push_back(places_of(at(own_orders, ends.second)[ends.of_second[i]], ends.of_second, offset) |
                             places_of(to_set(columns.before(step, column)), ends.of_first, 0));
    const StepSet later = places_of(to_set(columns.after(step, column)), ends.of_first, 0);
    for (std::size_t front = 0; front < offset; ++front) {
      if (later[front]) excerpt.before[front].set(offset + i);
    }
  }
  return excerpt;
}

}  // namespace casplan::verifier
