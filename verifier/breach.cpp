#include "verifier/breach.h"

#include <algorithm>
#include <utility>

#include "model/calendar.h"
#include "model/time_text.h"

namespace casplan::verifier {
namespace {

class Search {
 public:
  Search(const Organisation& organisation, const Policy& policy, const Plan& plan, const simulator::Trace& trace)
      : organisation_(organisation), policy_(policy), plan_(plan), trace_(trace), order_(order_of_schedule(plan)) {}

  std::vector<Breach> run() {
    find_frozen();
    find_outside_windows();
    find_copies();
    find_crews();
    find_in_service();
    find_order();
    find_end();
    find_targets();
    return std::move(found_);
  }

 private:
  [[nodiscard]] const PlannedStep& planned(StepIndex step) const { return at(plan_.steps, step); }
  [[nodiscard]] bool needs_crew(StepIndex step) const {
    const StepKind kind = planned(step).step.kind;
    return kind == StepKind::upgrade || kind == StepKind::ensure_folder;
  }

  void find_frozen() {
    for (const StepIndex index : order_) {
      const Step& step = planned(index).step;
      if (step.kind != StepKind::upgrade || !policy_.frozen.contains(step.server)) continue;
      found_.push_back({BreachKind::frozen_server, index});
    }
  }

  void find_outside_windows() {
    if (policy_.windows.empty()) return;
    const Calendars calendars(organisation_, policy_);
    for (const StepIndex index : order_) {
      const auto& [start, end] = *planned(index).schedule;
      if (!calendars.of(planned(index).step.server).is_open(start, end)) {
        found_.push_back({BreachKind::outside_windows, index});
      }
    }
  }

  void find_copies() {
    if (!policy_.copies) return;
    const auto is_copy = [&](StepIndex step) { return planned(step).step.kind == StepKind::ensure_folder; };
    const auto copies = static_cast<int>(std::count_if(order_.begin(), order_.end(), is_copy));
    if (copies <= *policy_.copies) return;
    Breach breach{BreachKind::too_many_copies, *std::find_if(order_.begin(), order_.end(), is_copy)};
    breach.count = copies;
    found_.push_back(breach);
  }

  /// Most go on at a time when one of them begins.
  void find_crews() {
    Breach most{BreachKind::too_few_crews};
    for (const StepIndex index : order_) {
      if (!needs_crew(index)) continue;
      const Moment now = planned(index).schedule->start;
      const auto busy = static_cast<int>(std::count_if(order_.begin(), order_.end(), [&](StepIndex other) {
        const auto& [start, end] = *planned(other).schedule;
        return needs_crew(other) && start <= now && (now < end || other == index);
      }));
      if (busy <= most.count) continue;
      most.count = busy;
      most.step = index;
    }
    if (most.count > policy_.crews) found_.push_back(most);
  }

  /// A site that had too few when the work began, and loses none, is not the plan's fault.
  void find_in_service() {
    for (std::size_t i = 0; i < organisation_.sites.size(); ++i) {
      const auto site = id_at<SiteId>(i);
      const auto servers = client_access_servers(organisation_, site);
      const auto serving = [&](const State& state) {
        return static_cast<int>(std::count_if(servers.begin(), servers.end(), [&](ServerId server) {
          return at(state.servers, server).is_in_service();
        }));
      };
      const int at_first = serving(initial_state(organisation_));
      int fewest = at_first;
      for (const auto& state : trace_.states) fewest = std::min(fewest, serving(state.state));
      if (fewest >= policy_.min_in_service.at(site) || fewest == at_first) continue;
      Breach breach{BreachKind::too_few_in_service};
      breach.site = site;
      breach.count = fewest;
      found_.push_back(breach);
    }
  }

  void find_order() {
    for (const auto& [first, second] : policy_.before) {
      Moment finished = Moment::min();
      for (const StepIndex index : order_) {
        const PlannedStep& step = planned(index);
        if (step.step.server == first && step.step.kind == StepKind::upgrade) finished = step.schedule->end;
      }
      for (const StepIndex index : order_) {
        const PlannedStep& step = planned(index);
        if (step.step.server != second || step.step.kind != StepKind::upgrade || step.schedule->start >= finished)
          continue;
        Breach breach{BreachKind::wrong_order, index};
        breach.server = first;
        found_.push_back(breach);
        break;
      }
    }
  }

  void find_end() {
    if (!policy_.latest_end) return;
    for (const StepIndex index : order_) {
      if (planned(index).schedule->end <= *policy_.latest_end) continue;
      found_.push_back({BreachKind::too_late, index});
      return;
    }
  }

  void find_targets() {
    if (policy_.goal != Goal::upgrade) return;
    const State& end = trace_.states.back().state;
    for (std::size_t i = 0; i < organisation_.servers.size(); ++i) {
      const auto server = id_at<ServerId>(i);
      const auto wanted = wanted_build(organisation_, policy_, server);
      const auto& build = at(end.servers, server).build;
      if (!wanted || !build || *build == *wanted || policy_.frozen.contains(server)) continue;
      Breach breach{BreachKind::not_at_target};
      breach.server = server;
      breach.build = build;
      found_.push_back(breach);
    }
  }

  const Organisation& organisation_;
  const Policy& policy_;
  const Plan& plan_;
  const simulator::Trace& trace_;
  std::vector<StepIndex> order_;
  std::vector<Breach> found_;
};

}  // namespace

std::vector<Breach> breaches(const Organisation& organisation, const Policy& policy, const Plan& plan,
                             const simulator::Trace& trace) {
  return Search(organisation, policy, plan, trace).run();
}

std::string sentence(const Breach& breach, const Organisation& organisation, const Policy& policy, const Plan& plan) {
  const auto server = [&](ServerId id) { return at(organisation.servers, id).name; };
  const std::string id = breach.step ? at(plan.steps, *breach.step).id : "";
  const std::string worked_on = breach.step ? server(at(plan.steps, *breach.step).step.server) : "";
  const std::string count = std::to_string(breach.count);
  switch (breach.kind) {
    case BreachKind::frozen_server: return "Step " + id + " upgrades " + worked_on + ", which is frozen.";
    case BreachKind::outside_windows: return "Step " + id + " works on " + worked_on + " outside its windows.";
    case BreachKind::too_many_copies:
      return "The plan copies " + count + (breach.count == 1 ? " folder" : " folders") + ", and " +
             (*policy.copies == 0 ? "none" : std::to_string(*policy.copies)) + " may be copied.";
    case BreachKind::too_few_crews:
      return "At step " + id + ", " + count + " upgrades and copies go on at a time, and there " +
             (policy.crews == 1 ? "is 1 crew." : "are " + std::to_string(policy.crews) + " crews.");
    case BreachKind::too_few_in_service:
      return at(organisation.sites, *breach.site).name + " has " + (breach.count == 0 ? "no" : "only " + count) +
             " Client Access " + (breach.count == 1 ? "server" : "servers") + " in service on the way, and must keep " +
             std::to_string(policy.min_in_service.at(*breach.site)) + ".";
    case BreachKind::wrong_order:
      return "Step " + id + " upgrades " + worked_on + " before " + server(*breach.server) + " is finished.";
    case BreachKind::too_late:
      return "Step " + id + " ends after " + utc_text(*policy.latest_end) + ", when all work must have ended.";
    case BreachKind::not_at_target: break;
  }
  const auto wanted = wanted_build(organisation, policy, *breach.server);
  return server(*breach.server) + " has build " + to_string(*breach.build) + " in the end, and not " +
         to_string(*wanted) + ".";
}

}  // namespace casplan::verifier
