#pragma once

#include <string>
#include <vector>

#include "whatif/change.h"
#include "whatif/situation.h"

namespace casplan::whatif {

/// Something that a change settles.
struct Subject {
  std::string what;      ///< `whether HQCAS1 is frozen`
  bool adds_up = false;  ///< the change only adds to it, as another one may

  friend bool operator==(const Subject&, const Subject&) = default;
};

/// What a change settles. Two changes that settle the same contradict each other, even where they say the same, unless
/// both only add to it.
[[nodiscard]] std::vector<Subject> subjects_of(const Change& change, const Situation& situation);

}  // namespace casplan::whatif
