#include "planner/search/crew_remaining.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace casplan::planner {
namespace {

/// More of a wait is not counted.
constexpr Minute longest_lag = 200'000;

bool users_come_before(const Policy& policy, Measure other) {
  const auto& objective = policy.objective;
  const auto users = std::find(objective.begin(), objective.end(), Measure::unavailable_user_minutes);
  return users < std::find(objective.begin(), objective.end(), other);
}

}  // namespace

CrewRemaining::CrewRemaining(Problem& problem, Rates& rates)
    : problem_(problem),
      rates_(rates),
      order_(problem.policy),
      served_(problem, rates.parts_of_a_user()),
      prospects_(problem),
      outages_(problem, prospects_, served_),
      users_come_before_lag_(users_come_before(problem.policy, Measure::feature_lag_user_minutes)),
      users_come_before_copies_(users_come_before(problem.policy, Measure::copies)) {}

bool CrewRemaining::is_too_late(Minute end) const {
  const auto& latest = problem_.policy.latest_end;
  return latest && problem_.policy.start + Minutes(end) > *latest;
}

std::optional<Cost> CrewRemaining::at_least(const Situation& situation) {
  Cost cost{};
  View view;
  prospects_.let_lie_earlier(situation.slack);
  view.crews = prospects_.crews(situation);
  const Minute end = earliest_end(situation, view);
  if (end >= never || is_too_late(end - situation.slack)) return std::nullopt;
  if (!situation.is_begun) return cost;
  order_.of(cost, Measure::makespan_minutes) = end - situation.minute;
  if (!served_.are_known) return cost;
  view.outages = outages_.after(situation, view.crews);
  look_at_fronts(situation, view);
  look_at_releases(view);
  order_.of(cost, Measure::unavailable_user_minutes) = view.outages.users;
  order_.of(cost, Measure::feature_lag_user_minutes) = lag(situation, view);
  if (users_come_before_copies_) {
    order_.of(cost, Measure::copies) = std::count(view.copies.begin(), view.copies.end(), true);
  }
  return cost;
}

void CrewRemaining::look_at_fronts(const Situation& situation, View& view) {
  view.back.assign(served_.entries.size(), situation.minute);
  view.copies.assign(served_.entries.size(), false);
  for (std::size_t e = 0; e < served_.entries.size(); ++e) {
    const auto& fronts = served_.entries[e].fronts;
    const bool is_served = std::any_of(fronts.begin(), fronts.end(), [&](std::size_t front) {
      return situation.slots[front].hops_done > 0 && !situation.slots[front].is_out;
    });
    if (!is_served && !fronts.empty()) look_at_entry(situation, e, view);
  }
}

/// No front of the entry point serves changed.
void CrewRemaining::look_at_entry(const Situation& situation, std::size_t e, View& view) {
  const ServedEntry& entry = served_.entries[e];
  const Minute crew_free = *std::min_element(view.crews.begin(), view.crews.end());
  Minute first = never;
  bool all_copy = true;
  for (const std::size_t front : entry.fronts) {
    const Slot& slot = situation.slots[front];
    const Minute changed = prospects_.changed(situation, front, crew_free);
    const bool is_out_then = slot.is_out || problem_.worked[front].must_be_drained;
    const Minute back = is_out_then ? prospects_.back(situation, front, changed, Prospects::Copying::none) : changed;
    const auto ways = prospects_.ways_back(situation, front, back);
    const bool may_copy = users_come_before_lag_ && slot.doing != Slot::Doing::return_to_service &&
                          problem_.worked[front].hops.size() == 1;
    const auto lacks_a_folder = [&](const Way& way) {
      return outages_.without_copy(situation, front, e, way, view.crews, view.outages.not_met) > 0;
    };
    const bool copies = may_copy && (entry.only ? static_cast<bool>(view.outages.only_copies[e])
                                                : std::all_of(ways.begin(), ways.end(), lacks_a_folder));
    const Minute copied = prospects_.back(situation, front, changed, Prospects::Copying::another);
    first = std::min(first, copies ? copied : ways.front().back);
    all_copy = all_copy && copies;
  }
  view.back[e] = first;
  view.copies[e] = all_copy && entry.is_apart;
}

/// Where an entry point has several fronts, nobody is without one until the first has changed, and none of the others
/// may meet a changed CAS.
void CrewRemaining::look_at_releases(View& view) const {
  view.released = view.outages.not_met;
  if (!users_come_before_lag_) return;
  for (std::size_t e = 0; e < served_.entries.size(); ++e) {
    const ServedEntry& entry = served_.entries[e];
    if (entry.only || !entry.is_seen) continue;
    for (std::size_t s = 0; s < served_.sites.size(); ++s) {
      const auto& guards = served_.sites[s].guards;
      const bool are_guards = std::all_of(entry.fronts.begin(), entry.fronts.end(), [&](std::size_t front) {
        return std::find(guards.begin(), guards.end(), front) != guards.end();
      });
      if (entry.waits[s] && are_guards) view.released[s] = std::max(view.released[s], view.back[e]);
    }
  }
}

/// Without the crews that copy as soon as the upgrade of an only front ends: a later copy leaves more users without
/// service.
std::vector<Minute> CrewRemaining::crews_for_sites(const Situation& situation, const View& view) const {
  std::vector<Minute> crews = view.crews;
  const Minute copying = problem_.policy.durations.ensure_folder.count();
  for (std::size_t e = 0; e < served_.entries.size(); ++e) {
    const ServedEntry& entry = served_.entries[e];
    if (!entry.only || !entry.is_seen || !view.copies[e] || prospects_.groups().may_lie_earlier()) continue;
    const Slot& slot = situation.slots[*entry.only];
    const Minute end = situation.minute + slot.left;
    if (slot.doing != Slot::Doing::upgrade || !slot.is_out) continue;
    if (prospects_.earliest(*entry.only, end, copying) != end) continue;
    const auto crew = std::find(crews.begin(), crews.end(), end);
    if (crew != crews.end()) *crew += copying;
  }
  return crews;
}

/// Whether the server comes back by a step of its own.
bool CrewRemaining::returns(const Situation& situation, std::size_t cas) const {
  const Worked& server = problem_.worked[cas];
  return server.ends_in_service && (situation.slots[cas].is_out || server.must_be_drained);
}

/// When a CAS serves changed, if nothing else is done.
Minute CrewRemaining::soonest(const Situation& situation, const View& view, std::size_t site, std::size_t cas) const {
  const Slot& slot = situation.slots[cas];
  const Minute now = situation.minute;
  const Minute length = prospects_.minutes_left(situation, cas);
  const bool has_begun = slot.doing == Slot::Doing::upgrade || length == 0;
  const bool comes_back = returns(situation, cas) && slot.doing != Slot::Doing::return_to_service;
  const Minute released = view.released[site];
  if (has_begun) {
    const bool is_out = slot.is_out && problem_.worked[cas].ends_in_service;
    const Minute back = is_out ? prospects_.back(situation, cas, now + length, Prospects::Copying::none) : now + length;
    if (!is_out || !comes_back) return back;
    const Minute returning = prospects_.returning();
    return std::max(back, prospects_.earliest(cas, released, returning) + returning);
  }
  if (comes_back) {
    const Minute end = prospects_.earliest(cas, prospects_.may_be_out(situation, cas), length) + length;
    const Minute returning = prospects_.returning();
    return prospects_.earliest(cas, std::max(end, released), returning) + returning;
  }
  const bool waits = users_come_before_lag_ && !slot.is_out;
  return prospects_.earliest(cas, waits ? released : now, length) + length;
}

/// Empty where some CAS of the site has begun to change, or need not, or they have different windows.
std::optional<CrewRemaining::Job> CrewRemaining::job_at(const Situation& situation, std::size_t s) const {
  Job job{s, 0, never, never, never};
  const OpenGroups& groups = prospects_.groups();
  for (const std::size_t cas : served_.sites[s].cas) {
    const Slot& slot = situation.slots[cas];
    const Minute length = prospects_.minutes_left(situation, cas);
    const bool has_begun = slot.doing == Slot::Doing::upgrade || length == 0;
    const bool is_alike = groups.of(cas) == groups.of(served_.sites[s].cas.front());
    if (has_begun || !is_alike || !problem_.worked[cas].ends_in_service) return std::nullopt;
    job.length = std::min(job.length, length);
    job.tail = std::min(job.tail, returns(situation, cas) ? prospects_.returning() : 0);
    job.out = std::min(job.out, prospects_.may_be_out(situation, cas));
  }
  return job;
}

std::int64_t CrewRemaining::lag(const Situation& situation, const View& view) {
  std::vector<std::vector<Job>> jobs(prospects_.groups().count());
  std::int64_t sum = 0;
  for (std::size_t s = 0; s < served_.sites.size(); ++s) {
    const auto& all = served_.sites[s].cas;
    const Parts lagging = rates_.at_situation(situation).lagging_by_site[s];
    if (all.empty() || lagging == 0) continue;
    if (auto job = job_at(situation, s)) {
      job->lagging = lagging;
      jobs[prospects_.groups().of(all.front())].push_back(*job);
      continue;
    }
    Minute first = never;
    for (const std::size_t cas : all) first = std::min(first, soonest(situation, view, s, cas));
    sum += lag_until(situation, view, s, first) + lag_beside(situation, s, first);
  }
  for (std::size_t g = 0; g < jobs.size(); ++g) sum += lag_of_jobs(situation, view, g, std::move(jobs[g]));
  return sum;
}

/// The k-th of these sites has a changed CAS no sooner than crews have upgraded k of them.
std::int64_t CrewRemaining::lag_of_jobs(const Situation& situation, const View& view, std::size_t group,
                                        std::vector<Job> jobs) {
  std::stable_sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) { return a.lagging > b.lagging; });
  Job least{0, 0, never, never, never};
  Minute released = never;
  for (const Job& job : jobs) {
    least.length = std::min(least.length, job.length);
    least.tail = std::min(least.tail, job.tail);
    least.out = std::min(least.out, job.out);
    released = std::min(released, view.released[job.site]);
  }
  // Who returns by a step of its own may wait for that; the others may be met as soon as they have changed.
  const bool may_wait = !users_come_before_lag_ || std::any_of(jobs.begin(), jobs.end(), [&](const Job& job) {
    const auto& all = served_.sites[job.site].cas;
    return std::any_of(all.begin(), all.end(), [&](std::size_t cas) { return returns(situation, cas); });
  });
  const Minute first = may_wait ? least.out : released;
  const OpenGroups& groups = prospects_.groups();
  CrewQueue queue(crews_for_sites(situation, view));
  std::int64_t sum = 0;
  for (const Job& job : jobs) {
    const Minute end = queue.next_end(least.length, [&](Minute from, Minute length) {
      return groups.earliest(group, std::max(from, first), length);
    });
    sum +=
        lag_until(situation, view, job.site, groups.earliest(group, std::max(end, released), least.tail) + least.tail);
  }
  return sum;
}

/// Those who lag at a site do so at least until this minute, and until a front has changed by which they come: first
/// those of whom that is soonest.
std::int64_t CrewRemaining::lag_until(const Situation& situation, const View& view, std::size_t s, Minute end) {
  const Minute now = situation.minute;
  std::vector<std::pair<Minute, Parts>> by_entry;
  for (std::size_t e = 0; e < served_.entries.size(); ++e) {
    const Minute front = served_.entries[e].waits[s] ? view.back[e] : now;
    by_entry.emplace_back(std::min(std::max(end, front) - now, longest_lag), served_.sites[s].by_entry[e]);
  }
  std::sort(by_entry.begin(), by_entry.end());
  Parts left = rates_.at_situation(situation).lagging_by_site[s];
  std::int64_t sum = 0;
  for (const auto& [minutes, users] : by_entry) {
    const Parts some = std::min(left, users);
    sum += some * minutes;
    left -= some;
  }
  return sum;
}

/// After the first CAS of a site serves changed, at `first`, as long as those that have not yet do so, too.
std::int64_t CrewRemaining::lag_beside(const Situation& situation, std::size_t s, Minute first) {
  const auto& all = served_.sites[s].cas;
  Minute out = never;
  std::int64_t unchanged = 0;
  for (const std::size_t cas : all) {
    const Slot& slot = situation.slots[cas];
    const Worked& server = problem_.worked[cas];
    if (!serves(slot) || slot.hops_done == server.hops.size()) continue;
    ++unchanged;
    out = std::min(out, server.must_be_drained ? prospects_.may_be_out(situation, cas) : situation.minute);
  }
  if (unchanged == 0 || out <= first) return 0;
  const Parts users = rates_.at_situation(situation).lagging_by_site[s] * std::min(out - first, longest_lag);
  // Where somebody serves changed already, those who lag are all sent to the others.
  return first <= situation.minute ? users : users * unchanged / static_cast<std::int64_t>(all.size());
}

Minute CrewRemaining::earliest_end(const Situation& situation, const View& view) const {
  const OpenGroups& groups = prospects_.groups();
  struct Work {
    std::size_t upgrades = 0;
    Minute shortest = never;
    Minute tail = never;
  };
  std::vector<Work> work(groups.count());
  Minute latest = situation.minute;
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const Slot& slot = situation.slots[i];
    const Worked& server = problem_.worked[i];
    Work& own = work[groups.of(i)];
    const bool comes_back = returns(situation, i) && slot.doing != Slot::Doing::return_to_service;
    const bool has_begun = !is_idle(slot);
    Minute at = has_begun ? situation.minute + slot.left : prospects_.may_be_out(situation, i);
    std::size_t hop = slot.hops_done + (slot.doing == Slot::Doing::upgrade ? 1U : 0U);
    if (hop == server.hops.size() && !has_begun && !slot.is_out) continue;
    if (hop < server.hops.size()) own.tail = std::min(own.tail, comes_back ? prospects_.returning() : 0);
    for (; hop < server.hops.size(); ++hop) {
      const Minute length = server.minutes[hop];
      at = prospects_.earliest(i, at, length) + length;
      ++own.upgrades;
      own.shortest = std::min(own.shortest, length);
    }
    if (comes_back && (slot.is_out || slot.hops_done < server.hops.size())) {
      at = prospects_.earliest(i, at, prospects_.returning()) + prospects_.returning();
    }
    latest = std::max(latest, at);
  }
  for (std::size_t g = 0; g < work.size(); ++g) {
    CrewQueue queue(view.crews);
    Minute end = situation.minute;
    for (std::size_t k = 0; k < work[g].upgrades; ++k) {
      end = queue.next_end(work[g].shortest,
                           [&](Minute from, Minute length) { return groups.earliest(g, from, length); });
    }
    if (work[g].upgrades > 0) latest = std::max(latest, end + work[g].tail);
  }
  return latest;
}

}  // namespace casplan::planner
