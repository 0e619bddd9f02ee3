#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/import.h"
#include "inventory/record.h"

namespace casplan::inventory {

/// What one source says of one property.
struct Claim {
  std::string value;  ///< empty: the source says that there is none
  Origin origin;
  Format format = Format::clixml;
  Basis basis = Basis::stated;
};

/// Claims by property, in no particular order.
using Claims = std::map<std::string_view, std::vector<Claim>>;

/// The names of facts.
namespace fact {
inline constexpr std::string_view name = "name";
inline constexpr std::string_view fqdn = "fqdn";
inline constexpr std::string_view site = "site";
inline constexpr std::string_view roles = "roles";
inline constexpr std::string_view admin_display_version = "AdminDisplayVersion";
inline constexpr std::string_view build = "build";
inline constexpr std::string_view owa_version = "owa_version";
inline constexpr std::string_view folders = "folders";
inline constexpr std::string_view internal_url = "internal_url";
inline constexpr std::string_view external_url = "external_url";
inline constexpr std::string_view integrated_auth = "integrated_auth";
inline constexpr std::string_view redirect_to_optimal = "redirect_to_optimal";
inline constexpr std::string_view install_path = "install_path";
inline constexpr std::string_view mailboxes = "mailboxes";
inline constexpr std::string_view entry_points = "entry_points";
inline constexpr std::string_view fronts = "fronts";
inline constexpr std::string_view share = "share";
}  // namespace fact

/// One claim for each property, and what spoke against it.
struct Settled {
  std::map<std::string_view, Claim> kept;
  std::vector<Fact> facts;
  std::vector<Conflict> conflicts;
};

[[nodiscard]] Fact make_fact(std::string subject, std::string_view property, const Claim& claim);

/// Keeps of each property the stated claim of the most reliable format, of equal ones the first by file and line, and
/// an inferred one only where nothing is stated. Stated claims with another value are conflicts, each value once; case
/// does not make a difference.
[[nodiscard]] Settled settle(const std::string& subject, Claims&& claims);

/// The claim that is kept of several, at least one.
[[nodiscard]] const Claim& most_reliable(const std::vector<Claim>& claims);

/// The value of a settled property; null where there is no claim.
[[nodiscard]] const std::string* find_value(const Settled& settled, std::string_view property);

}  // namespace casplan::inventory
