#include "planner/pools.h"

#include <algorithm>
#include <set>
#include <utility>

namespace casplan::planner {
namespace {

using Interval = OutTimes::Interval;

/// Those that carry users, or will again.
std::vector<ServerId> serving(const Organisation& organisation, const Policy& policy,
                              const std::vector<ServerId>& servers) {
  std::vector<ServerId> up;
  std::copy_if(servers.begin(), servers.end(), std::back_inserter(up),
               [&](ServerId id) { return serves_in_the_end(organisation, policy, id); });
  return up;
}

std::size_t most_at_once(const std::vector<Interval>& intervals) {
  std::vector<std::pair<Moment, int>> changes;  // who comes back comes before who goes out at the same time
  for (const Interval& interval : intervals) {
    if (interval.start == interval.end) continue;
    changes.emplace_back(interval.start, 1);
    changes.emplace_back(interval.end, -1);
  }
  std::sort(changes.begin(), changes.end());
  int now = 0;
  int most = 0;
  for (const auto& [moment, change] : changes) most = std::max(most, now += change);
  return static_cast<std::size_t>(most);
}

bool breaks(const Pool& pool, const OutTimes& change) {
  return most_at_once(change.of(pool.servers)) > pool.most_out();
}

/// When the candidate has to move: the first end of a placed interval that overlaps one of its own.
std::optional<Minutes> delay_for(const Pool& pool, const OutTimes& placed, const OutTimes& candidate) {
  const auto others = placed.of(pool.servers);
  const auto own = candidate.of(pool.servers);
  if (others.empty() || own.empty()) return std::nullopt;
  auto all = others;
  all.insert(all.end(), own.begin(), own.end());
  if (most_at_once(all) <= pool.most_out()) return std::nullopt;
  std::optional<Minutes> least;
  for (const Interval& mine : own) {
    for (const Interval& other : others) {
      const bool overlap = mine.start < other.end && other.start < mine.end;
      if (overlap && (!least || other.end - mine.start < *least)) least = other.end - mine.start;
    }
  }
  return least;
}

/// A server's way out of service and back in a draft.
struct Outage {
  std::optional<StepIndex> out;  ///< empty: it was found out
  StepIndex in{};
  Schedule span{Moment::min(), Moment::max()};
};

using Outages = std::map<ServerId, std::vector<Outage>>;

/// Those that come to an end.
Outages outages(const Organisation& organisation, const Draft& draft, const std::vector<Schedule>& schedules) {
  std::vector<StepIndex> order;
  for (std::size_t i = 0; i < draft.steps.size(); ++i) order.push_back(id_at<StepIndex>(i));
  std::stable_sort(order.begin(), order.end(),
                   [&](StepIndex a, StepIndex b) { return at(schedules, a).start < at(schedules, b).start; });
  std::map<ServerId, Outage> open;
  Outages all;
  for (const StepIndex index : order) {
    const Step& step = at(draft.steps, index).step;
    const Schedule& schedule = at(schedules, index);
    if (step.kind == StepKind::drain) open[step.server] = {index, index, schedule};
    const auto outage = open.find(step.server);
    const bool was_out = !at(organisation.servers, step.server).was_found_in_service();
    const bool is_out = outage != open.end() || (was_out && !all.contains(step.server));
    if (step.kind == StepKind::upgrade && !is_out) all[step.server].push_back({index, index, schedule});
    if (step.kind != StepKind::return_to_service) continue;
    const Outage begun = outage != open.end() ? outage->second : Outage{};
    all[step.server].push_back({begun.out, index, {begun.span.start, schedule.end}});
    if (outage != open.end()) open.erase(outage);
  }
  return all;
}

/// By start, then by server.
std::vector<Outage> outages_of(const Pool& pool, const Outages& outages) {
  const std::set<ServerId> servers(pool.servers.begin(), pool.servers.end());
  std::vector<Outage> all;
  for (const ServerId server : servers) {
    const auto own = outages.find(server);
    if (own != outages.end()) all.insert(all.end(), own->second.begin(), own->second.end());
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Outage& a, const Outage& b) { return a.span.start < b.span.start; });
  return all;
}

std::string why_kept(const Pool& pool) {
  return "at least " + std::to_string(pool.least_in_service) + " of the servers of " + pool.name +
         " must stay in service";
}

Purpose purpose_of(const Pool& pool) {
  return pool.strength == Pool::Strength::policy ? Purpose::policy : Purpose::service;
}

void add_arrow(Draft& draft, StepIndex first, StepIndex second, const Pool& pool) {
  auto& after = at(draft.steps, second).after;
  const bool known =
      std::any_of(after.begin(), after.end(), [&](const DraftArrow& arrow) { return arrow.step == first; });
  if (!known) after.push_back({first, why_kept(pool), Force::chosen, purpose_of(pool)});
}

/// Whether `late` waits for `early`, both in the same minute, by way of steps of that minute.
bool waits_within_the_minute(const Draft& draft, const std::vector<Schedule>& schedules, StepIndex late,
                             StepIndex early) {
  const Moment minute = at(schedules, early).start;
  std::set<StepIndex> seen{late};
  std::vector<StepIndex> open{late};
  while (!open.empty()) {
    const StepIndex step = open.back();
    open.pop_back();
    if (step == early) return true;
    for (const DraftArrow& arrow : at(draft.steps, step).after) {
      if (at(schedules, arrow.step).start >= minute && seen.insert(arrow.step).second) open.push_back(arrow.step);
    }
  }
  return false;
}

/// Lets each outage follow an earlier one, so that never more are out than the pool allows, in whatever order. Where
/// steps that take no time would then wait for each other in a circle, nothing is added: false, if any is left so.
bool chain_outages(const Pool& pool, const std::vector<Outage>& outages, const std::vector<Schedule>& schedules,
                   Draft& draft) {
  bool is_kept = true;
  std::vector<Outage> last_in_slot;
  for (const Outage& outage : outages) {
    const auto slot = std::find_if(last_in_slot.begin(), last_in_slot.end(),
                                   [&](const Outage& last) { return last.span.end <= outage.span.start; });
    if (last_in_slot.size() < pool.most_out() || !outage.out) {
      last_in_slot.push_back(outage);
    } else if (slot != last_in_slot.end()) {
      if (waits_within_the_minute(draft, schedules, slot->in, *outage.out)) {
        is_kept = false;
      } else {
        add_arrow(draft, slot->in, *outage.out, pool);
      }
      *slot = outage;
    }
  }
  return is_kept;
}

}  // namespace

std::vector<Pool> pools_of(const Organisation& organisation, const Policy& policy) {
  std::vector<Pool> pools;
  const auto add = [&](const std::string& name, std::vector<ServerId> servers, int least) {
    if (least > 0) {
      pools.push_back({name, std::move(servers), static_cast<std::size_t>(least), Pool::Strength::policy});
    } else if (servers.size() > 1) {
      pools.push_back({name, std::move(servers), 1, Pool::Strength::comfort});
    }
  };
  std::vector<std::vector<ServerId>> cas_of(organisation.sites.size());
  for (const ServerId id : serving(organisation, policy, client_access_servers(organisation))) {
    if (const auto& site = at(organisation.servers, id).site) at(cas_of, *site).push_back(id);
  }
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    if (!cas_of[i].empty()) add(organisation.sites[i].name, cas_of[i], policy.min_in_service.at(id_at<SiteId>(i)));
  }
  for (const EntryPoint& entry : organisation.entry_points) {
    add(entry.name, serving(organisation, policy, entry.fronts), 0);
  }
  return pools;
}

void OutTimes::leave(ServerId server, Moment time) {
  intervals_[server].push_back({time, Moment::max()});
}

void OutTimes::come_back(ServerId server, Moment time) {
  auto& intervals = intervals_[server];
  if (!intervals.empty()) intervals.back().end = time;
}

void OutTimes::upgrade(ServerId server, Moment start, Moment end) {
  auto& intervals = intervals_[server];
  if (intervals.empty() || intervals.back().end <= start) intervals.push_back({start, end});
}

void OutTimes::add(const OutTimes& other) {
  for (const auto& [server, intervals] : other.intervals_) {
    intervals_[server].insert(intervals_[server].end(), intervals.begin(), intervals.end());
  }
}

std::vector<Interval> OutTimes::of(const std::vector<ServerId>& servers) const {
  std::vector<Interval> all;
  for (const ServerId server : servers) {
    const auto place = intervals_.find(server);
    if (place != intervals_.end()) all.insert(all.end(), place->second.begin(), place->second.end());
  }
  return all;
}

std::optional<std::string> violated_by_itself(const Organisation& organisation, const std::vector<Pool>& pools,
                                              const OutTimes& change) {
  for (const Pool& pool : pools) {
    if (pool.strength != Pool::Strength::policy || !breaks(pool, change)) continue;
    std::string names;
    for (const ServerId server : pool.servers) {
      names += (names.empty() ? "" : ", ") + at(organisation.servers, server).name;
    }
    return "The policy wants at least " + std::to_string(pool.least_in_service) + " of the Client Access servers of " +
           pool.name + " (" + names + ") in service, and a change that cannot be divided takes " +
           std::to_string(most_at_once(change.of(pool.servers))) + " of " + std::to_string(pool.servers.size()) +
           " out at once. Lower min_in_service for " + pool.name + ", or add a server there.";
  }
  return std::nullopt;
}

Moment earliest_with_service(const std::vector<Pool>& pools, const OutTimes& placed, const OutTimes& candidate,
                             Moment start) {
  Moment moved = start;
  for (const Pool& pool : pools) {
    if (breaks(pool, candidate)) continue;
    if (const auto delay = delay_for(pool, placed, candidate)) moved = std::max(moved, start + *delay);
  }
  return moved;
}

std::optional<std::string> keep_in_service_in_every_order(const Organisation& organisation, const Policy& policy,
                                                          Draft& draft, const std::vector<Schedule>& schedules) {
  const auto by_server = outages(organisation, draft, schedules);
  std::optional<std::string> not_kept;
  for (const Pool& pool : pools_of(organisation, policy)) {
    if (pool.most_out() == 0 || chain_outages(pool, outages_of(pool, by_server), schedules, draft)) continue;
    if (pool.strength == Pool::Strength::policy) not_kept = pool.name;
  }
  return not_kept;
}

}  // namespace casplan::planner
