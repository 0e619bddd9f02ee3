#pragma once

#include <string>

#include "model/organisation.h"
#include "model/readings.h"
#include "model/rules.h"
#include "simulator/runs.h"
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

/// A value of the figure of a run at this place; an empty makespan has no end, any other empty value is not known.
[[nodiscard]] std::string figure_words(std::size_t figure, const std::optional<std::int64_t>& value);

/// `12.34 %`, cut after two decimals; `0.01 %` at least where there are any, and below `100.00 %` where not all are.
[[nodiscard]] std::string share_words(std::size_t part, std::size_t whole);

/// Why a step of a run is never carried out: `given up: every try failed`.
[[nodiscard]] std::string_view abandoned_words(simulator::Abandoned why);

}  // namespace casplan::tools
