#include "planner/remedy.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "model/overloaded.h"
#include "planner/windows.h"

namespace casplan::planner {
namespace {

/// No plan of these windows and crews lasts so long.
constexpr Minutes most_delay{std::int64_t{60} * 24 * 3660};

using Eased = std::optional<EasedFact>;

Eased more_of(const Fact& fact, int now, std::int64_t step, std::int64_t most) {
  if (now + step > most) return std::nullopt;
  return EasedFact{fact, NewLimit{now + static_cast<int>(step)}};
}

/// One that is over would be another window if it were kept open until the work starts.
Eased longer_window(const Policy& policy, const WorkWindow& fact, std::int64_t step) {
  if (is_over(policy.windows[fact.place], policy)) return std::nullopt;
  const auto* weekly = std::get_if<WeeklyTime>(&policy.windows[fact.place].time);
  const Minutes most = weekly != nullptr ? a_week - weekly->length : most_delay;
  return step <= most.count() ? Eased(EasedFact{fact, MoreTime{Minutes(step)}}) : std::nullopt;
}

void lengthen(Window& window, Minutes minutes) {
  std::visit(Overloaded{[&](WeeklyTime& weekly) { weekly.length += minutes; },
                        [&](DatedTime& dated) { dated.end += minutes; }},
             window.time);
}

void ease(Problem& problem, const EasedFact& eased) {
  Policy& policy = problem.policy;
  if (const auto* more = std::get_if<MoreTime>(&eased.by)) {
    if (const auto* window = std::get_if<WorkWindow>(&eased.fact)) {
      return lengthen(policy.windows[window->place], more->minutes);
    }
    policy.latest_end = *policy.latest_end + more->minutes;
    return;
  }
  const auto* fewer = std::get_if<NewLimit>(&eased.by);
  if (fewer == nullptr) return;
  const int limit = fewer->limit;
  std::visit(
      Overloaded{[&](const CopyLimit&) { policy.copies = limit; }, [&](const CrewLimit&) { policy.crews = limit; },
                 [&](const LeastInService& fact) { policy.min_in_service.sites[fact.site] = limit; },
                 [](const auto&) {}},
      eased.fact);
}

void give_up(Problem& problem, const OtherTarget& other) {
  const Server& server = at(problem.organisation.servers, other.server);
  if (server.build == other.build) {
    problem.policy.frozen.insert(other.server);
  } else {
    problem.policy.targets[other.server] = other.build;
  }
}

struct Rank {
  int risk = 0;
  int disturbance = 0;
  std::int64_t servers = 0;
  std::int64_t amount = 0;
};

std::int64_t amount_of(const EasedFact& eased) {
  return std::visit(Overloaded{[](const Dropped&) { return std::numeric_limits<std::int64_t>::max(); },
                               [&](const NewLimit& limit) {
                                 const bool less = std::holds_alternative<LeastInService>(eased.fact);
                                 return std::int64_t{less ? -limit.limit : limit.limit};
                               },
                               [](const MoreTime& more) { return more.minutes.count(); }},
                    eased.by);
}

Rank rank_of(const EasedFact& eased) {
  Rank rank = std::visit(Overloaded{[](const BeforePair&) {
                                      return Rank{0, 0};
                                    },
                                    [](const WorkWindow&) {
                                      return Rank{0, 1};
                                    },
                                    [](const LatestEnd&) {
                                      return Rank{0, 1};
                                    },
                                    [](const CopyLimit&) {
                                      return Rank{0, 2};
                                    },
                                    [](const CrewLimit&) {
                                      return Rank{0, 2};
                                    },
                                    [](const Frozen&) {
                                      return Rank{0, 3, 1};
                                    },
                                    [](const OwnTarget&) {
                                      return Rank{0, 3, 1};
                                    },
                                    [](const LeastInService&) {
                                      return Rank{0, 5};
                                    },
                                    [](const Proxied&) {
                                      return Rank{0, 6, 1};
                                    },
                                    [](const OpenReading&) {
                                      return Rank{1, 7};
                                    },
                                    [](const NoEvent46&) {
                                      return Rank{2, 8};
                                    }},
                         eased.fact);
  rank.amount = amount_of(eased);
  return rank;
}

Rank rank_of(const Relaxation& part) {
  if (const auto* eased = std::get_if<EasedFact>(&part)) return rank_of(*eased);
  return Rank{0, 4, 1};
}

auto rank_of(const Remedy& remedy) {
  Rank all;
  for (const Relaxation& part : remedy.parts) {
    const Rank rank = rank_of(part);
    all.risk = std::max(all.risk, rank.risk);
    all.disturbance = std::max(all.disturbance, rank.disturbance);
    all.servers += rank.servers;
    all.amount = std::max(all.amount, rank.amount);
  }
  return std::tuple(all.risk, remedy.parts.size(), all.servers, all.disturbance, all.amount);
}

}  // namespace

Problem remedied(Problem problem, const Remedy& remedy) {
  std::vector<Fact> dropped;
  for (const Relaxation& part : remedy.parts) {
    const auto* eased = std::get_if<EasedFact>(&part);
    if (eased != nullptr && std::holds_alternative<Dropped>(eased->by)) dropped.push_back(eased->fact);
  }
  drop(problem, dropped);
  for (const Relaxation& part : remedy.parts) {
    std::visit(Overloaded{[&](const EasedFact& eased) { ease(problem, eased); },
                          [&](const OtherTarget& other) { give_up(problem, other); }},
               part);
  }
  return problem;
}

std::optional<EasedFact> eased(const Policy& policy, const Fact& fact, std::int64_t step) {
  return std::visit(
      Overloaded{[&](const CopyLimit&) { return more_of(fact, *policy.copies, step, most_copies); },
                 [&](const CrewLimit&) { return more_of(fact, policy.crews, step, most_crews); },
                 [&](const LeastInService& least) {
                   const int now = policy.min_in_service.at(least.site);
                   return step <= now ? Eased(EasedFact{fact, NewLimit{now - static_cast<int>(step)}}) : std::nullopt;
                 },
                 [&](const WorkWindow& window) { return longer_window(policy, window, step); },
                 [&](const LatestEnd&) {
                   return step <= most_delay.count() ? Eased(EasedFact{fact, MoreTime{Minutes(step)}}) : std::nullopt;
                 },
                 [](const auto&) { return Eased(); }},
      fact);
}

bool is_better(const Remedy& a, const Remedy& b) {
  return rank_of(a) < rank_of(b);
}

}  // namespace casplan::planner
