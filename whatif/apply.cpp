#include "whatif/apply.h"

#include <algorithm>
#include <set>
#include <utility>

#include "documents/policy_targets.h"
#include "model/overloaded.h"
#include "whatif/contradictions.h"
#include "whatif/make_change.h"
#include "whatif/reorder.h"
#include "whatif/windows.h"

namespace casplan::whatif {
namespace {

/// The places for which windows are named lose those that they have.
void make_way_for_windows(Situation& now, const std::vector<Stated>& changes) {
  for (const Stated& stated : changes) {
    if (const auto* window = std::get_if<OpenWindow>(&stated.change)) {
      drop_windows(*now.policy, now.organisation, window->where);
    }
  }
}

/// In which order changes are made.
enum class Sort { longer_window, fact_or_wish, order };

/// Empty for a step that fails: it changes nothing before the work has begun.
std::optional<Sort> sort_of(const Change& change) {
  return std::visit(Overloaded{[](const LengthenWindow&) { return std::optional(Sort::longer_window); },
                               [](const MoveStep&) { return std::optional(Sort::order); },
                               [](const SwapSteps&) { return std::optional(Sort::order); },
                               [](const FailStep&) { return std::optional<Sort>(); },
                               [](const auto&) { return std::optional(Sort::fact_or_wish); }},
                    change);
}

Fault changes_nothing(const std::string& place) {
  return {place, "a change that changes nothing, because it is so already", "a change of what is so now", std::nullopt};
}

std::optional<Fault> make_one(const Stated& stated, Situation& now) {
  const Situation before = now;
  const Making misfit = std::visit(
      Overloaded{[](const FailStep&) { return Making(); }, [&](const auto& change) { return make(change, now); }},
      stated.change);
  if (misfit) return Fault{stated.place, misfit->found, misfit->expected, std::nullopt};
  return now == before ? std::optional(changes_nothing(stated.place)) : std::nullopt;
}

void make_all(Sort sort, Situation& now, const std::vector<Stated>& changes, Diagnostics& faults) {
  for (const Stated& stated : changes) {
    if (sort_of(stated.change) != sort) continue;
    if (auto fault = make_one(stated, now)) faults.push_back(std::move(*fault));
  }
}

/// Windows are taken away before others are opened, so only in the end it is seen that they are the same.
void find_same_windows(const Situation& given, const Situation& now, const std::vector<Stated>& changes,
                       Diagnostics& faults) {
  for (const Stated& stated : changes) {
    const auto* window = std::get_if<OpenWindow>(&stated.change);
    if (window == nullptr) continue;
    if (!have_same_windows(*given.policy, *now.policy, now.organisation, window->where)) continue;
    faults.push_back(changes_nothing(stated.place));
  }
}

/// What the policy then wants of the servers that a change is about, where it cannot be had.
std::optional<Fault> impossible_target(const Change& change, const Situation& now) {
  if (const auto* target = std::get_if<SetTarget>(&change)) {
    return target->server ? documents::fault_of_own_target(now.organisation, *now.policy, *target->server)
                          : documents::fault_of_general_target(now.organisation, *now.policy);
  }
  const auto* unfrozen = std::get_if<Unfreeze>(&change);
  if (unfrozen == nullptr) return std::nullopt;
  if (now.policy->targets.contains(unfrozen->server)) {
    return documents::fault_of_own_target(now.organisation, *now.policy, unfrozen->server);
  }
  const auto above = servers_above_target(now.organisation, *now.policy);
  if (std::find(above.begin(), above.end(), unfrozen->server) == above.end()) return std::nullopt;
  return documents::fault_of_general_target(now.organisation, *now.policy);
}

/// Looked for in the end, because a server may be unfrozen before it gets another target.
void find_impossible_targets(const Situation& now, const std::vector<Stated>& changes, Diagnostics& faults) {
  for (const Stated& stated : changes) {
    auto fault = impossible_target(stated.change, now);
    if (!fault) continue;
    fault->place = stated.place;
    faults.push_back(std::move(*fault));
  }
}

/// The steps of a server that are needless once it is not upgraded: the upgrades, and where nothing is copied to it,
/// all.
std::set<StepIndex> needless_steps(const Plan& plan, ServerId frozen) {
  std::set<StepIndex> upgrades;
  std::set<StepIndex> all;
  bool copies = false;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i].step;
    if (step.server != frozen) continue;
    all.insert(id_at<StepIndex>(i));
    if (step.kind == StepKind::upgrade) upgrades.insert(id_at<StepIndex>(i));
    copies = copies || step.kind == StepKind::ensure_folder;
  }
  return upgrades.empty() || copies ? upgrades : all;
}

std::set<StepIndex> drains_of(const Plan& plan, ServerId server) {
  std::set<StepIndex> drains;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i].step;
    if (step.server == server && step.kind == StepKind::drain) drains.insert(id_at<StepIndex>(i));
  }
  return drains;
}

/// Servers that are frozen now are not upgraded, and one that is out already is not drained.
void leave_out_needless_steps(Situation& now, const std::vector<Stated>& changes) {
  std::set<StepIndex> gone;
  for (const Stated& stated : changes) {
    if (const auto* freeze = std::get_if<Freeze>(&stated.change)) gone.merge(needless_steps(*now.plan, freeze->server));
    const auto* service = std::get_if<SetService>(&stated.change);
    if (service == nullptr || service->service == ServiceFact::in_service) continue;
    gone.merge(drains_of(*now.plan, service->server));
  }
  if (!gone.empty()) now.plan = without(*now.plan, gone);
}

std::optional<StepIndex> find_step(const Plan& plan, const std::string& id) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (plan.steps[i].id == id) return id_at<StepIndex>(i);
  }
  return std::nullopt;
}

/// Finds the step that fails in the plan as it is now.
std::optional<Fault> find_failed(const Situation& situation, const std::vector<Stated>& changes, Changed& changed) {
  for (const Stated& stated : changes) {
    const auto* fails = std::get_if<FailStep>(&stated.change);
    if (fails == nullptr) continue;
    const std::string& id = at(situation.plan->steps, fails->step).id;
    changed.failed = find_step(*changed.situation.plan, id);
    if (changed.failed) continue;
    return Fault{stated.place, "step " + id + ", which is left out because of another change",
                 "a step that is carried out", std::nullopt};
  }
  return std::nullopt;
}

}  // namespace

Result<Changed> apply_changes(const Situation& situation, const std::vector<Stated>& changes) {
  Diagnostics faults = contradictions(situation, changes);
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  Changed changed{situation};
  Situation& now = changed.situation;
  make_all(Sort::longer_window, now, changes, faults);
  make_way_for_windows(now, changes);
  make_all(Sort::fact_or_wish, now, changes, faults);
  find_same_windows(situation, now, changes, faults);
  if (faults.empty()) find_impossible_targets(now, changes, faults);
  const bool asks_for_order = std::any_of(changes.begin(), changes.end(),
                                          [](const Stated& stated) { return sort_of(stated.change) == Sort::order; });
  if (asks_for_order) changed.policy_without_order = now.policy;
  make_all(Sort::order, now, changes, faults);
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  if (now.plan) leave_out_needless_steps(now, changes);
  if (auto fault = find_failed(situation, changes, changed)) return tl::unexpected(Diagnostics{std::move(*fault)});
  return changed;
}

}  // namespace casplan::whatif
