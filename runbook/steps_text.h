#pragma once

#include <string>

#include "model/organisation.h"
#include "model/step.h"

namespace casplan::runbook {

/// A step in a few words, such as `Put folder 8.0.685.24 on HQCAS1 (from BRCAS1)`. Plain text: names are not escaped.
[[nodiscard]] std::string describe(const Step& step, const Organisation& organisation);

/// A build with the name that the catalogue has for it: `8.2.176.2 (Exchange Server 2007 SP2)`; the version alone where
/// it has none.
[[nodiscard]] std::string name_of(const BuildVersion& build);

}  // namespace casplan::runbook
