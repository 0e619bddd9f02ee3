#pragma once

namespace casplan::tools {

/// What the program says to scripts (contract, "Exit codes").
enum class ExitCode {
  done = 0,
  infeasible = 10,    ///< proved that no plan exists
  budget_spent = 11,  ///< without a proof
  event46 = 12,       ///< predicted, or the plan is unsafe
  cannot_tell = 13,   ///< facts are missing
  wrong_usage = 30,
  bad_input = 31,
  internal_error = 39,
};

}  // namespace casplan::tools
