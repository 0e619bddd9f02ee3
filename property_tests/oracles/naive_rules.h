#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/organisation.h"
#include "model/readings.h"
#include "property_tests/oracles/naive_state.h"

namespace casplan::oracle {

/// A verdict in the contract's words: `works`, `event46`, `redirect`, `fault`, `idle`, `cannot_tell`.
struct Answer {
  std::string verdict;
  std::optional<int> event;

  friend bool operator==(const Answer&, const Answer&) = default;
};

/// Front and target, by their places in the organisation.
using Pair = std::pair<std::size_t, std::size_t>;

/// One path for each front of an entry point and each CAS of every other site that has mailboxes, or may have; a pair
/// counts where the site of an end is not known.
[[nodiscard]] std::set<Pair> pairs(const Organisation& organisation);

/// Whether a server behind an entry point and another server are such a path.
[[nodiscard]] bool is_pair(const Organisation& organisation, const Pair& pair);

/// What becomes of users on a pair (contract, `check`; rules, sections 2 and 3).
[[nodiscard]] Answer answer(const Organisation& organisation, const NaiveState& state, const Pair& pair,
                            const Readings& readings);

/// Whether it is the versions that decide about a path whose ends are in service, and not redirection, InternalURL or
/// authentication.
[[nodiscard]] bool versions_decide(const Server& front, const Server& target);

/// What becomes of users on a path of which the versions decide and whose ends are in service (rules, section 3).
[[nodiscard]] Answer answer_by_versions(const NaiveServer& front, const NaiveServer& target, const Readings& readings);

}  // namespace casplan::oracle
