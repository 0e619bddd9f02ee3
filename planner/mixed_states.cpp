#include "planner/mixed_states.h"

#include <algorithm>

#include "model/rules.h"
#include "simulator/transition.h"

namespace casplan::planner {

MixedStates::MixedStates(const Organisation& organisation, const Changes& changes, const Policy& policy)
    : organisation_(organisation),
      changes_(changes),
      readings_(first_of(policy.readings)),
      found_(initial_state(organisation)) {}

bool MixedStates::always_fail(ServerId front, ServerId target) {
  const Server& own = at(organisation_.servers, front);
  const Server& other = at(organisation_.servers, target);
  return own.site && other.site && own.site != other.site && !judge_routing(own, other) && mix(front, target).all;
}

std::size_t MixedStates::way_of(ServerId server) {
  const auto [known, is_new] = way_of_.try_emplace(server, ways_.size());
  if (!is_new) return known->second;
  Way way{at(found_.servers, server)};
  for (const BuildVersion& build : changes_.at(server)) {
    const Step step{StepKind::upgrade, server, build, std::nullopt, {}};
    way.push_back(way.back());
    simulator::begin(way.back(), step);
    simulator::finish(way.back(), step, readings_);
  }
  const auto same = std::find(ways_.begin(), ways_.end(), way);
  known->second = static_cast<std::size_t>(same - ways_.begin());
  if (same == ways_.end()) ways_.push_back(std::move(way));
  return known->second;
}

const MixedStates::Mix& MixedStates::mix(ServerId front, ServerId target) {
  const std::pair ways(way_of(front), way_of(target));
  const auto known = known_.find(ways);
  return known != known_.end() ? known->second : known_.emplace(ways, judged(ways.first, ways.second)).first->second;
}

MixedStates::Mix MixedStates::judged(std::size_t front, std::size_t target) const {
  const Way& own = ways_[front];
  const Way& other = ways_[target];
  const auto fails = [&](const ServerState& a, const ServerState& b) {
    return judge_versions(a, b, readings_).verdict == Verdict::event46;
  };
  Mix mix{true, fails(own.front(), other.front())};
  for (std::size_t i = 0; i < own.size(); ++i) {
    for (std::size_t k = 0; k < other.size(); ++k) {
      const bool are_together = (i == 0 && k == 0) || (i + 1 == own.size() && k + 1 == other.size());
      mix.all = mix.all && (are_together || fails(own[i], other[k]));
    }
  }
  return mix;
}

}  // namespace casplan::planner
