#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/organisation.h"
#include "model/policy.h"
#include "model/readings.h"
#include "property_tests/oracles/naive_state.h"

/// What can be done with one server on the way to what a policy wants, from rules.md and the contract alone: every
/// state that it can come to, and every step that leads from one to the next.
namespace casplan::oracle {

/// Whether a server whose load others carry has to be drained before it is upgraded (rules, section 5).
enum class DrainFirst { where_others_carry_the_load, not_asked };

/// A step that may be begun in one state of a server, and the state that it leads to.
struct Work {
  Step step;
  int minutes = 0;
  std::size_t leads_to = 0;

  [[nodiscard]] bool needs_crew() const {
    return step.kind == StepKind::upgrade || step.kind == StepKind::ensure_folder;
  }
};

/// What is planned for a server besides its build: out once at most, and in again when all its upgrades are done. One
/// that is awaited was found out of service and comes in some time; then it is as if it had been found so.
enum class Duty { as_found, awaited, drained, returned };

struct LifeState {
  /// The server under each of the readings that decide which folders an upgrade leaves.
  std::vector<NaiveServer> under;
  Duty duty = Duty::as_found;
  std::size_t hops_done = 0;
  bool may_be_last = false;  ///< at its goal, and in service if it was found so
  std::vector<Work> works;

  [[nodiscard]] bool is_in_service() const { return under.front().in_service; }
};

struct ServerLife {
  std::vector<LifeState> states;  ///< the first is the one that it was found in
  std::size_t hops = 0;           ///< upgrades that bring it to its goal
  bool is_too_long = false;       ///< it has too many states: some are left out

  /// The most minutes that can be spent on the server: no step can be repeated for ever.
  [[nodiscard]] int most_minutes() const;
};

/// The readings of which an upgrade leaves different folders, one of each that is open, the conforming one first.
[[nodiscard]] std::vector<Readings> readings_of_folders(const FixedReadings& fixed);

/// The life of each server, in the organisation's order; empty where a server cannot come to what is wanted of it.
///
/// Drained and upgraded is any CAS; folders are put on fronts alone, those that a target may ever ask for, and
/// recycled are fronts alone, because nobody else's loaded folders count.
[[nodiscard]] std::optional<std::vector<ServerLife>> lives_of(const Organisation& organisation, const Policy& policy,
                                                              DrainFirst drain_first);

}  // namespace casplan::oracle
