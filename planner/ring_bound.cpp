#include "planner/ring_bound.h"

#include <algorithm>

#include "planner/unavailable_bound.h"

namespace casplan::planner {
namespace {

/// When the crew begins, and has worked on all fronts. Each is drained, because it waits for its copy.
struct CrewOnFronts {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

CrewOnFronts crew_on_fronts(const RingOfFronts& found, const Policy& policy) {
  const std::int64_t begin = policy.durations.drain.count();
  std::int64_t end = begin;
  for (const RingFront& front : found.ring.fronts) end += front.minutes;
  return {begin, end};
}

/// In hundredths. `minutes`: no plan is shorter.
Amount lag(const BoundFacts& facts, const RingOfFronts& found, std::int64_t minutes) {
  auto [begin, end] = crew_on_fronts(found, facts.policy);
  Amount sum = best_ring_order(found.ring).lag;
  for (const RingFront& front : found.ring.fronts) sum += static_cast<Amount>(front.users * percent * begin);
  for (const ServerId target : found.targets) {
    end += minutes_of(facts.organisation, facts.policy, target, facts.changes.at(target));
    const UserCount users = *at(facts.organisation.sites, *at(facts.organisation.servers, target).site).mailboxes;
    sum += static_cast<Amount>(users * percent) * static_cast<Amount>(end);
  }
  for (std::size_t i = 0; i < facts.cas_of.size(); ++i) {
    if (!facts.cas_of[i].empty()) continue;
    sum += static_cast<Amount>(*facts.organisation.sites[i].mailboxes * percent) * static_cast<Amount>(minutes);
  }
  return sum;
}

std::int64_t makespan(const BoundFacts& facts, const RingOfFronts& found) {
  std::int64_t sum = crew_on_fronts(found, facts.policy).end;
  for (const ServerId target : found.targets) {
    sum += minutes_of(facts.organisation, facts.policy, target, facts.changes.at(target));
  }
  return sum;
}

}  // namespace

Measures with_ring(const BoundFacts& facts, Measures bound) {
  const auto& objective = facts.policy.objective;
  const auto place = [&](Measure measure) { return std::find(objective.begin(), objective.end(), measure); };
  const auto unavailable = place(Measure::unavailable_user_minutes);
  const auto minutes = value(bound, Measure::makespan_minutes).value_or(0);
  const auto found = ring_that_counts(facts.organisation, facts.policy, facts.changes, minutes);
  if (!found) return bound;
  const auto raise = [&](Measure measure, std::int64_t least) {
    const bool is_told = unavailable < place(measure) && place(measure) != objective.end();
    if (is_told) value(bound, measure) = std::max(value(bound, measure).value_or(0), least);
  };
  raise(Measure::makespan_minutes, makespan(facts, *found));
  raise(Measure::feature_lag_user_minutes, to_measure(lag(facts, *found, minutes)));
  return bound;
}

}  // namespace casplan::planner
