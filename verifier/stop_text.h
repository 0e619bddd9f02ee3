#pragma once

#include <string>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "verifier/stop.h"

namespace casplan::verifier {

/// Who has it worse than today when the work stops there, a sentence each; none where nobody has. Plain text: names are
/// not escaped, and long lists are cut.
[[nodiscard]] std::vector<std::string> who_has_it_worse(const Stop& stop, const Organisation& organisation,
                                                        const Plan& plan);

/// A way out of a stop as a sentence, or what must not be done and why.
[[nodiscard]] std::string sentence(const WayOut& way, const Stop& stop, const Organisation& organisation,
                                   const Plan& plan);

}  // namespace casplan::verifier
