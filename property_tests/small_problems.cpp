#include "property_tests/small_problems.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "model/catalogue.h"
#include "model/rules.h"
#include "model/topology.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/policies.h"
#include "property_tests/generators/servers.h"
#include "property_tests/judged_plans.h"

namespace casplan {
namespace {

constexpr std::size_t most_changes = 4;
constexpr std::size_t most_servers = 5;

Durations draw_short_durations() {
  Durations durations;
  durations.rollup = Minutes(2);
  durations.service_pack = Minutes(draw::between(3, 4));
  durations.ensure_folder = Minutes(draw::between(1, 2));
  durations.recycle = Minutes(1);
  durations.drain = Minutes(draw::between(1, 2));
  durations.return_to_service = Minutes(1);
  return durations;
}

std::size_t changes(const Problem& problem) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < problem.organisation.servers.size(); ++i) {
    const auto wanted = wanted_build(problem.organisation, problem.policy, id_at<ServerId>(i));
    if (wanted != problem.organisation.servers[i].build) ++count;
  }
  return count;
}

/// Few enough servers that change; the others are frozen.
void limit_changes(Problem& problem) {
  for (std::size_t i = problem.organisation.servers.size(); i > 0 && changes(problem) > most_changes; --i) {
    problem.policy.frozen.insert(id_at<ServerId>(i - 1));
  }
}

/// A quarter of an hour, now and then, in the hours after the start and in every week after that.
std::vector<Window> draw_short_windows(const Organisation& organisation, Moment start) {
  std::vector<Window> windows;
  if (!draw::once_in(3)) return windows;
  for (int i = draw::between(1, 3); i > 0; --i) {
    Window window;
    for (std::size_t site = 0; site < organisation.sites.size(); ++site) {
      if (!draw::once_in(3)) window.sites.push_back(id_at<SiteId>(site));
    }
    if (window.sites.empty()) window.sites.push_back(SiteId{0});
    const Moment opens = start + Minutes(draw::below(40));
    const auto day = std::chrono::floor<std::chrono::days>(opens);
    WeeklyTime weekly;
    weekly.day = std::chrono::weekday(day).c_encoding();
    weekly.start = opens - day;
    weekly.length = Minutes(draw::between(4, 20));
    window.time = weekly;
    windows.push_back(std::move(window));
  }
  return windows;
}

std::vector<Measure> draw_objective() {
  const auto measures = all_measures();
  std::vector<Measure> left(measures.begin(), measures.end());
  if (draw::once_in(2)) return left;
  std::vector<Measure> objective;
  while (!left.empty()) {
    objective.push_back(draw::one_of(left));
    std::erase(left, objective.back());
  }
  return objective;
}

Organisation draw_organisation() {
  for (int attempt = 0; attempt < 5 && draw::once_in(3); ++attempt) {
    Organisation plain = *any_plain_organisation();
    if (plain.servers.size() <= most_servers) return plain;
  }
  Organisation organisation = draw_small_organisation();
  for (Site& site : organisation.sites) site.mailboxes = draw::between(0, 20) * 36;
  return organisation;
}

Policy draw_policy_to_upgrade(const Organisation& organisation) {
  if (draw::once_in(3)) return *any_generous_policy(organisation);
  return *any_policy(organisation);
}

/// Whether users meet Event 46 today, under some reading that the policy leaves open.
bool is_broken_today(const Problem& problem) {
  const State today = initial_state(problem.organisation);
  const auto paths = proxy_paths(problem.organisation);
  const auto readings = combinations(problem.policy.readings);
  const auto end = [&](ServerId id) { return PathEnd{at(problem.organisation.servers, id), at(today.servers, id)}; };
  return std::any_of(paths.begin(), paths.end(), [&](const ProxyPath& path) {
    return std::any_of(readings.begin(), readings.end(), [&](const Readings& reading) {
      return judge(end(path.front), end(path.target), reading).verdict == Verdict::event46;
    });
  });
}

/// Some of the CAS of sites with several, now and then all.
MinInService draw_servers_that_stay(const Organisation& organisation) {
  MinInService least;
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    const auto site = id_at<SiteId>(i);
    const auto count = static_cast<int>(client_access_servers(organisation, site).size());
    if (count > 1 && draw::once_in(2)) least.sites[site] = draw::between(1, draw::once_in(8) ? count : count - 1);
  }
  return least;
}

/// A CAS in each site; the fronts are in the first ones.
Organisation draw_one_cas_in_each_site(const Build& build, int sites) {
  Organisation organisation;
  organisation.name = "Contoso";
  for (std::size_t i = 0; i < static_cast<std::size_t>(sites); ++i) {
    organisation.sites.push_back({"Site" + std::to_string(i + 1), draw::below(20) * 100, 0});
    organisation.servers.push_back(plain_cas("CAS" + std::to_string(i + 1), id_at<SiteId>(i), build, {}));
  }
  const bool has_two_fronts = draw::once_in(2);
  organisation.entry_points.push_back({"mail1.example.com", {ServerId{0}}, has_two_fronts ? 60 : 100});
  if (has_two_fronts) organisation.entry_points.push_back({"mail2.example.com", {ServerId{1}}, 40});
  return organisation;
}

/// As long as in reality, or some minutes.
Durations draw_any_durations() {
  if (draw::once_in(2)) return draw_short_durations();
  Durations durations;
  durations.service_pack = Minutes(draw::between(30, 120));
  return durations;
}

/// Each of two hours or some minutes, for some of the servers.
std::vector<Window> draw_dated_windows(const Organisation& organisation, const Policy& policy) {
  std::vector<Window> windows;
  const auto longest = static_cast<int>(policy.durations.service_pack.count());
  for (int i = draw::once_in(2) ? draw::between(1, 3) : 0; i > 0; --i) {
    Window window;
    for (std::size_t site = 0; site < organisation.sites.size(); ++site) {
      if (draw::once_in(2)) window.sites.push_back(id_at<SiteId>(site));
    }
    if (window.sites.empty()) window.sites.push_back(SiteId{0});
    const Moment opens = policy.start + Minutes(draw::below(5 * longest));
    window.time = DatedTime{opens, opens + Minutes(draw::between(longest, 5 * longest))};
    windows.push_back(std::move(window));
  }
  return windows;
}

}  // namespace

Problem draw_problem_for_z3() {
  const BuildVersion sp1{{8, 1, 240, 6}};
  const BuildVersion sp1_rollup{{8, 1, 278, 2}};
  const BuildVersion sp2{{8, 2, 176, 2}};
  Problem problem;
  int sites = 2;
  while (sites < 5 && draw::once_in(3)) ++sites;
  problem.organisation = draw_one_cas_in_each_site(*find_build(sp1), sites);
  problem.policy.target = draw::once_in(4) ? sp1_rollup : sp2;
  problem.policy.start = default_start();
  problem.policy.durations = draw_any_durations();
  problem.policy.crews = draw::between(1, 3);
  problem.policy.windows = draw_dated_windows(problem.organisation, problem.policy);
  problem.policy.objective = draw_objective();
  if (draw::once_in(4)) problem.policy.copies = draw::below(2);
  const auto servers = static_cast<int>(problem.organisation.servers.size());
  if (draw::once_in(3))
    problem.policy.frozen.insert(id_at<ServerId>(static_cast<std::size_t>(draw::between(1, servers - 1))));
  if (draw::once_in(4)) problem.policy.before.emplace_back(ServerId{1}, ServerId{0});
  for (std::size_t reading = 0; reading < reading_names().size(); ++reading) fix(problem.policy.readings, reading, 0);
  return problem;
}

Problem draw_small_problem() {
  Problem problem;
  problem.organisation = draw_organisation();
  problem.policy = draw_policy_to_upgrade(problem.organisation);
  problem.policy.durations = draw_short_durations();
  problem.policy.windows = draw_short_windows(problem.organisation, problem.policy.start);
  problem.policy.objective = draw_objective();
  problem.policy.roles = UpgradedRoles::client_access;
  limit_changes(problem);
  return problem;
}

Problem draw_small_problem_with_few_copies() {
  const bool has_one_cas_in_each_site = draw::once_in(2);
  Problem problem = has_one_cas_in_each_site ? draw_problem_for_z3() : draw_small_problem_without_calendar();
  if (has_one_cas_in_each_site) {
    problem.policy.durations = draw_short_durations();
    problem.policy.crews = 1;
    problem.policy.windows.clear();
  }
  problem.policy.event46 = draw::once_in(2) ? Event46::minimise : Event46::never;
  problem.policy.copies = draw::once_in(3) ? 1 : 0;
  if (!draw::once_in(3)) problem.policy.min_in_service = {};
  if (!draw::once_in(3)) problem.policy.before.clear();
  if (!draw::once_in(3)) problem.policy.frozen.clear();
  if (!has_one_cas_in_each_site) limit_changes(problem);
  return problem;
}

Problem draw_problem_with_a_cas_in_each_site(int sites) {
  Problem problem;
  problem.organisation = draw_one_cas_in_each_site(*find_build(BuildVersion{{8, 1, 240, 6}}), sites);
  problem.policy.target = BuildVersion{{8, 2, 176, 2}};
  problem.policy.start = default_start();
  problem.policy.durations = draw_short_durations();
  problem.policy.objective = draw_objective();
  return problem;
}

Problem draw_small_problem_broken_today() {
  constexpr int most_attempts = 20;
  Problem problem = draw_small_problem_without_calendar();
  for (int attempt = 0; attempt < most_attempts && !is_broken_today(problem); ++attempt) {
    problem = draw_small_problem_without_calendar();
  }
  if (draw::once_in(2)) problem.policy.frozen.clear();
  limit_changes(problem);
  problem.policy.min_in_service = draw_servers_that_stay(problem.organisation);
  return problem;
}

Problem draw_small_problem_without_calendar() {
  Problem problem = draw_small_problem();
  problem.policy.crews = 1;
  problem.policy.windows.clear();
  problem.policy.latest_end.reset();
  return problem;
}

}  // namespace casplan
