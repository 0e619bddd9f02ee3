#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/readings.h"
#include "property_tests/oracles/naive_rules.h"

namespace casplan::oracle {

/// What a search through all executions came to.
enum class OrdersSafety {
  safe,
  unsafe,
  too_many_states,  ///< the search was given up: nothing is said
};

enum class OrdersViolation {
  event46_on_the_way,  ///< a path that worked, or that nobody took at the start, fails with Event 46
  event46_at_the_end,  ///< a path fails with Event 46 when every step has ended
  step_refused,        ///< a step that may begin cannot be carried out
};

/// The begin or the end of a step, which is named by its place in the plan.
struct OrdersEvent {
  enum class Kind { begin, end };
  Kind kind;
  std::size_t step;

  friend bool operator==(const OrdersEvent&, const OrdersEvent&) = default;
};

/// The verdict on a plan, with a shortest sequence of events that goes wrong where there is one.
struct OrdersVerdict {
  OrdersSafety safety = OrdersSafety::safe;
  std::optional<OrdersViolation> kind;  ///< with `unsafe` only, as the three below
  std::optional<Pair> path;             ///< that fails with Event 46
  std::optional<std::size_t> step;      ///< that is refused
  std::vector<OrdersEvent> sequence;
  Readings readings;
  std::size_t states = 0;  ///< different states that were reached
};

/// How many states a search visits before it is given up.
inline constexpr std::size_t most_states = 2'000'000;

/// Carries a plan out in every way that its arrows permit, one event after the other, and judges every state that can
/// be reached. A step begins only when all that its arrows name have ended; two steps of one server never overlap,
/// steps of different servers may overlap in any way. The plan's times do not count. An upgrade takes its server out of
/// service when it begins; every effect comes when its step ends (contract, "What a step does").
///
/// A path that fails with Event 46 at the start may go on failing until it first is something else; that it is idle for
/// a while does not end this. With the goal `heal_by_copy` a path that failed all the time may fail at the end, too,
/// when its front is older than its target or nobody holds the folder that it needs.
///
/// Asks for an organisation of which everything is known, and for arrows without circles.
[[nodiscard]] OrdersVerdict judge_all_orders(const Organisation& organisation, const Plan& plan,
                                             const Readings& readings, std::size_t limit = most_states);

}  // namespace casplan::oracle
