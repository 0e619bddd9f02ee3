#include "verifier/server_classes.h"

#include <optional>
#include <unordered_map>
#include <utility>

#include "model/rules.h"
#include "verifier/hashing.h"

namespace casplan::verifier {
namespace {

/// What the rules ask of a server. Its site counts only as known or not, because the ends of a path are in different
/// sites, or in sites that are not known.
struct Likeness {
  RoutingFacts routing;
  const ServerState* found;
  std::vector<std::pair<StepKind, std::pair<std::optional<BuildVersion>, std::optional<OwaVersion>>>> steps;
  const std::vector<StepSet>* own_order;

  friend bool operator==(const Likeness& a, const Likeness& b) {
    return a.routing == b.routing && *a.found == *b.found && a.steps == b.steps && *a.own_order == *b.own_order;
  }
};

struct LikenessHash {
  std::size_t operator()(const Likeness& likeness) const {
    Hash hash;
    hash.mix(*likeness.found);
    for (const auto& [kind, what] : likeness.steps) {
      hash.mix(static_cast<std::size_t>(kind));
      if (what.first) hash.mix(*what.first);
      if (what.second) hash.mix(*what.second);
    }
    return hash.value();
  }
};

}  // namespace

std::vector<std::uint32_t> server_classes(const Organisation& organisation, const State& found, const Plan& plan,
                                          const StepsByServer& steps_at,
                                          const std::vector<std::vector<StepSet>>& own_orders) {
  std::unordered_map<Likeness, std::uint32_t, LikenessHash> known;
  std::vector<std::uint32_t> classes;
  classes.reserve(organisation.servers.size());
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    Likeness likeness{routing_facts(organisation.servers[i]), &found.servers[i], {}, &own_orders[i]};
    if (likeness.routing.site) likeness.routing.site = SiteId{0};
    for (const StepIndex index : steps_at[i]) {
      const Step& step = at(plan.steps, index).step;
      likeness.steps.push_back({step.kind, {step.build, step.folder}});
    }
    const auto number = static_cast<std::uint32_t>(known.size());
    classes.push_back(known.try_emplace(std::move(likeness), number).first->second);
  }
  return classes;
}

}  // namespace casplan::verifier
