#pragma once

#include <cstddef>
#include <optional>
#include <set>
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

/// What happens to a step, which is named by its place in the plan. One that is done twice begins and ends twice.
struct OrdersEvent {
  enum class Kind {
    begin,
    end,
    fail,       ///< in place of its begin: it fails before it does anything
    break_off,  ///< in place of its end: it fails in the middle
  };
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

/// What may go wrong while a plan is carried out.
enum class Failures {
  none,
  one,  ///< in each execution one step at most, any
};

struct OrdersSearch {
  Failures failures = Failures::none;
  std::size_t most_states = 2'000'000;  ///< that are visited before the search is given up
};

/// Carries a plan out in every way that its arrows permit, one event after the other, and judges every state that can
/// be reached. A step begins only when all that its arrows name have ended; two steps of one server never overlap,
/// steps of different servers may overlap in any way. The plan's times do not count. An upgrade takes its server out of
/// service when it begins; every effect comes when its step ends (contract, "What a step does").
///
/// A path that fails with Event 46 at the start may go on failing until it first is something else; that it is idle for
/// a while does not end this. With the goal `heal_by_copy` a path that failed all the time may fail at the end, too,
/// when its front is older than its target or nobody holds the folder that it needs.
///
/// With `Failures::one` a step may fail before it does anything; in the middle, where it has one (an upgrade leaves its
/// server at the old build and out of service, an ensure_folder leaves a part of the folder, which counts as present);
/// or be done twice, one after the other, both after all that its arrows name and both before what comes after it. What
/// comes after a step that failed never begins; the other steps may go on. That a step fails is no violation, nor that
/// another one is refused after it, and there is no end at which all paths must work.
///
/// Asks for an organisation of which everything is known, and for arrows without circles.
[[nodiscard]] OrdersVerdict judge_all_orders(const Organisation& organisation, const Plan& plan,
                                             const Readings& readings, const OrdersSearch& search = {});

/// A way in which a plan goes wrong: a path and how it fails, or a step that is refused.
struct OrdersFault {
  OrdersViolation kind;
  std::optional<Pair> path;
  std::optional<std::size_t> step;

  friend auto operator<=>(const OrdersFault&, const OrdersFault&) = default;
};

/// The fewest steps that have ended when a fault is met, over all executions without failures; empty where none meets
/// it. An execution goes on after other faults; a step that is refused does not begin.
[[nodiscard]] std::optional<std::size_t> fewest_ended(const Organisation& organisation, const Plan& plan,
                                                      const Readings& readings, const OrdersFault& fault);

/// What goes wrong in executions without failures when exactly these steps have ended, in this order.
[[nodiscard]] std::set<OrdersFault> faults_after(const Organisation& organisation, const Plan& plan,
                                                 const Readings& readings, const std::vector<std::size_t>& ends);

}  // namespace casplan::oracle
