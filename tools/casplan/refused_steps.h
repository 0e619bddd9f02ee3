#pragma once

#include <string>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/state.h"
#include "simulator/conduct.h"
#include "tools/casplan/console.h"

/// Steps that were passed over because they could not be carried out, for people.
namespace casplan::tools {

/// What a server was when a step was refused: `8.2.176.2, in service, folders 8.1.240.5 and 8.2.176.2`.
[[nodiscard]] std::string state_words(const ServerState& server);

/// Which step, why, and what the state of its server was, unless the results are JSON; and on standard error a sentence
/// about the exit code. Nothing where there are none.
void report_refused_steps(const Organisation& organisation, const Plan& plan,
                          const std::vector<simulator::RefusedStep>& refused, Console& console);

}  // namespace casplan::tools
