#include "whatif/apply.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "whatif/make_change.h"
#include "whatif/places.h"
#include "whatif/reorder.h"
#include "whatif/subjects.h"

namespace casplan::whatif {
namespace {

Diagnostics contradictions(const Situation& situation, const std::vector<Stated>& changes) {
  Diagnostics faults;
  std::map<std::string, std::string> settled;  // by what: the place of the change that settles it
  for (const Stated& stated : changes) {
    std::set<std::string> clashing;
    for (const std::string& subject : subjects_of(stated.change, situation)) {
      const auto [first, is_new] = settled.emplace(subject, stated.place);
      if (is_new || !clashing.insert(first->second).second) continue;
      faults.push_back({stated.place, "a change that settles " + subject + ", as " + first->second + " does",
                        "changes that do not contradict each other: leave one of the two out", std::nullopt});
    }
  }
  return faults;
}

/// The places for which windows are named lose those that they have.
void make_way_for_windows(Situation& now, const std::vector<Stated>& changes) {
  for (const Stated& stated : changes) {
    if (const auto* window = std::get_if<OpenWindow>(&stated.change)) {
      drop_windows(*now.policy, now.organisation, window->where);
    }
  }
}

bool is_about_order(const Change& change) {
  return std::holds_alternative<MoveStep>(change) || std::holds_alternative<SwapSteps>(change);
}

/// Makes the changes of one sort; a step that fails changes nothing before the work has begun.
Diagnostics make_all(Situation& now, const std::vector<Stated>& changes, bool (*is_of_sort)(const Change&)) {
  Diagnostics faults;
  for (const Stated& stated : changes) {
    if (!is_of_sort(stated.change)) continue;
    const Making misfit = std::visit(Overloaded{[](const FailStep&) { return Making(); },
                                                [&](const auto& change) { return make(change, now); }},
                                     stated.change);
    if (misfit) faults.push_back({stated.place, misfit->found, misfit->expected, std::nullopt});
  }
  return faults;
}

/// The steps of a server that are needless once it is not upgraded: the upgrades, and where nothing is copied to it, all.
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

Result<Changed> apply(const Situation& situation, const std::vector<Stated>& changes) {
  Diagnostics faults = contradictions(situation, changes);
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  Changed changed{situation, std::nullopt};
  Situation& now = changed.situation;
  make_way_for_windows(now, changes);
  for (auto* is_of_sort : {+[](const Change& change) { return !is_about_order(change); }, &is_about_order}) {
    for (Fault& fault : make_all(now, changes, is_of_sort)) faults.push_back(std::move(fault));
  }
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  if (now.plan) leave_out_needless_steps(now, changes);
  if (auto fault = find_failed(situation, changes, changed)) return tl::unexpected(Diagnostics{std::move(*fault)});
  return changed;
}

}  // namespace casplan::whatif
