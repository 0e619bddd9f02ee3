#pragma once

#include "documents/json_reader.h"
#include "documents/names.h"
#include "model/policy.h"

/// The parts of a policy that limit the work. Internal to this room.
namespace casplan::documents {

[[nodiscard]] std::optional<Durations> read_durations(const Node& node);
/// A number for a single site that is above that of its CAS is a fault: no plan could keep it.
[[nodiscard]] std::optional<MinInService> read_min_in_service(const Node& node, const NamedOrganisation& names);
/// Reads when users are logged on; hours that overlap are faults.
[[nodiscard]] std::optional<Activity> read_activity(const Node& node, const NamedOrganisation& names);
/// Reads a distance from UTC.
[[nodiscard]] std::optional<Minutes> read_utc_offset(const Node& node);
/// Reads a time of the day, in minutes since midnight; `example` stands in the fault.
[[nodiscard]] std::optional<Minutes> read_time_of_day(const Node& node, std::string_view example);
/// Reads weekly and dated windows.
[[nodiscard]] std::optional<std::vector<Window>> read_windows(const Node& node, const NamedOrganisation& names);
/// Reads pairs of servers; a cyclic order is a fault that names the cycle.
[[nodiscard]] std::optional<std::vector<std::pair<ServerId, ServerId>>> read_before(const Node& node,
                                                                                    const NamedOrganisation& names);

}  // namespace casplan::documents
