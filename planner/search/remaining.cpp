#include "planner/search/remaining.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "planner/v_shape.h"

namespace casplan::planner {
Remaining::Remaining(const Problem& problem, Rates& rates)
    : problem_(problem),
      rates_(rates),
      order_(problem.policy),
      worked_in_(problem.organisation.sites.size()),
      has_other_cas_(problem.organisation.sites.size()) {
  for (std::size_t i = 0; i < problem.worked.size(); ++i) {
    const auto& members = problem.worked[i].members;
    unavailable_without_.emplace_back(members.size() + 1);
    for (std::size_t k = members.size(); k-- > 0;) {
      unavailable_without_[i][k] = unavailable_without_[i][k + 1] + rates.unavailable_without(members[k]);
      const auto& site = at(problem.organisation.servers, members[k]).site;
      if (site) worked_in_[site->value].emplace_back(i, k);
    }
  }
  for (const ServerId id : client_access_servers(problem.organisation)) {
    const auto& site = at(problem.organisation.servers, id).site;
    if (site && !problem.worked_with(id)) has_other_cas_[site->value] = true;
  }
}

std::int64_t Remaining::whole_upgrade_minutes(std::size_t worked) const {
  const auto& minutes = problem_.worked[worked].minutes;
  return std::accumulate(minutes.begin(), minutes.end(), std::int64_t{0});
}

std::size_t Remaining::later_members(const Situation& situation, std::size_t worked) const {
  const Worked& server = problem_.worked[worked];
  return server.hops.empty() ? 0 : server.members.size() - 1 - situation.slots[worked].members_done;
}

std::int64_t Remaining::upgrade_minutes(const Situation& situation, std::size_t worked) const {
  const Slot& slot = situation.slots[worked];
  const Worked& server = problem_.worked[worked];
  std::int64_t minutes = 0;
  std::size_t hop = slot.hops_done;
  if (slot.doing == Slot::Doing::upgrade) {
    minutes += slot.left;
    ++hop;
  }
  for (; hop < server.hops.size(); ++hop) {
    minutes += server.minutes[hop];
  }
  return minutes;
}

/// While a server is upgraded, at least those have nothing who have nothing without it. At most as many are upgraded at
/// a time as there are crews.
std::int64_t Remaining::unavailable(const Situation& situation) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const std::size_t turn = problem_.worked[i].hops.empty() ? 0 : situation.slots[i].members_done;
    const Parts own = unavailable_without_[i][turn] - unavailable_without_[i][turn + 1];
    sum += upgrade_minutes(situation, i) * own;
    sum += whole_upgrade_minutes(i) * unavailable_without_[i][turn + 1] * (later_members(situation, i) > 0 ? 1 : 0);
  }
  const std::int64_t crews = problem_.policy.crews;
  return (sum + crews - 1) / crews;
}

/// The users of a site see the new features once some CAS there has changed. As if each site had to wait for its
/// quickest server only, and the crews were one that is as many times as fast (Eastman, Even and Isaacs).
std::int64_t Remaining::lag(const Situation& situation) {
  const Rate& rate = rates_.at_situation(situation);
  std::vector<Job> jobs;
  for (std::size_t site = 0; site < worked_in_.size(); ++site) {
    if (rate.lagging_by_site[site] == 0 || has_other_cas_[site]) continue;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (const auto& [worked, member] : worked_in_[site]) {
      const bool waits = !problem_.worked[worked].hops.empty() && member > situation.slots[worked].members_done;
      const bool is_done = !problem_.worked[worked].hops.empty() && member < situation.slots[worked].members_done;
      const std::int64_t own = waits ? whole_upgrade_minutes(worked) : upgrade_minutes(situation, worked);
      least = std::min(least, is_done ? 0 : own);
    }
    if (!worked_in_[site].empty()) jobs.push_back({rate.lagging_by_site[site], least});
  }
  std::stable_sort(jobs.begin(), jobs.end(),
                   [](const Job& a, const Job& b) { return a.lagging * b.minutes > b.lagging * a.minutes; });
  std::int64_t clock = 0;
  std::int64_t weighted = 0;
  std::int64_t alone = 0;
  for (const Job& job : jobs) {
    clock += job.minutes;
    weighted += job.lagging * clock;
    alone += job.lagging * job.minutes;
  }
  const std::int64_t crews = problem_.policy.crews;
  return (2 * weighted + (crews - 1) * alone) / (2 * crews);
}

std::int64_t Remaining::makespan(const Situation& situation) const {
  std::int64_t work = 0;
  std::int64_t longest = 0;
  for (std::size_t i = 0; i < situation.slots.size(); ++i) {
    const Slot& slot = situation.slots[i];
    std::int64_t own = upgrade_minutes(situation, i);
    if (is_crew_work(slot.doing) && slot.doing != Slot::Doing::upgrade) own += slot.left;
    work += own + whole_upgrade_minutes(i) * static_cast<std::int64_t>(later_members(situation, i));
    if (slot.is_out && problem_.worked[i].ends_in_service && slot.doing != Slot::Doing::return_to_service) {
      own += problem_.policy.durations.return_to_service.count();
    }
    if (!is_crew_work(slot.doing)) own = std::max<std::int64_t>(own, slot.left);
    longest = std::max(longest, own);
  }
  const std::int64_t crews = problem_.policy.crews;
  return std::max(longest, (work + crews - 1) / crews);
}

Cost Remaining::at_least(const Situation& situation) {
  Cost cost{};
  order_.of(cost, Measure::unavailable_user_minutes) = unavailable(situation);
  order_.of(cost, Measure::feature_lag_user_minutes) = lag(situation);
  order_.of(cost, Measure::makespan_minutes) = makespan(situation);
  return cost;
}

/// Where the paths of some entry point need it, a member is out from its change to that of the front, or the front is,
/// for the users of that entry point. With one crew the upgrades follow each other.
std::int64_t Remaining::waiting_apart(std::size_t worked) const {
  int least_share = 100;
  for (const EntryPoint& entry : problem_.organisation.entry_points) {
    least_share = std::min(least_share, entry.share.value_or(0));
  }
  std::vector<VJob> jobs;
  for (std::size_t k = 0; k < problem_.worked[worked].members.size(); ++k) {
    const Parts own = unavailable_without_[worked][k] - unavailable_without_[worked][k + 1];
    jobs.push_back({own * least_share / 100, whole_upgrade_minutes(worked)});
  }
  return static_cast<std::int64_t>(v_shape(jobs).distances);
}

/// Between two only fronts a member may wait, upgraded while the first one comes back, for the last one to be out.
bool Remaining::may_wait_between_fronts() const {
  const auto& entries = problem_.organisation.entry_points;
  const auto changing = std::count_if(entries.begin(), entries.end(), [&](const EntryPoint& entry) {
    std::vector<ServerId> serving;
    std::copy_if(entry.fronts.begin(), entry.fronts.end(), std::back_inserter(serving),
                 [&](ServerId front) { return at(problem_.organisation.servers, front).was_found_in_service(); });
    const auto worked = serving.size() == 1 ? problem_.worked_with(serving.front()) : std::nullopt;
    return worked && !problem_.worked[*worked].hops.empty();
  });
  return changing > 1;
}

std::optional<Cost> Remaining::with_herds_apart() {
  const Cost least = at_least(problem_.start());
  std::optional<Cost> result;
  const auto consider = [&](Measure measure, std::int64_t more) {
    Cost cost = least;
    order_.of(cost, measure) += more;
    result = std::min(result.value_or(cost), cost);
  };
  for (std::size_t i = 0; i < problem_.worked.size(); ++i) {
    const Worked& herd = problem_.worked[i];
    if (herd.members.size() == 1 || herd.hops.empty()) continue;
    consider(Measure::unavailable_user_minutes, may_wait_between_fronts() ? 0 : waiting_apart(i));
    if (problem_.policy.event46 == Event46::minimise) consider(Measure::event46_user_minutes, 1);
  }
  return result;
}

}  // namespace casplan::planner
