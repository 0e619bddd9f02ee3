#pragma once

#include <vector>

#include "documents/json_writer.h"
#include "model/organisation.h"
#include "model/plan.h"
#include "simulator/conduct.h"

/// Steps that could not be carried out. Internal to this room.
namespace casplan::documents {

/// The member `refused_steps`: each step with the reason, a sentence, the minute and its server's state at that time;
/// nothing where there are none.
void write_refused_steps(JsonWriter& out, const Organisation& organisation, const Plan& plan,
                         const std::vector<simulator::RefusedStep>& refused);

}  // namespace casplan::documents
