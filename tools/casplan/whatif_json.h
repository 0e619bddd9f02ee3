#pragma once

#include <string>

#include "tools/casplan/whatif_text.h"

namespace casplan::tools {

/// The answer as one document. What is not known, or not there, is null; times are minutes from the start of the plan
/// before.
[[nodiscard]] std::string answer_to_json(const WhatIf& question);

[[nodiscard]] std::string sweep_to_json(const Swept& swept);

}  // namespace casplan::tools
