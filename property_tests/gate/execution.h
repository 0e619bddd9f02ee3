#pragma once

#include <optional>
#include <vector>

#include "property_tests/gate/order.h"
#include "property_tests/oracles/naive_rules.h"

namespace casplan::gate {

/// How a case breaks its law.
struct Violation {
  enum class Kind { event46_on_the_way, event46_at_the_end, step_refused };
  Kind kind;
  std::vector<Event> events;  ///< what was begun and ended until then, of the servers that are followed
  oracle::Pair path;          ///< that fails with Event 46
  oracle::NaiveServer front;  ///< of that path, at that time
  oracle::NaiveServer target;
};

/// Carries a case out, event by event, and judges after each the paths at the server that has changed. Empty where the
/// law holds.
[[nodiscard]] std::optional<Violation> carry_out(const Subject& subject, const Case& drawn);

}  // namespace casplan::gate
