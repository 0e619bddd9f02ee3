#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "inventory/claims.h"
#include "model/organisation.h"
#include "model/version.h"

namespace casplan::inventory {

/// A server that is known from its claims, before its site has an id.
struct KnownServer {
  Server server;
  std::optional<std::string> site;
  std::optional<Level> level;
  Settled settled;
};

/// The level of an AdminDisplayVersion such as `Version 8.1 (Build 240.6)`. The rest of it does not show the rollup, so
/// it is not the build (rules, section 5).
[[nodiscard]] std::optional<Level> parse_level(std::string_view admin_display_version);

/// Takes what the claims say. Build and OWA version are inferred from the highest listed folder of the server's own
/// level, if the catalogue knows it; otherwise they stay empty.
[[nodiscard]] KnownServer known_server(Claims claims);

/// Why a server does not belong into the organisation, as the end of a sentence; empty where it does.
[[nodiscard]] std::optional<std::string> reason_to_leave_out(const KnownServer& known);

}  // namespace casplan::inventory
