#include "planner/make_plan.h"

#include <algorithm>
#include <tuple>

#include "model/contracts.h"
#include "planner/bounds.h"
#include "planner/change_over.h"
#include "planner/exact.h"
#include "planner/finish_plan.h"
#include "planner/heal_by_copy.h"
#include "planner/healing.h"
#include "planner/patch_changes.h"
#include "planner/relay.h"
#include "planner/returns.h"
#include "planner/ring_plan.h"
#include "planner/search/nearest_sources.h"
#include "planner/search/recorded.h"
#include "planner/spare_capacity.h"
#include "planner/vanguard.h"

namespace casplan::planner {
namespace {

/// Whether there is somebody to proxy for, but nobody knows by which front they come.
std::optional<std::string> missing_fronts(const Organisation& organisation) {
  std::set<SiteId> sites;
  for (const ServerId id : client_access_servers(organisation)) {
    const Server& server = at(organisation.servers, id);
    if (!server.site) return "The AD site of " + server.name + " is not known, so its proxy paths cannot be told.";
    sites.insert(*server.site);
  }
  if (sites.size() < 2 || !organisation.entry_points.empty()) return std::nullopt;
  return "No entry point is known, so it cannot be told which servers are fronts. Name the entry points.";
}

Changes changes_for(const Organisation& organisation, const Policy& policy, const std::vector<ProxyPath>& paths,
                    std::vector<std::string>& missing, std::vector<std::string>& because) {
  if (policy.goal == Goal::upgrade) return upgrade_changes(organisation, policy, missing);
  PatchChanges patch = patch_changes(organisation, policy, paths);
  missing = std::move(patch.missing);
  because = std::move(patch.impossible);
  return std::move(patch.changes);
}

std::size_t count_copies(const Draft& draft) {
  return static_cast<std::size_t>(std::count_if(draft.steps.begin(), draft.steps.end(), [](const DraftStep& step) {
    return step.step.kind == StepKind::ensure_folder;
  }));
}

/// The folders with which paths that fail today could be mended before anything else.
std::vector<FolderWork> heal_first(const Organisation& organisation, const Policy& policy,
                                   const std::vector<ProxyPath>& paths, const PhaseTable& phases) {
  if (policy.goal != Goal::upgrade) return {};
  Healing healing = healing_of(organisation, paths, phases);
  std::erase_if(healing.folders,
                [&](const FolderWork& work) { return work.sources.empty() || !phases.changes(work.front); });
  return healing.folders;
}

/// Beyond, the arrows between every front and every target take too long.
constexpr std::size_t most_changes_with_vanguard = 5'000;
constexpr std::size_t most_paths_with_vanguard = 250'000;

/// With more changes a plan that bounds prove is made sooner than all plans are searched.
constexpr std::size_t few_changes = 12;

/// What paths ask of a plan that may break them on the way: only what they need in the end.
Relations for_the_end(Relations relations, const Changes& changes) {
  relations.out_before_in.clear();
  relations.gates.clear();
  std::erase_if(relations.with_front,
                [&](const FolderWork& work) { return changes.contains(work.front) && !work.is_final; });
  return relations;
}

class Planner {
 public:
  Planner(const Organisation& organisation, const Policy& policy, const Effort& effort)
      : organisation_(organisation), policy_(policy), effort_(effort), paths_(version_paths(organisation, policy)) {}

  Planning run() {
    if (policy_.goal == Goal::heal_by_copy) {
      return policy_.to_return.empty() ? heal_by_copy(organisation_, policy_) : with_returns_first();
    }
    std::vector<std::string> missing;
    std::vector<std::string> because;
    const Changes changes = changes_for(organisation_, policy_, paths_, missing, because);
    const PhaseTable phases(organisation_, changes, policy_.readings);
    const Relations relations = relations_of(organisation_, policy_, paths_, phases);
    if (!missing.empty()) {
      missing.insert(missing.end(), relations.missing.begin(), relations.missing.end());
      return FactsMissing{united(missing)};
    }
    because.insert(because.end(), relations.because.begin(), relations.because.end());
    if (!because.empty()) return Infeasible{united(because)};
    if (!relations.missing.empty()) return FactsMissing{united(relations.missing)};
    return best(changes, phases, relations);
  }

 private:
  Planning constructed(const Changes& changes, const PhaseTable& phases, const Relations& relations) {
    if (!policy_.to_return.empty()) return with_returns_first();
    if (!relations.not_found.empty()) return NotFound{united(relations.not_found)};
    for (const auto* folders : {&relations.with_front, &relations.with_target, &relations.before_front}) {
      if (const auto spoiled = spoils_a_target(organisation_, paths_, phases, *folders)) return NotFound{{*spoiled}};
    }
    return best_of_both(changes, phases, relations);
  }

  Planning with_returns_first() {
    return return_first(organisation_, policy_, [&](const Organisation& returned, const Policy& later) {
      return Planner(returned, later, effort_).run();
    });
  }

  /// The best plan where all plans could be searched; otherwise the one that is constructed, with what is known of the
  /// best one.
  Planning best(const Changes& changes, const PhaseTable& phases, const Relations& relations) {
    std::optional<Plan> ahead;
    if (changes.size() > few_changes && policy_.to_return.empty()) ahead = with_vanguard(changes);
    if (ahead && is_proved(*ahead)) return std::move(*ahead);
    std::optional<Planning> so_far;
    if (effort_.report || may_try_every_minute(policy_)) so_far = constructed(changes, phases, relations);
    if (may_try_every_minute(policy_)) {
      Planning known = ahead ? better(*ahead, *so_far) : *so_far;
      Planning seen = after_every_minute(std::move(known), Look::short_one, changes, relations);
      if (is_proved(seen)) return seen;
    }
    ExactAnswer exact = search_all_plans(organisation_, policy_, changes, effort_beside(so_far));
    if (exact.kind == ExactAnswer::Kind::best_plan) return proved(std::move(*exact.plan));
    Planning planning = so_far ? std::move(*so_far) : constructed(changes, phases, relations);
    if (exact.kind == ExactAnswer::Kind::no_plan) return without_a_plan(std::move(planning), relations);
    if (exact.plan) planning = better(std::move(*exact.plan), std::move(planning));
    if (policy_.to_return.empty() && !is_proved(planning)) {
      if (changes.size() <= few_changes) ahead = with_vanguard(changes);
      if (ahead) planning = better(std::move(*ahead), std::move(planning));
      for (Plan& plan : other_plans(changes, relations)) planning = better(std::move(plan), std::move(planning));
    }
    raise_bound(planning, exact);
    return is_proved(planning) ? planning : after_every_minute(std::move(planning), Look::long_one, changes, relations);
  }

  /// Better, or proved, or with a higher bound, where trying every wait leads to it.
  Planning after_every_minute(Planning planning, Look look, const Changes& changes, const Relations& relations) {
    auto* plan = std::get_if<Plan>(&planning);
    const Outcome* known = plan != nullptr ? &*plan->outcome : nullptr;
    ExactAnswer exact = search_every_minute(organisation_, policy_, changes, effort_beside(planning), look, known);
    switch (exact.kind) {
      case ExactAnswer::Kind::best_plan: return proved(std::move(*exact.plan));
      case ExactAnswer::Kind::known_is_best: return proved(std::move(*plan));
      case ExactAnswer::Kind::no_plan: return without_a_plan(std::move(planning), relations);
      case ExactAnswer::Kind::unknown: break;
    }
    raise_bound(planning, exact);
    return planning;
  }

  /// What is said where a search of all plans has found none.
  static Planning without_a_plan(Planning planning, const Relations& relations) {
    if (auto* not_found = std::get_if<NotFound>(&planning)) return Infeasible{std::move(not_found->because)};
    if (std::holds_alternative<Infeasible>(planning)) return planning;
    // The search puts no folder on a server just to keep it there which has nothing else to do with the plan.
    expects(!relations.backups.empty(), "a search of all plans finds one where there is one");
    return planning;
  }

  void raise_bound(Planning& planning, const ExactAnswer& exact) const {
    auto* plan = std::get_if<Plan>(&planning);
    if (plan == nullptr || !exact.bound) return;
    plan->outcome->bound =
        as_bound_of(plan->outcome->objective, policy_, tighter(policy_, plan->outcome->bound, *exact.bound));
  }

  /// Who is told of the search is told of the best plan so far, too.
  [[nodiscard]] Effort effort_beside(const std::optional<Planning>& so_far) const {
    Effort effort = effort_;
    const auto* plan = so_far ? std::get_if<Plan>(&*so_far) : nullptr;
    if (!effort.report || plan == nullptr) return effort;
    effort.report = [tell = effort_.report, figures = plan->outcome->objective](Progress progress) {
      progress.plan = figures;
      tell(progress);
    };
    return effort;
  }

  static bool is_proved(const Plan& plan) { return plan.outcome->status == PlanStatus::optimal; }

  static bool is_proved(const Planning& planning) {
    const auto* plan = std::get_if<Plan>(&planning);
    return plan == nullptr ? std::holds_alternative<Infeasible>(planning) : is_proved(*plan);
  }

  /// One in which a vanguard goes first, or hands over.
  std::optional<Plan> with_vanguard(const Changes& changes) {
    if (changes.size() > most_changes_with_vanguard || paths_.size() > most_paths_with_vanguard) return std::nullopt;
    Problem problem(organisation_, policy_, changes, Problem::Herds::apart);
    auto steps = vanguard_first(problem);
    if (!steps) steps = ring_first(problem);
    auto plan = steps ? recorded_plan(problem, with_nearest_sources(problem, std::move(*steps))) : best_relay(problem);
    if (plan) judge(*plan);
    return plan;
  }

  void judge(Plan& plan) const {
    plan.goal = policy_.goal;
    plan.outcome = outcome_of(organisation_, policy_, plan);
  }

  /// The best one of which every order is safe.
  std::optional<Plan> best_relay(Problem& problem) {
    const auto all = relays(problem);
    std::vector<std::pair<std::vector<std::int64_t>, std::size_t>> by_cost;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto measures = measured(organisation_, policy_, all[i]);
      if (measures) by_cost.emplace_back(cost_of(*measures, policy_), i);
    }
    std::sort(by_cost.begin(), by_cost.end());
    for (const auto& [cost, i] : by_cost) {
      if (auto plan = recorded_plan(problem, with_nearest_sources(problem, all[i]))) return plan;
    }
    return std::nullopt;
  }

  /// The one that goes over without copies. Where paths may break: also those that break none, and one in which every
  /// server changes whenever it can.
  std::vector<Plan> other_plans(const Changes& changes, const Relations& relations) {
    std::vector<Plan> plans;
    if (!policy_.copies && policy_.event46 == Event46::never) return plans;
    if (auto plan = change_over_plan(organisation_, policy_, changes)) plans.push_back(std::move(*plan));
    if (policy_.event46 == Event46::never) return plans;
    Policy strict = policy_;
    strict.event46 = Event46::never;
    ExactAnswer exact = search_all_plans(organisation_, strict, changes, quiet(effort_));
    if (exact.plan) plans.push_back(std::move(*exact.plan));
    if (!relations.not_found.empty()) return plans;
    Draft draft = make_draft(organisation_, policy_, changes, for_the_end(relations, changes), {});
    if (!is_within_copies(draft)) return plans;
    auto finished = finish(std::move(draft));
    if (auto* plan = std::get_if<Plan>(&finished)) plans.push_back(std::move(*plan));
    return plans;
  }

  [[nodiscard]] bool is_within_copies(const Draft& draft) const {
    return !policy_.copies || std::cmp_less_equal(count_copies(draft), *policy_.copies);
  }

  Planning better(Plan found, Planning constructed) {
    judge(found);
    const auto* plan = std::get_if<Plan>(&constructed);
    if (plan != nullptr && cost_of(*plan, policy_) <= cost_of(found, policy_)) return constructed;
    return found;
  }

  Plan proved(Plan plan) {
    judge(plan);
    const auto& objective = plan.outcome->objective;
    const bool known = std::all_of(policy_.objective.begin(), policy_.objective.end(),
                                   [&](Measure measure) { return value(objective, measure).has_value(); });
    plan.outcome->bound = objective;
    plan.outcome->status = known ? PlanStatus::optimal : PlanStatus::feasible;
    return plan;
  }

  /// The plan, with or without mending today's faults first, whichever is better by the policy's objective.
  Planning best_of_both(const Changes& changes, const PhaseTable& phases, const Relations& relations) {
    auto plain = finish(make_draft(organisation_, policy_, changes, relations, {}));
    const auto folders = heal_first(organisation_, policy_, paths_, phases);
    if (folders.empty() || spoils_a_target(organisation_, paths_, phases, folders))
      return to_planning(std::move(plain));
    Draft healing = make_draft(organisation_, policy_, changes, relations, folders);
    if (!is_within_copies(healing)) return to_planning(std::move(plain));
    auto healed = finish(std::move(healing));
    return to_planning(is_better(healed, plain) ? std::move(healed) : std::move(plain));
  }

  std::variant<Plan, Obstacle> finish(Draft draft) {
    return finish_plan(organisation_, policy_, std::move(draft), paths_, effort_);
  }

  bool is_better(const std::variant<Plan, Obstacle>& a, const std::variant<Plan, Obstacle>& b) const {
    if (!std::holds_alternative<Plan>(a)) return false;
    if (!std::holds_alternative<Plan>(b)) return true;
    return cost_of(std::get<Plan>(a), policy_) < cost_of(std::get<Plan>(b), policy_);
  }

  const Organisation& organisation_;
  const Policy& policy_;
  const Effort& effort_;
  std::vector<ProxyPath> paths_;
};

}  // namespace

Planning make_plan(const Organisation& organisation, const Policy& policy, const Effort& effort) {
  if (auto missing = missing_fronts(organisation)) return FactsMissing{{std::move(*missing)}};
  Planning planning = Planner(organisation, policy, effort).run();
  if (auto* plan = std::get_if<Plan>(&planning)) remark_on_capacity(organisation, *plan);
  return planning;
}

}  // namespace casplan::planner
