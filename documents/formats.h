#pragma once

#include <array>
#include <string_view>

/// The formats of the documents, as their `format` key names them. Internal to this room.
namespace casplan::documents {

inline constexpr std::string_view organisation_format = "casplan/organisation/1";
inline constexpr std::string_view policy_format = "casplan/policy/1";
inline constexpr std::string_view plan_format = "casplan/plan/1";
inline constexpr std::string_view scenario_format = "casplan/scenario/1";

inline constexpr std::array<std::string_view, 4> all_formats{organisation_format, policy_format, plan_format,
                                                             scenario_format};

}  // namespace casplan::documents
