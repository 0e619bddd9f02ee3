#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/version.h"

namespace casplan {

/// How sure an entry of the catalogue is.
enum class Confidence {
  sourced,   ///< Microsoft says so
  observed,  ///< seen on real servers
  inferred,  ///< equal to the build: it ranks correctly, but as a folder name it must be read from the server
};

enum class Product { exchange2007, exchange2010 };

/// A release of Exchange that can be installed: a product's first release, a service pack, or an update rollup.
struct Build {
  BuildVersion version;
  OwaVersion owa_version;
  Confidence owa_confidence;
  Product product;
  std::string_view name;      ///< `Exchange Server 2007 SP1 Update Rollup 9`
  std::string_view level;     ///< `RTM`, `SP1`, `SP2`, `SP3`
  std::optional<int> rollup;  ///< empty for a first release and a service pack
  std::string_view kb;        ///< `KB946138`; empty where it is not known
  bool withdrawn;             ///< Microsoft withdrew it: refused as a target

  [[nodiscard]] bool is_rollup() const { return rollup.has_value(); }
};

/// All known builds, by ascending version.
[[nodiscard]] std::span<const Build> known_builds();

/// The build with this version, or null.
[[nodiscard]] const Build* find_build(const BuildVersion& version);

/// The build whose resource folder has this name, or null. Where several share it, the lowest.
[[nodiscard]] const Build* find_build(const OwaVersion& version);

/// The first release of a level (RTM or the service pack), which each rollup of the level asks for; null if unknown.
[[nodiscard]] const Build* base_of(Level level);

/// The product of a version by its first number (8 or 14); empty for any other.
[[nodiscard]] std::optional<Product> product_of(Level level);

/// `RTM` to `SP3`, with the year before it for Exchange 2010; `8.4` for a level that nobody knows.
[[nodiscard]] std::string level_name(Level level);

[[nodiscard]] std::string_view to_string(Confidence confidence);

/// A feature of Outlook Web Access 2007.
struct Feature {
  std::string_view id;
  std::string_view title;
  Level since;                  ///< the level that brought it
  std::string_view client;      ///< `premium` or `both`
  std::string_view confidence;  ///< `sourced`, `inferred`, `recalled`
};

[[nodiscard]] std::span<const Feature> known_features();

/// The ids of the features that users of a server at this level have; empty for a level that the catalogue does not
/// describe (Exchange 2010): not known.
[[nodiscard]] std::optional<std::vector<std::string_view>> features_at(Level level);

}  // namespace casplan
