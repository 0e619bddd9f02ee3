#pragma once

#include <string>
#include <vector>

#include "property_tests/gate/execution.h"

namespace casplan::gate {

/// How a case breaks its law, for people: what is supposed, the order of steps, the path or the step, the reading, and
/// Event 46's sentence. Plain text: names are not escaped.
[[nodiscard]] std::vector<std::string> sentences(const Subject& subject, const Case& broken,
                                                 const Violation& violation);

}  // namespace casplan::gate
