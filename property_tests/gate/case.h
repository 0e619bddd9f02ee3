#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/readings.h"
#include "property_tests/gate/subject.h"
#include "property_tests/gate/wrong_fact.h"

namespace casplan::gate {

/// The one step that fails, and how. What comes after it never begins, unless it was done twice.
struct Failure {
  enum class Kind {
    before,         ///< it is not begun, or fails before it does anything
    in_the_middle,  ///< an upgrade leaves the old build out of service, an ensure_folder a part of the folder, and a
                    ///< recycle did not happen
    done_twice,
  };
  Kind kind;
  Place step;
};

/// One try of one law. The same case goes the same way each time.
struct Case {
  enum class Spacing { overlapping, one_after_the_other };

  std::uint64_t seed = 0;  ///< of the order, and of the servers that are followed
  Place focus = 0;         ///< a server that is followed for sure
  Readings readings;
  std::optional<Failure> failure;
  std::optional<WrongFact> wrong_fact;
  std::optional<std::vector<Place>> kept;  ///< the only steps that are begun, ascending; empty: all
  Spacing spacing = Spacing::overlapping;

  [[nodiscard]] bool is_as_planned() const { return !failure && !wrong_fact; }
};

}  // namespace casplan::gate
