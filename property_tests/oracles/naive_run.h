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
  std::int64_t tries = 0;                      ///< those that failed, too
  std::optional<std::int64_t> ends{};          ///< with its effect; empty where it was given up
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

/// What is known of a run.
struct RunRecord {
  Moment start;
  std::int64_t end = 0;
  std::vector<Deed> deeds;
  std::vector<Outage> outages;
};

/// User-minutes.
struct RunUsers {
  Amount event46;
  Amount broken_pages;  ///< broken, and no Event 46
  Amount unavailable;
  Amount lagging;
};

struct RunTotals {
  RunUsers all;
  RunUsers part;
  /// Each try to ensure a folder is one, and each folder that is copied again because it was copied in part.
  std::int64_t copies = 0;
};

/// Lives through the run minute by minute, to its end: with all users, and with the part of them that counts. Asks for
/// steps of at least one minute.
[[nodiscard]] RunTotals live_through_run(const Organisation& organisation, const RunRecord& run,
                                         const Readings& readings, const Wanted& wanted, const Part& part);

}  // namespace casplan::oracle
