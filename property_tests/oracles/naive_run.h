#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/step.h"
#include "property_tests/oracles/naive_measures.h"

/// What users had in a run of which it is known what was done and what went wrong, and when. Minutes count from the
/// plan's start.
namespace casplan::oracle {

/// A step from its first try on.
struct Deed {
  Step step;
  std::int64_t begins = 0;                     ///< the first try
  std::optional<std::int64_t> ends;            ///< with its effect; empty where it was given up
  std::int64_t given_up = 0;                   ///< when, where it was
  std::optional<std::int64_t> remembered{};    ///< when a recycle that was forgotten is done
  std::optional<std::int64_t> copied_again{};  ///< when a folder that was copied in part is whole
};

/// A server out of service, or out of the rotation, from one minute to another.
struct Outage {
  std::size_t server;
  std::int64_t from;
  std::int64_t to;
  bool only_rotation;
};

struct RunTotals {
  Amount event46;
  Amount broken_pages;  ///< broken, and no Event 46
  Amount unavailable;
  Amount lagging;
};

/// Lives through the run minute by minute, to its end. Asks for steps of at least one minute.
[[nodiscard]] RunTotals live_through_run(const Organisation& organisation, const std::vector<Deed>& deeds,
                                         const std::vector<Outage>& outages, std::int64_t end, const Readings& readings,
                                         const Wanted& wanted);

}  // namespace casplan::oracle
