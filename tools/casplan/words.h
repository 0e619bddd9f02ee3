#pragma once

#include <string>

#include "model/organisation.h"
#include "model/readings.h"
#include "model/rules.h"
#include "simulator/assessment.h"
#include "tools/casplan/console.h"

namespace casplan::tools {

/// `works`, `EVENT 46`, `EVENT 42`, `BROKEN PAGE`, in the tone that it deserves.
[[nodiscard]] std::string verdict_words(const Judgement& judgement, const Console& console);

/// `folder_match=running, folder_load=at_start, …`.
[[nodiscard]] std::string reading_words(const Readings& readings);

/// `HQCAS1 -> BRCAS1`.
[[nodiscard]] std::string path_words(const Organisation& organisation, const ProxyPath& path);

/// `SP1: 300`, by ascending level; `nothing` where nobody is served.
[[nodiscard]] std::string feature_words(const simulator::SiteAssessment& site);

}  // namespace casplan::tools
