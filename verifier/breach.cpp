#include "verifier/breach.h"

#include <algorithm>
#include <map>
#include <utility>

#include "model/calendar.h"
#include "model/time_text.h"
#include "simulator/service_course.h"

namespace casplan::verifier {
namespace {

class Search {
 public:
  Search(const Organisation& organisation, const Policy& policy, const Plan& plan,
         const simulator::ServiceCourse& course)
      : organisation_(organisation), policy_(policy), plan_(plan), course_(course), order_(order_of_schedule(plan)) {}

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
  [[nodiscard]] const Schedule& schedule(StepIndex step) const { return *planned(step).schedule; }

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
    std::vector<Moment> starts;
    std::vector<Moment> ends;
    for (const StepIndex index : order_) {
      if (!needs_crew(planned(index).step.kind)) continue;
      starts.push_back(schedule(index).start);
      ends.push_back(schedule(index).end);
    }
    std::sort(ends.begin(), ends.end());
    const auto until = [](const std::vector<Moment>& sorted, Moment now) {
      return static_cast<int>(std::upper_bound(sorted.begin(), sorted.end(), now) - sorted.begin());
    };
    Breach most{BreachKind::too_few_crews};
    for (const StepIndex index : order_) {
      if (!needs_crew(planned(index).step.kind)) continue;
      const auto& [start, end] = schedule(index);
      const int busy = until(starts, start) - until(ends, start) + (start == end ? 1 : 0);
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
      const int fewest = course_.fewest[i];
      if (fewest >= policy_.min_in_service.at(site) || fewest == course_.at_first[i]) continue;
      Breach breach{BreachKind::too_few_in_service};
      breach.site = site;
      breach.count = fewest;
      found_.push_back(breach);
    }
  }

  void find_order() {
    struct Upgrades {
      StepIndex first;
      Moment finished;
    };
    std::map<ServerId, Upgrades> upgrades;
    for (const StepIndex index : order_) {
      const Step& step = planned(index).step;
      if (step.kind != StepKind::upgrade) continue;
      upgrades.try_emplace(step.server, Upgrades{index, {}}).first->second.finished = schedule(index).end;
    }
    for (const auto& [first, second] : policy_.before) {
      const auto earlier = upgrades.find(first);
      const auto later = upgrades.find(second);
      if (earlier == upgrades.end() || later == upgrades.end()) continue;
      if (schedule(later->second.first).start >= earlier->second.finished) continue;
      Breach breach{BreachKind::wrong_order, later->second.first};
      breach.server = first;
      found_.push_back(breach);
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
    for (std::size_t i = 0; i < organisation_.servers.size(); ++i) {
      const auto server = id_at<ServerId>(i);
      const auto wanted = wanted_build(organisation_, policy_, server);
      const auto& build = at(course_.at_the_end.servers, server).build;
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
  const simulator::ServiceCourse& course_;
  std::vector<StepIndex> order_;
  std::vector<Breach> found_;
};

std::string what_is_broken(const Breach& breach, const Organisation& organisation, const Policy& policy,
                           const Plan& plan) {
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
             " Client Access " + (breach.count == 1 ? "server" : "servers") +
             " in service on the way, at the planned times, and must keep " +
             std::to_string(policy.min_in_service.at(*breach.site)) + ".";
    case BreachKind::wrong_order:
      return "Step " + id + " upgrades " + worked_on + " before " + server(*breach.server) +
             " is finished, at the planned times.";
    case BreachKind::too_late:
      return "Step " + id + " ends after " + utc_text(*policy.latest_end) + ", when all work must have ended.";
    case BreachKind::not_at_target: break;
  }
  const auto wanted = wanted_build(organisation, policy, *breach.server);
  return server(*breach.server) + " has build " + to_string(*breach.build) + " in the end, and not " +
         to_string(*wanted) + ".";
}

}  // namespace

std::vector<Breach> breaches(const Organisation& organisation, const Policy& policy, const Plan& plan) {
  const auto course = simulator::service_course(organisation, plan, first_of(policy.readings));
  return course ? Search(organisation, policy, plan, *course).run() : std::vector<Breach>{};
}

std::string sentence(const Breach& breach, const Organisation& organisation, const Policy& policy, const Plan& plan) {
  return "Against the policy: " + what_is_broken(breach, organisation, policy, plan);
}

}  // namespace casplan::verifier
