#pragma once

#include <vector>

#include "property_tests/gate/case.h"

namespace casplan::gate {

/// A step begins or ends.
struct Event {
  enum class Kind { begin, end };
  Kind kind;
  Place step;
};

/// An order of all begins and ends that the arrows permit, drawn from the case's seed: a step begins when all that it
/// must come after has ended, and no other step of its server is going on. In two of three orders some of the servers
/// that are followed are held back: their steps wait until nothing else is left to do.
[[nodiscard]] std::vector<Event> draw_order(const Subject& subject, const Case& drawn,
                                            const std::vector<Place>& followed);

}  // namespace casplan::gate
