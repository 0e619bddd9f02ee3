#pragma once

#include <string>

#include "runbook/input.h"

/// What people execute: the page that an administrator follows, step by step, while the plan is carried out.
namespace casplan::runbook {

/// The runbook as one Markdown document (CommonMark with GitHub's tables), in UTF-8. Same input, same bytes. Everything
/// that comes from the organisation and the plan is escaped; what no command may carry is refused there, visibly.
[[nodiscard]] std::string markdown(const RunbookInput& input);

}  // namespace casplan::runbook
