#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/organisation.h"
#include "planner/reasons.h"

namespace casplan::planner {

/// Whether every plan has to keep an order, or only this one does.
enum class Force { necessary, chosen };

/// `in` may come back into service, changed, only after `out` has gone out of service for its own change.
struct OutBeforeIn {
  enum class Cause : std::uint8_t {
    front_is_older,         ///< the unchanged front fails with the changed target
    front_lacks_folder,     ///< the unchanged front may lack the changed target's folder
    target_is_newer,        ///< the changed front fails with the unchanged target
    front_refuses,          ///< the changed front cannot proxy to the unchanged target, whatever folders it has
    folder_held_by_nobody,  ///< the front would need a folder, and no server has it
    copy_not_allowed,       ///< the same, and the policy allows no copy
  };

  ServerId out;
  ServerId in;
  ServerId front;  ///< of the path that asks for it: one of the two
  Force force;
  Purpose purpose;
  Cause cause;
  std::optional<OwaVersion> version;  ///< what the target runs in that phase, or the folder; empty: not known
};

/// Why the order is kept, as a sentence that goes on with `before`.
[[nodiscard]] std::string reason_of(const Organisation& organisation, const OutBeforeIn& order);

/// Fronts of which the last goes out of service only after the others. Who would have to wait for each of them waits
/// for the last alone.
struct Gate {
  ServerId last;
  std::vector<ServerId> others;
};

/// Puts up gates where so many servers wait for the same fronts that an arrow for each two of them is too much for
/// people and for machines, and takes away the orders that follow. Fronts that wait for others themselves, or that
/// `is_bound`, have none.
[[nodiscard]] std::vector<Gate> put_up_gates(std::vector<OutBeforeIn>& orders, const std::vector<bool>& is_bound);

}  // namespace casplan::planner
