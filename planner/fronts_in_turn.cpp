#include "planner/fronts_in_turn.h"

#include <algorithm>

namespace casplan::planner {
namespace {

FrontsInTurn in_turn(const OnlyFront& first, const OnlyFront& last, std::int64_t returning) {
  // Who waits for the last front is out for a return longer, for all who do not come by it.
  const std::int64_t waiting = returning * (percent - last.share);
  return {first, last, std::max<std::int64_t>(0, first.coming_back * first.share - waiting),
          last.coming_back * last.share};
}

}  // namespace

Amount hidden(const FrontsInTurn& fronts, std::int64_t most, std::int64_t second) {
  const auto [less, more] = std::minmax(fronts.hidden_by_first, fronts.hidden_by_last);
  return static_cast<Amount>(more) * static_cast<Amount>(most) +
         static_cast<Amount>(less) * static_cast<Amount>(second);
}

std::vector<FrontsInTurn> best_turns(const OnlyFront& a, const OnlyFront& b, std::int64_t most, std::int64_t second,
                                     std::int64_t returning) {
  std::vector<FrontsInTurn> turns{in_turn(a, b, returning), in_turn(b, a, returning)};
  std::stable_sort(turns.begin(), turns.end(), [&](const FrontsInTurn& x, const FrontsInTurn& y) {
    return hidden(x, most, second) > hidden(y, most, second);
  });
  const bool is_seen = hidden(turns[0], most, second) - hidden(turns[1], most, second) >= percent;
  if (is_seen) turns.pop_back();
  return turns;
}

}  // namespace casplan::planner
