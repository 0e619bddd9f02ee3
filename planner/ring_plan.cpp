#include "planner/ring_plan.h"

#include <algorithm>
#include <utility>

#include "planner/loads.h"
#include "planner/ring_of_fronts.h"
#include "planner/server_changes.h"

namespace casplan::planner {
namespace {

class Scheduler {
 public:
  Scheduler(Problem& problem, RingOfFronts ring) : problem_(problem), ring_(std::move(ring)) {}

  std::vector<TimedStep> run() {
    give_all_folders();
    const RingOrder order = best_ring_order(ring_.ring);
    const auto out = outages(ring_.ring, order);
    for (const std::size_t place : order.fronts) add_front(place, out[place]);
    for (const ServerId target : ring_.targets) work_on(change_of(problem_, *problem_.worked_with(target)));
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const TimedStep& a, const TimedStep& b) { return a.schedule.start < b.schedule.start; });
    return std::move(steps_);
  }

 private:
  /// A front needs those of the targets that it meets unchanged, but not those of other fronts: they are out.
  void give_all_folders() {
    const auto is_no_front = [&](std::size_t worked) {
      const ServerId server = problem_.worked[worked].members.front();
      return std::find(ring_.fronts.begin(), ring_.fronts.end(), server) == ring_.fronts.end();
    };
    for (std::size_t i = 0; i < ring_.fronts.size(); ++i) {
      changes_.push_back(change_of(problem_, *problem_.worked_with(ring_.fronts[i])));
      changes_.back().is_drained = true;
      give_folders(problem_, changes_.back(), is_no_front);
      const ChangeLengths lengths = lengths_of(problem_.policy, changes_.back());
      ring_.ring.fronts[i].minutes = lengths.crewed.count();
      ring_.ring.fronts[i].loading = lengths.loading.count();
    }
  }

  void add(const Step& step, Moment start, Minutes length) { steps_.push_back({step, {start, start + length}}); }

  /// The upgrade and the copies, as soon as the crew is free.
  void work_on(const Change& change) {
    add(change.upgrade, crew_free_, change.upgrade_length);
    crew_free_ += change.upgrade_length;
    for (const OwaVersion& folder : change.folders) {
      const Minutes length = problem_.policy.durations.ensure_folder;
      add({StepKind::ensure_folder, change.server, std::nullopt, folder, {}}, crew_free_, length);
      crew_free_ += length;
    }
  }

  void add_front(std::size_t place, const Outage& outage) {
    const Change& change = changes_[place];
    const Durations& durations = problem_.policy.durations;
    const auto step = [&](StepKind kind) { return Step{kind, change.server, std::nullopt, std::nullopt, {}}; };
    add(step(StepKind::drain), begin_ + Minutes(outage.from) - durations.drain, durations.drain);
    work_on(change);
    const Minutes loading = lengths_of(problem_.policy, change).loading;
    if (loading > Minutes(0)) add(step(StepKind::recycle), crew_free_, loading);
    const Minutes back = durations.return_to_service;
    add(step(StepKind::return_to_service), begin_ + Minutes(outage.to) - back, back);
  }

  Problem& problem_;
  RingOfFronts ring_;
  std::vector<Change> changes_;  // of the fronts
  Moment begin_ = problem_.policy.start + problem_.policy.durations.drain;  // of the crew's work
  Moment crew_free_ = begin_;
  std::vector<TimedStep> steps_;
};

}  // namespace

std::optional<std::vector<TimedStep>> ring_first(Problem& problem) {
  const bool is_simple = are_single_upgrades(problem) && problem.ailing_paths == 0 &&
                         problem.policy.min_in_service == MinInService{} && knows_users(problem.organisation);
  if (!is_simple) return std::nullopt;
  Changes changes;
  for (const Worked& worked : problem.worked) {
    if (!worked.hops.empty()) changes[worked.members.front()] = worked.hops;
  }
  auto ring = ring_of_fronts(problem.organisation, problem.policy, changes);
  if (!ring) return std::nullopt;
  auto steps = Scheduler(problem, std::move(*ring)).run();
  if (!is_allowed(problem.policy, steps) || !name_sources(problem, steps)) return std::nullopt;
  return steps;
}

}  // namespace casplan::planner
