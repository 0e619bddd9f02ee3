#include "planner/ring_plan.h"

#include <algorithm>
#include <utility>

#include "planner/loads.h"
#include "planner/ring_of_fronts.h"
#include "planner/server_work.h"

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
    for (const ServerId target : ring_.targets) work_on(work_of(problem_, *problem_.worked_with(target)));
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
      works_.push_back(work_of(problem_, *problem_.worked_with(ring_.fronts[i])));
      works_.back().is_drained = true;
      give_folders(problem_, works_.back(), is_no_front);
      const WorkLengths lengths = work_lengths(problem_.policy, works_.back());
      ring_.ring.fronts[i].minutes = lengths.crewed.count();
      ring_.ring.fronts[i].loading = lengths.loading.count();
    }
  }

  void add(StepKind kind, const ServerWork& work, Moment start, Minutes length) {
    add_step(steps_, kind, work, {start, start + length});
  }

  /// As soon as the crew is free.
  void work_on(const ServerWork& work) {
    add_work(steps_, problem_.policy, work, crew_free_);
    crew_free_ += work_lengths(problem_.policy, work).crewed;
  }

  void add_front(std::size_t place, const Outage& outage) {
    const ServerWork& work = works_[place];
    const WorkLengths lengths = work_lengths(problem_.policy, work);
    add(StepKind::drain, work, begin_ + Minutes(outage.from) - lengths.drain, lengths.drain);
    work_on(work);
    add(StepKind::return_to_service, work, begin_ + Minutes(outage.to) - lengths.coming_back, lengths.coming_back);
  }

  Problem& problem_;
  RingOfFronts ring_;
  std::vector<ServerWork> works_;                                           // of the fronts
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
  if (!keeps_limits(problem.policy, steps) || !name_sources(problem, steps)) return std::nullopt;
  return steps;
}

}  // namespace casplan::planner
