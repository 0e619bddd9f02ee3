#include "planner/exact.h"

#include <algorithm>

#include "model/contracts.h"
#include "planner/search/explorer.h"
#include "planner/search/nearest_sources.h"
#include "planner/search/rates.h"
#include "planner/search/recorded.h"

namespace casplan::planner {
namespace {

/// With more than this a search that comes to an end comes to it soon, with a few situations for each worked server, or
/// needs a limit of time.
constexpr std::size_t many_worked = 12;
constexpr std::size_t few_of_them = 100;
/// Where every minute is tried: most of what comes to an end there does so soon if it is small, and later if not.
constexpr std::size_t few_minutes = 2;
constexpr std::size_t many_minutes = 3;
/// What is seen at once to be the best is seen with fewer.
constexpr std::size_t short_look = 3'000;
/// Where every minute is tried afterwards, that finds what is better than a good plan.
constexpr std::size_t enough_events = 10'000;
/// In larger organisations the users of every site are counted in too many situations.
constexpr std::size_t most_servers = 2'000;
/// Where paths may break, most situations differ in who meets Event 46, which takes longer to count the more paths
/// there are, and what cannot break is planned with `event46: never`, too. Of herds, little is proved then.
constexpr std::size_t few_paths = 200;
constexpr std::size_t enough = 4'000;
/// Up to here the members of herds are searched apart, too, where the herds prove nothing.
constexpr std::size_t most_servers_apart = 10;

/// Whether it is a proof that nothing was found. Folders that were not listed may be there.
bool knows_all_folders(const Problem& problem) {
  const auto are_listed = [&](VariantId variant) { return problem.variants.state(variant, 0).present.is_listed(); };
  return std::all_of(problem.worked.begin(), problem.worked.end(), [&](const Worked& worked) {
    return are_listed(worked.before) &&
           std::all_of(worked.encounters.begin(), worked.encounters.end(),
                       [&](const Encounter& encounter) { return encounter.other || are_listed(encounter.fixed); });
  });
}

/// Whether drains have to fit into windows that an administrator might leave out.
bool relies_on_drains(const Problem& problem) {
  return !problem.policy.windows.empty() && std::any_of(problem.worked.begin(), problem.worked.end(),
                                                        [](const Worked& worked) { return worked.must_be_drained; });
}

/// Whether a plan is known that leaves as few users without service as the bounds allow. Where there is none, trying
/// every minute hardly comes to an end.
bool is_near(const Exploring& how) {
  const auto known = value(how.known, Measure::unavailable_user_minutes);
  const auto least = value(how.floor, Measure::unavailable_user_minutes);
  return known && least && *known <= *least;
}

/// Less where more would hardly help, unless it is limited by time, and nothing follows.
Effort allowed_effort(const Problem& problem, Effort effort) {
  if (effort.is_out_of_time && !may_try_every_minute(problem.policy)) return effort;
  std::size_t& most = effort.most_situations;
  if (problem.worked.size() > many_worked) {
    most /= few_of_them;
  } else if (may_try_every_minute(problem.policy)) {
    most = std::min(most, enough_events);
  }
  if (problem.policy.event46 == Event46::minimise) {
    const std::size_t part = (has_herds(problem) ? few_of_them : 1) * (1 + problem.paths.size() / few_paths);
    most = std::max(most / part, std::min(most, enough));
  }
  return effort;
}

Effort effort_for_minutes(const Problem& problem, const Exploring& how, Effort effort, Look look) {
  if (look == Look::short_one) {
    effort.most_situations = std::min(effort.most_situations, short_look);
    return effort;
  }
  if (effort.is_out_of_time) return effort;
  std::size_t& most = effort.most_situations;
  if (problem.worked.size() <= many_worked) {
    most /= few_minutes;
  } else {
    most = is_near(how) ? most * many_minutes : std::min(most, short_look);
  }
  return effort;
}

/// Policies that allow less, so that there is less to search. What keeps to them keeps to this one.
std::vector<Policy> stricter(const Policy& policy) {
  std::vector<Policy> policies;
  if (policy.crews > 1) {
    policies.push_back(policy);
    policies.back().crews = 1;
  }
  if (policy.copies != 0) {
    policies.push_back(policy);
    policies.back().copies = 0;
  }
  return policies;
}

/// A good plan, where not all plans could be searched: one that is found soon, or the best under a stricter policy.
std::optional<Plan> good_plan(Problem& problem, const Changes& changes, Problem::Herds herds, const Effort& effort) {
  std::optional<Exploration> best;
  const auto consider = [&](Exploration found) {
    if (found.end != Exploration::End::best_found) return;
    if (!best || found.cost < best->cost) best = std::move(found);
  };
  consider(explore(problem, effort, {Aim::soon, Waits::for_events, {}, {}}));
  if (problem.worked.size() <= many_worked && !effort.is_out_of_time) {
    for (const Policy& policy : stricter(problem.policy)) {
      Problem smaller(problem.organisation, policy, changes, herds, most_searched_servers);
      consider(explore(smaller, quiet(effort)));
    }
  }
  if (!best) return std::nullopt;
  return recorded_plan(problem, with_nearest_sources(problem, std::move(best->steps)));
}

Plan recorded(Problem& problem, const Exploration& exploration) {
  auto plan = recorded_plan(problem, with_nearest_sources(problem, exploration.steps));
  expects(plan.has_value(), "the search leaves no forbidden constellation open");
  return std::move(*plan);
}

ExactAnswer search(const Organisation& organisation, const Policy& policy, const Changes& changes, Problem::Herds herds,
                   const Effort& effort) {
  Problem problem(organisation, policy, changes, herds, most_searched_servers);
  ExactAnswer answer;
  answer.has_herds = has_herds(problem);
  if (problem.worked.size() > most_searched_servers) return answer;
  const bool is_whole = !has_crews_or_windows(policy);
  const Effort allowed = allowed_effort(problem, effort);
  const Exploration exploration = explore(problem, allowed);
  const bool is_proof = is_whole && !exploration.may_gain_with_herds_apart;
  switch (exploration.end) {
    case Exploration::End::best_found:
      answer.kind = is_proof ? ExactAnswer::Kind::best_plan : ExactAnswer::Kind::unknown;
      answer.plan = recorded(problem, exploration);
      break;
    case Exploration::End::none:
      if (policy.windows.empty() && knows_all_folders(problem) && !answer.has_herds)
        answer.kind = ExactAnswer::Kind::no_plan;
      return answer;
    case Exploration::End::cut_short: answer.plan = good_plan(problem, changes, herds, allowed); break;
    case Exploration::End::known_is_best: break;
  }
  answer.bound = in_users(exploration.at_least, policy, exploration.parts_of_a_user);
  return answer;
}

}  // namespace

bool may_try_every_minute(const Policy& policy) {
  return has_crews_or_windows(policy) && policy.event46 == Event46::never && policy.to_return.empty();
}

ExactAnswer search_all_plans(const Organisation& organisation, const Policy& policy, const Changes& changes,
                             const Effort& effort) {
  if (organisation.servers.size() > most_servers || parts_of_a_user(organisation) == 0) return {};
  ExactAnswer gathered = search(organisation, policy, changes, Problem::Herds::gathered, effort);
  const bool is_proved = gathered.kind == ExactAnswer::Kind::best_plan;
  if (!gathered.has_herds || is_proved || changes.size() > most_servers_apart) return gathered;
  ExactAnswer apart = search(organisation, policy, changes, Problem::Herds::apart, effort);
  const bool knows_more = apart.kind != ExactAnswer::Kind::unknown ||
                          (gathered.kind == ExactAnswer::Kind::unknown && apart.plan.has_value());
  if (knows_more) return apart;
  return gathered;
}

ExactAnswer search_every_minute(const Organisation& organisation, const Policy& policy, const Changes& changes,
                                const Effort& effort, Look look, const Outcome* known) {
  ExactAnswer answer;
  if (!may_try_every_minute(policy)) return answer;
  if (organisation.servers.size() > most_servers || parts_of_a_user(organisation) == 0) return answer;
  Problem problem(organisation, policy, changes, Problem::Herds::apart, most_searched_servers);
  if (problem.worked.size() > most_searched_servers) return answer;
  Exploring how{Aim::best, Waits::every_minute, {}, {}};
  if (known != nullptr) {
    how.floor = known->bound;
    how.known = known->objective;
  }
  const Exploration exploration = explore(problem, effort_for_minutes(problem, how, effort, look), how);
  switch (exploration.end) {
    case Exploration::End::best_found:
      answer.kind = ExactAnswer::Kind::best_plan;
      answer.plan = recorded(problem, exploration);
      break;
    case Exploration::End::none:
      if (knows_all_folders(problem) && !relies_on_drains(problem)) answer.kind = ExactAnswer::Kind::no_plan;
      return answer;
    case Exploration::End::cut_short: break;
    case Exploration::End::known_is_best: answer.kind = ExactAnswer::Kind::known_is_best; break;
  }
  answer.bound = in_users(exploration.at_least, policy, exploration.parts_of_a_user);
  return answer;
}

}  // namespace casplan::planner
