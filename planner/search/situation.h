#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <vector>

#include "planner/search/variants.h"

namespace casplan::planner {

/// One worked server in a situation. Of a herd that changes, it is the member whose turn it is: those before it are
/// done, those after it are as they were found.
struct Slot {
  enum class Doing : std::uint8_t { nothing, upgrade, ensure_folder, recycle, return_to_service };

  VariantId variant;               ///< until the running step ends
  VariantId next;                  ///< once it has ended; equal to `variant` where nothing runs
  std::uint8_t hops_done = 0;      ///< ended ones
  std::uint16_t members_done = 0;  ///< of a herd that changes, those that are; all but the last
  Doing doing = Doing::nothing;
  bool is_out = false;        ///< drained, also while an upgrade runs
  bool was_drained = false;   ///< a server is drained once
  std::uint16_t source = 0;   ///< 1 + the worked server from which a running copy is taken; 0: none of those
  std::int32_t left = 0;      ///< minutes until the running step ends
  std::int32_t free_for = 0;  ///< minutes since it was last worked on, or since the start; no more than a drain takes
  std::int32_t serving_for = 0;  ///< minutes since it came back; no more than a drain takes

  friend bool operator==(const Slot&, const Slot&) = default;
};

/// Whether a crew does it.
[[nodiscard]] inline bool is_crew_work(Slot::Doing doing) {
  return doing == Slot::Doing::upgrade || doing == Slot::Doing::ensure_folder;
}

/// Whether no step runs that is done to the server.
[[nodiscard]] inline bool is_idle(const Slot& slot) {
  return slot.doing == Slot::Doing::nothing;
}

/// Whether users are sent to the server.
[[nodiscard]] inline bool serves(const Slot& slot) {
  return !slot.is_out && slot.doing != Slot::Doing::upgrade;
}

/// Under which of the readings (a bit for each) under which it fails today a path has worked before, in each of the
/// ways in which the steps at its ends may have ended: the front's not yet or already, and the target's not yet or
/// already.
using WorkedBefore = std::array<std::uint64_t, 4>;

/// Where a plan stands at a moment between steps.
struct Situation {
  std::vector<Slot> slots;                  ///< of the worked servers, in their order
  std::vector<WorkedBefore> worked_before;  ///< of the ailing paths; empty where paths may break
  std::int32_t copies = 0;
  std::int32_t minute = 0;       ///< since the policy's start, at the latest
  std::int32_t slack = 0;        ///< all this may lie so many minutes earlier, or fewer: what is open then is open
  bool is_begun = false;         ///< the clock of the plan runs
  std::bitset<64> late;          ///< worked servers whose upgrades could have begun earlier at no cost
  std::uint32_t last_start = 0;  ///< among actions at the same minute: these and earlier ones are not tried again
};

}  // namespace casplan::planner
