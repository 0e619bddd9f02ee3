#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/policy.h"

/// The words and bounds of policy documents, and of changes of a policy.
namespace casplan::documents {

/// In the order of `Event46`.
inline constexpr std::array<std::string_view, 2> event46_words{"never", "minimise"};
/// In the order of the days of `WeeklyTime`.
inline constexpr std::array<std::string_view, 7> day_words{"sunday",   "monday", "tuesday", "wednesday",
                                                           "thursday", "friday", "saturday"};
inline constexpr std::array<Goal, 3> all_goals{Goal::upgrade, Goal::heal_by_copy, Goal::heal_by_patch};

inline constexpr std::array<UpgradedRoles, 2> all_upgraded_roles{UpgradedRoles::client_access, UpgradedRoles::all};

inline constexpr std::string_view copies_allowed = "allowed";
inline constexpr std::string_view copies_forbidden = "forbidden";
inline constexpr std::string_view all_readings = "all";

}  // namespace casplan::documents
