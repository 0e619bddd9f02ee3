#include "planner/consequences.h"

#include <algorithm>
#include <map>
#include <set>

namespace casplan::planner {
namespace {

using Order = std::vector<StepIndex>;

bool fails(const Judgement& judgement) {
  return judgement.verdict == Verdict::event46 || judgement.verdict == Verdict::fault;
}

/// What some paths come to while steps are carried out one after the other.
class Course {
 public:
  Course(const Organisation& organisation, const Plan& plan, const std::vector<ProxyPath>& paths,
         const Readings& readings)
      : plan_(plan), paths_(paths), readings_(readings), state_(initial_state(organisation)), failing_(paths.size()) {
    for (const Server& server : organisation.servers) routing_.push_back(routing_facts(server));
    paths_at_.resize(organisation.servers.size());
    for (std::size_t i = 0; i < paths.size(); ++i) {
      at(paths_at_, paths[i].front).push_back(i);
      at(paths_at_, paths[i].target).push_back(i);
      failing_[i] = judged(i);
    }
  }

  void run(const Order& order) {
    for (const StepIndex index : order) {
      const Step& step = at(plan_.steps, index).step;
      if (const auto refusal = simulator::begin(state_, step)) {
        refused_.push_back({index, *refusal, at(state_.servers, step.server)});
        continue;
      }
      judge_at(step.server);
      simulator::finish(state_, step, readings_);
      judge_at(step.server);
    }
  }

  /// The paths that came to fail, or fail in the end, as places in the list; with a judgement that says how.
  [[nodiscard]] std::map<std::size_t, Judgement> broken() const {
    std::map<std::size_t, Judgement> all = came_to_fail_;
    for (std::size_t i = 0; i < failing_.size(); ++i) {
      if (failing_[i]) all.emplace(i, *failing_[i]);
    }
    return all;
  }
  [[nodiscard]] const std::vector<FailingStep>& refused() const { return refused_; }

 private:
  [[nodiscard]] std::optional<Judgement> judged(std::size_t place) const {
    const ProxyPath& path = paths_[place];
    const Judgement judgement = judge(at(routing_, path.front), at(state_.servers, path.front),
                                      at(routing_, path.target), at(state_.servers, path.target), readings_);
    return fails(judgement) ? std::optional(judgement) : std::nullopt;
  }

  void judge_at(ServerId server) {
    for (const std::size_t place : at(paths_at_, server)) {
      const auto now = judged(place);
      if (now && !failing_[place]) came_to_fail_.emplace(place, *now);
      failing_[place] = now;
    }
  }

  const Plan& plan_;
  const std::vector<ProxyPath>& paths_;
  const Readings& readings_;
  State state_;
  std::vector<RoutingFacts> routing_;               // by server
  std::vector<std::vector<std::size_t>> paths_at_;  // by server
  std::vector<std::optional<Judgement>> failing_;   // by path
  std::map<std::size_t, Judgement> came_to_fail_;
  std::vector<FailingStep> refused_;
};

/// Everything that comes after a step, however indirectly, and the step itself; `order` respects the arrows.
std::vector<bool> from(StepIndex first, const Plan& plan, const Order& order) {
  std::vector<bool> reached(plan.steps.size());
  reached[first.value] = true;
  for (const StepIndex step : order) {
    const auto& after = at(plan.steps, step).after;
    if (std::any_of(after.begin(), after.end(), [&](const Arrow& arrow) { return reached[arrow.step.value]; })) {
      reached[step.value] = true;
    }
  }
  return reached;
}

}  // namespace

Alternatives::Alternatives(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed)
    : organisation_(organisation),
      plan_(plan),
      readings_(combinations(fixed)),
      paths_(proxy_paths(organisation)),
      order_(order_of_schedule(plan)) {}

Consequences Alternatives::without(StepIndex step) const {
  Order order = order_;
  std::erase(order, step);
  return compare(order, {at(plan_.steps, step).step.server});
}

Consequences Alternatives::before(StepIndex step, StepIndex other) const {
  const auto later = from(other, plan_, order_);
  const auto place = std::find(order_.begin(), order_.end(), step);
  Order order;
  std::copy_if(order_.begin(), place, std::back_inserter(order), [&](StepIndex s) { return !later[s.value]; });
  order.push_back(step);
  std::copy_if(order_.begin(), place, std::back_inserter(order), [&](StepIndex s) { return later[s.value]; });
  order.insert(order.end(), std::next(place), order_.end());
  return compare(order, {at(plan_.steps, step).step.server, at(plan_.steps, other).step.server});
}

std::vector<FailingStep> Alternatives::failing_steps(const Order& order, const Readings& readings) const {
  const std::vector<ProxyPath> none;
  Course course(organisation_, plan_, none, readings);
  course.run(order);
  return course.refused();
}

Consequences Alternatives::compare(const Order& order, const std::vector<ServerId>& changed) const {
  Consequences result;
  std::set<StepIndex> known;
  std::set<ServerId> servers(changed.begin(), changed.end());
  for (const Readings& readings : readings_) {
    for (const FailingStep& failing : failing_steps(order, readings)) {
      servers.insert(at(plan_.steps, failing.step).step.server);
      if (known.insert(failing.step).second) result.steps.push_back(failing);
    }
  }
  std::vector<ProxyPath> paths = paths_;
  std::erase_if(paths,
                [&](const ProxyPath& path) { return !servers.contains(path.front) && !servers.contains(path.target); });
  std::map<std::size_t, FailingPath> failing;
  for (const Readings& readings : readings_) {
    Course as_planned(organisation_, plan_, paths, readings);
    as_planned.run(order_);
    const auto without = as_planned.broken();
    Course otherwise(organisation_, plan_, paths, readings);
    otherwise.run(order);
    for (const auto& [place, judgement] : otherwise.broken()) {
      if (!without.contains(place)) failing.emplace(place, FailingPath{paths[place], judgement, readings});
    }
  }
  for (auto& [place, path] : failing) result.paths.push_back(path);
  return result;
}

}  // namespace casplan::planner
