#pragma once

#include <vector>

#include "model/topology.h"
#include "simulator/assessment.h"

namespace casplan {

/// What the simulator says of each proxy path in a state, in the order of `proxy_paths`.
inline std::vector<Judgement> judgements_in(const Organisation& organisation, const State& state,
                                            const Readings& readings) {
  std::vector<Judgement> judgements;
  const auto paths = proxy_paths(organisation);
  for (const auto& path : simulator::assess(organisation, paths, state, readings).paths) {
    judgements.push_back(path.judgement);
  }
  return judgements;
}

}  // namespace casplan
