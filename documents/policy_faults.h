#pragma once

#include <optional>

#include "documents/json_reader.h"
#include "documents/json_writer.h"
#include "model/fault_model.h"

/// What may go wrong, in a policy. Internal to this room.
namespace casplan::documents {

/// What the object leaves out has its default.
[[nodiscard]] std::optional<FaultModel> read_faults(const Node& node);
void write_faults(JsonWriter& out, const FaultModel& faults);

}  // namespace casplan::documents
