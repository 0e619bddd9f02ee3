#pragma once

#include <optional>
#include <string>

#include "model/organisation.h"
#include "model/step.h"

namespace casplan::runbook {

/// A step in a few words, such as `Put folder 8.0.685.24 on HQCAS1 (from BRCAS1)`. Plain text: names are not escaped.
/// Where an upgrade goes back to an earlier build it is called the removal of rollups: as seen from today's build, or
/// from the one that the server runs when the step begins.
[[nodiscard]] std::string describe(const Step& step, const Organisation& organisation);
[[nodiscard]] std::string describe(const Step& step, const Organisation& organisation,
                                   const std::optional<BuildVersion>& from);

/// A build with the name that the catalogue has for it: `8.2.176.2 (Exchange Server 2007 SP2)`; the version alone where
/// it has none.
[[nodiscard]] std::string name_of(const BuildVersion& build);

/// The roles of a server: `ClientAccess, HubTransport`.
[[nodiscard]] std::string roles_text(const Server& server);

}  // namespace casplan::runbook
