#pragma once

#include <map>
#include <utility>
#include <vector>

#include "model/policy.h"
#include "model/state.h"
#include "planner/changes.h"

namespace casplan::planner {

/// What is met on paths while one end has changed and the other has not, under the first value of each open reading,
/// without copies. Servers that are alike are judged once.
class MixedStates {
 public:
  MixedStates(const Organisation& organisation, const Changes& changes, const Policy& policy);

  /// Whether users meet Event 46 with every state of the two servers on their ways, but for the first ones together and
  /// the last ones together. A contract: both change.
  [[nodiscard]] bool always_fail(ServerId front, ServerId target);

  /// Whether they do as the servers were found. The same contract.
  [[nodiscard]] bool fail_today(ServerId front, ServerId target) { return mix(front, target).today; }

 private:
  using Way = std::vector<ServerState>;  // the state of a server as it was found, and after each of its hops
  struct Mix {
    bool all = false;
    bool today = false;
  };
  [[nodiscard]] const Mix& mix(ServerId front, ServerId target);
  [[nodiscard]] Mix judged(std::size_t front, std::size_t target) const;
  [[nodiscard]] std::size_t way_of(ServerId server);

  const Organisation& organisation_;
  const Changes& changes_;
  Readings readings_;
  State found_;
  std::vector<Way> ways_;
  std::map<ServerId, std::size_t> way_of_;
  std::map<std::pair<std::size_t, std::size_t>, Mix> known_;  // by the ways of front and target
};

}  // namespace casplan::planner
