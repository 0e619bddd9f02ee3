#pragma once

#include <optional>
#include <vector>

#include "model/organisation.h"

namespace casplan {

/// An ordered pair front -> target with users who depend on it: the front is behind an entry point, the target is a CAS
/// of another site that has, or may have, mailboxes.
struct ProxyPath {
  ServerId front;
  ServerId target;
  std::optional<SiteId> site;  ///< of the target; empty: not known

  friend bool operator==(const ProxyPath&, const ProxyPath&) = default;
};

/// Every proxy path of the organisation, by front, then by target. A pair in which the site of an end is not known is
/// listed, because it may be a path.
[[nodiscard]] std::vector<ProxyPath> proxy_paths(const Organisation& organisation);

}  // namespace casplan
