#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "whatif/apply.h"

/// Changes as users write them.
namespace casplan::whatif {

/// How a kind of change is written, and what it says.
struct Form {
  std::string_view usage;    ///< `freeze SERVER`
  std::string_view meaning;  ///< `the server keeps its build`
};

[[nodiscard]] std::vector<Form> all_forms();

/// Reads changes; names without regard to case, a name with blanks between quotes. Every word that cannot be understood
/// is a fault at its change, and so is a change of a policy or plan that the situation does not have.
[[nodiscard]] Result<std::vector<Stated>> read_changes(const std::vector<std::string>& texts,
                                                       const Situation& situation);

/// The change as it would be written.
[[nodiscard]] std::string in_words(const Change& change, const Situation& situation);

}  // namespace casplan::whatif
