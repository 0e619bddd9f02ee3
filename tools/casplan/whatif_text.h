#pragma once

#include <string>
#include <vector>

#include "tools/casplan/console.h"
#include "whatif/answer.h"
#include "whatif/sweep.h"

namespace casplan::tools {

/// A question and its answer.
struct WhatIf {
  whatif::Situation situation;       ///< before the changes, with the plan that ids and differences refer to
  whatif::Planned before;            ///< that plan; or why there is none
  std::vector<std::string> changes;  ///< as they would be written
  whatif::Answer answer;
};

void print_answer(const WhatIf& question, Console& console);

/// `safe`, `UNSAFE`, in the tone that it deserves.
[[nodiscard]] std::string ending_words(whatif::Ending ending, const Console& console);

/// The sentences that say how a plan goes wrong: by the verifier, and against the policy.
[[nodiscard]] std::vector<std::string> faults_of(const whatif::Situation& situation, const whatif::JudgedPlan& judged);

/// Who has it worse than today when the work stops at a failed step, and the ways out.
[[nodiscard]] std::vector<std::string> stop_sentences(const whatif::Situation& situation,
                                                      const whatif::Stopped& stopped);

/// What has to be done besides, before the best plan for the rest of the work is begun.
[[nodiscard]] std::vector<std::string> presumed_by_rest(const whatif::Answer& answer);

}  // namespace casplan::tools
