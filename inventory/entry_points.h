#pragma once

#include <string>
#include <vector>

#include "inventory/import.h"
#include "inventory/server_facts.h"
#include "model/ids.h"

namespace casplan::inventory {

/// What is known of a CAS's ExternalUrl.
struct ExternalAddress {
  ServerId server;
  bool is_known = false;
  std::string url;  ///< empty: none is set, or not known
  Origin origin;    ///< where it is stated
};

/// One for each CAS, in the order of the servers.
[[nodiscard]] std::vector<ExternalAddress> external_addresses(const std::vector<KnownServer>& servers);

/// Adds an entry point for each host of an ExternalUrl, whose fronts are the CAS that have it. That users type these
/// names is inferred; so is that all come by the only one. With several, the shares are not known.
void infer_entry_points(Import& import, const std::vector<ExternalAddress>& addresses);

}  // namespace casplan::inventory
