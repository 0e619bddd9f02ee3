#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casplan {

/// The part of a version that a service pack changes: 8.0 is RTM, 8.1 is SP1 of Exchange 2007; 14.x is Exchange 2010.
struct Level {
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
  friend constexpr auto operator<=>(const Level&, const Level&) = default;
};

/// A version in four numbers, compared number by number. `Kind` keeps builds and OWA versions apart: they look alike,
/// and differ on 8 of the 13 known Exchange 2007 pairs (rules, section 1).
template <class Kind>
struct FourPartVersion {
  std::array<std::uint16_t, 4> parts{};

  [[nodiscard]] constexpr Level level() const { return {parts[0], parts[1]}; }
  friend constexpr auto operator<=>(const FourPartVersion&, const FourPartVersion&) = default;
};

/// The product version of a server, for example 8.1.240.6 (SP1).
using BuildVersion = FourPartVersion<struct BuildVersionKind>;

/// The version that OWA reports; it names the server's own resource folder, for example 8.1.240.5 on an SP1 server.
using OwaVersion = FourPartVersion<struct OwaVersionKind>;

/// Reads `8.1.240.6`, also with leading zeros (`08.01.0240.006`): four groups of decimal digits, each at most 65535.
[[nodiscard]] std::optional<BuildVersion> parse_build(std::string_view text);

/// Reads the name of a resource folder: three or four groups of decimal digits, of at most 2, 2, 4 and 4 digits; three
/// groups mean a last part of 0, leading zeros do not count. Any other name is no version (rules, section 4).
[[nodiscard]] std::optional<OwaVersion> parse_folder_name(std::string_view text);

[[nodiscard]] std::string to_string(const BuildVersion& version);
[[nodiscard]] std::string to_string(const OwaVersion& version);

}  // namespace casplan
