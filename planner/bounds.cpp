#include "planner/bounds.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "model/catalogue.h"
#include "model/rules.h"
#include "model/topology.h"
#include "planner/bound_facts.h"
#include "planner/broken_time_bound.h"
#include "planner/fronts_first_bound.h"
#include "planner/lag_bound.h"
#include "planner/phases.h"
#include "planner/ring_bound.h"
#include "planner/role_order.h"
#include "planner/unavailable_bound.h"

namespace casplan::planner {
namespace {

class Bounder {
 public:
  Bounder(const Organisation& organisation, const Policy& policy, const Changes& changes)
      : organisation_(organisation),
        policy_(policy),
        changes_(changes),
        facts_(organisation, policy, changes),
        knows_users_(knows_users(organisation)) {}

  Measures run() {
    Measures bound;
    const std::int64_t minutes = makespan();
    copies_ = copies();
    for (const Measure measure : policy_.objective) value(bound, measure) = of(measure, minutes);
    // Where copies are limited, more users may have to be without service than the bound says.
    const bool may_copy = !policy_.copies && !comes_first(Measure::copies, Measure::unavailable_user_minutes);
    if (!knows_users_ || !may_copy) return bound;
    return with_ring(facts_, with_fronts_first(facts_, copies_.late, std::move(bound)));
  }

 private:
  [[nodiscard]] std::int64_t of(Measure measure, std::int64_t minutes) const {
    switch (measure) {
      case Measure::event46_user_minutes: return 0;
      case Measure::unavailable_user_minutes:
        return knows_users_ ? to_measure(least_unavailable(organisation_, policy_, changes_, minutes)) : 0;
      case Measure::copies: return copies_.all;
      case Measure::feature_lag_user_minutes: return knows_users_ ? to_measure(least_lag(facts_, minutes)) : 0;
      case Measure::makespan_minutes: return minutes;
    }
    return 0;
  }

  [[nodiscard]] std::optional<Amount> end_of(const Load& load, std::int64_t from) const;
  [[nodiscard]] std::int64_t longest_chain() const;
  [[nodiscard]] std::int64_t makespan() const;
  /// That are needed, and those of them that no front can have before its upgrade has ended.
  struct Copies {
    std::int64_t all = 0;
    std::int64_t late = 0;
  };
  [[nodiscard]] Copies copies() const;
  [[nodiscard]] bool comes_first(Measure more, Measure less) const {
    const auto& objective = policy_.objective;
    return std::find(objective.begin(), objective.end(), more) < std::find(objective.begin(), objective.end(), less);
  }
  [[nodiscard]] bool lacks_in_the_end(const PhaseTable& phases, ServerId front, ServerId target,
                                      const OwaVersion& folder) const;

  const Organisation& organisation_;
  const Policy& policy_;
  const Changes& changes_;
  BoundFacts facts_;
  bool knows_users_;
  Copies copies_;
};

std::optional<Amount> Bounder::end_of(const Load& load, std::int64_t from) const {
  const OpenTime open = facts_.open_time(load, from, load.work);
  const std::int64_t shortest = *std::min_element(load.lengths.begin(), load.lengths.end());
  const auto end = open.end_of(load.work, policy_.crews);
  const auto ends = open.ends(load.upgrades, shortest, policy_.crews);
  if (!end || !ends) return std::nullopt;
  return static_cast<Amount>(std::max(*end, ends->empty() ? 0 : ends->back()));
}

/// Of servers that follow each other.
std::int64_t Bounder::longest_chain() const {
  std::map<ServerId, std::vector<ServerId>> followers;
  std::map<ServerId, std::size_t> waiting;
  const auto add = [&](ServerId first, ServerId second) {
    if (!changes_.contains(first) || !changes_.contains(second)) return;
    followers[first].push_back(second);
    ++waiting[second];
  };
  for (const auto& [first, second] : policy_.before) add(first, second);
  for (const auto& [first, second] : order_of_roles(organisation_, changes_)) add(first, second);
  std::map<ServerId, std::int64_t> begin;
  std::vector<ServerId> ready;
  for (const auto& [server, hops] : changes_) {
    if (!waiting.contains(server)) ready.push_back(server);
  }
  std::int64_t longest = 0;
  while (!ready.empty()) {
    const ServerId server = ready.back();
    ready.pop_back();
    const std::int64_t end = begin[server] + minutes_of(organisation_, policy_, server, changes_.at(server));
    longest = std::max(longest, end);
    for (const ServerId follower : followers[server]) {
      begin[follower] = std::max(begin[follower], end);
      if (--waiting[follower] == 0) ready.push_back(follower);
    }
  }
  return longest;
}

std::int64_t Bounder::makespan() const {
  if (facts_.loads.empty()) return 0;
  const Amount least = facts_.least_from_beginning(
      [&](std::int64_t from) -> std::optional<Amount> {
        Amount latest = 0;
        for (const auto* loads : {&facts_.loads, &facts_.unions}) {
          for (const Load& load : *loads) {
            if (load.upgrades == 0) continue;
            const auto end = end_of(load, from);
            if (!end) return std::nullopt;
            latest = std::max(latest, *end);
          }
        }
        return latest;
      },
      1);
  return std::max(longest_chain(), static_cast<std::int64_t>(std::max<Amount>(least, 0)));
}

/// Each front needs its own copy of a folder of an earlier level, which no upgrade of it brings.
Bounder::Copies Bounder::copies() const {
  if (policy_.goal != Goal::upgrade || first_of(policy_.readings).folder_match != FolderMatch::running) return {};
  std::map<OwaVersion, std::vector<ServerId>> targets;  // by the version that they have in the end
  for (const ServerId target : in_service(organisation_, client_access_servers(organisation_))) {
    const auto& site = at(organisation_.servers, target).site;
    const auto version = version_in_the_end(organisation_, changes_, target);
    if (version && site && at(organisation_.sites, *site).mailboxes.value_or(0) > 0)
      targets[*version].push_back(target);
  }
  Copies count;
  std::optional<PhaseTable> phases;
  std::set<std::pair<ServerId, OwaVersion>> lacking;
  for (const ServerId front : in_service(organisation_, fronts(organisation_))) {
    const Server& server = at(organisation_.servers, front);
    const auto own = version_in_the_end(organisation_, changes_, front);
    if (!own || !server.folders || !server.site) continue;
    for (const auto& [version, with_version] : targets) {
      if (!(version.level() < own->level())) continue;
      if (!phases) phases.emplace(organisation_, changes_, policy_.readings);
      const bool is_asked = std::any_of(with_version.begin(), with_version.end(), [&](ServerId target) {
        return at(organisation_.servers, target).site != server.site &&
               !judge_routing(server, at(organisation_.servers, target));
      });
      if (!is_asked || !lacks_in_the_end(*phases, front, with_version.front(), version)) continue;
      lacking.emplace(front, version);
      if (changes_.contains(front) && !phases->survives_change(front, version)) ++count.late;
    }
  }
  count.all = static_cast<std::int64_t>(lacking.size());
  // Where copies are limited, users may have to wait.
  if (policy_.copies || !knows_users_) return count;
  if (!comes_first(Measure::unavailable_user_minutes, Measure::copies)) return count;
  for (const NeededCopy& needed : copies_to_spare_users(organisation_, policy_, changes_)) {
    const bool is_counted = std::any_of(lacking.begin(), lacking.end(), [&](const auto& copy) {
      const bool is_front = std::find(needed.fronts.begin(), needed.fronts.end(), copy.first) != needed.fronts.end();
      return is_front && (needed.fronts.size() == 1 || copy.second == needed.folder);
    });
    if (is_counted) continue;
    ++count.all;
    ++count.late;
  }
  return count;
}

bool Bounder::lacks_in_the_end(const PhaseTable& phases, ServerId front, ServerId target,
                               const OwaVersion& folder) const {
  const auto last = [&](ServerId server) { return changes_.contains(server) ? Phase::after : Phase::before; };
  const Need need = phases.need(front, last(front), target, last(target));
  return need.kind == NeedKind::folders && need.folders.contains(folder);
}

}  // namespace

Measures lower_bounds(const Organisation& organisation, const Policy& policy, const Changes& changes) {
  return with_broken_time(organisation, policy, changes, Bounder(organisation, policy, changes).run());
}

Measures tighter(const Policy& policy, const Measures& a, const Measures& b) {
  const auto in_order = [&](const Measures& bound) {
    std::vector<std::int64_t> amounts;
    for (const Measure measure : policy.objective) amounts.push_back(value(bound, measure).value_or(0));
    return amounts;
  };
  return in_order(a) < in_order(b) ? b : a;
}

std::vector<std::int64_t> cost_of(const Measures& plan, const Policy& policy) {
  std::vector<std::int64_t> cost;
  for (const Measure measure : policy.objective) {
    cost.push_back(value(plan, measure).value_or(std::numeric_limits<std::int64_t>::max()));
  }
  return cost;
}

std::vector<std::int64_t> cost_of(const Plan& plan, const Policy& policy) {
  return cost_of(plan.outcome->objective, policy);
}

Measures as_bound_of(const Measures& plan, const Policy& policy, Measures bound) {
  bool is_met = true;
  for (const Measure measure : policy.objective) {
    const auto& reached = value(plan, measure);
    auto& least = value(bound, measure);
    if (!reached || !least) continue;
    if (!is_met) least = std::min(*least, *reached);
    is_met = is_met && *least >= *reached;
  }
  return bound;
}

}  // namespace casplan::planner
