#include <gtest/gtest.h>

#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/catalogue.h"
#include "model/contracts.h"
#include "planner/bounds.h"
#include "planner/exact.h"
#include "planner/finish_plan.h"
#include "planner/make_plan.h"
#include "property_tests/environment.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/servers.h"
#include "property_tests/generators/show.h"
#include "property_tests/small_problems.h"
#include "verifier/verify.h"

/// What bounds say of organisations with several fronts and more servers than can be gone through minute by minute,
/// against the plans that a search finds. They are the same in every run, unless the environment says otherwise:
///   CASPLAN_BOUNDS=2000 CASPLAN_BOUNDS_SEED=7 laws_bounds   about an hour
namespace casplan {
namespace {

using planner::ExactAnswer;

const auto problems = static_cast<int>(from_environment("CASPLAN_BOUNDS", 60));
const auto seed = static_cast<std::uint64_t>(from_environment("CASPLAN_BOUNDS_SEED", 947168));

const Build& build_of(const BuildVersion& version) {
  const Build* build = find_build(version);
  expects(build != nullptr, "the builds of this law are in the catalogue");
  return *build;
}

Durations draw_durations() {
  if (draw::once_in(2)) return {};
  Durations durations;
  durations.service_pack = Minutes(draw::between(3, 10));
  durations.ensure_folder = Minutes(draw::between(1, 4));
  durations.recycle = Minutes(draw::between(0, 2));
  durations.drain = Minutes(draw::between(0, 4));
  durations.return_to_service = Minutes(draw::between(0, 2));
  return durations;
}

/// Regions with one or two fronts each, with users of their own or without, and branches with one or two CAS.
Problem draw_problem_of_fronts() {
  const Build& rtm = build_of({{8, 0, 685, 25}});
  Problem problem;
  Organisation& organisation = problem.organisation;
  organisation.name = "Contoso";
  const auto add_site = [&](UserCount users) {
    organisation.sites.push_back({"Site" + std::to_string(organisation.sites.size() + 1), users, 0});
    return id_at<SiteId>(organisation.sites.size() - 1);
  };
  const auto add_server = [&](SiteId site) {
    organisation.servers.push_back(plain_cas("CAS" + std::to_string(organisation.servers.size() + 1), site, rtm, {}));
    return id_at<ServerId>(organisation.servers.size() - 1);
  };
  const std::vector<int> shares = draw::one_of<std::vector<int>>({{100}, {50, 50}, {70, 30}, {33, 33, 34}});
  const bool have_users = draw::once_in(4);
  for (const int share : shares) {
    const SiteId region = add_site(have_users ? 10 * draw::between(1, 20) : 0);
    std::vector<ServerId> fronts{add_server(region)};
    if (draw::once_in(2)) fronts.push_back(add_server(region));
    organisation.entry_points.push_back(
        {"mail" + std::to_string(organisation.entry_points.size() + 1) + ".example.com", std::move(fronts), share});
  }
  const auto most = organisation.servers.size() + static_cast<std::size_t>(draw::between(3, 11));
  while (organisation.servers.size() < most) {
    const SiteId branch = add_site(10 * draw::between(1, 60));
    add_server(branch);
    if (!draw::once_in(4)) continue;
    const ServerId second = add_server(branch);
    if (draw::once_in(3)) problem.policy.frozen.insert(second);
  }
  problem.policy.target = BuildVersion{{8, 1, 240, 6}};
  problem.policy.start = default_start();
  problem.policy.durations = draw_durations();
  return problem;
}

struct Searched {
  Problem problem;
  planner::Changes changes;
  Measures found;  ///< of the best plan that a search found
};

const std::vector<Searched>& searched() {
  static const std::vector<Searched> all = [] {
    std::vector<Searched> found;
    for (Problem& problem : draw::samples(rc::gen::exec([] { return draw_problem_of_fronts(); }), problems, seed)) {
      std::vector<std::string> missing;
      planner::Changes changes = planner::upgrade_changes(problem.organisation, problem.policy, missing);
      planner::Effort effort;
      effort.most_situations = 10'000;
      const ExactAnswer answer = planner::search_all_plans(problem.organisation, problem.policy, changes, effort);
      if (!answer.plan) continue;
      const Measures cost = planner::outcome_of(problem.organisation, problem.policy, *answer.plan).objective;
      found.push_back({std::move(problem), std::move(changes), cost});
    }
    EXPECT_GE(found.size(), problems / 2);
    return found;
  }();
  return all;
}

std::string shown(const Searched& each) {
  std::ostringstream out;
  showValue(each.problem.organisation, out);
  out << "\n";
  showValue(each.problem.policy, out);
  return out.str();
}

TEST(ABoundOfFronts, IsNeverAboveWhatASearchFinds) {
  for (const Searched& each : searched()) {
    const Policy& policy = each.problem.policy;
    const Measures bound = planner::lower_bounds(each.problem.organisation, policy, each.changes);
    EXPECT_LE(planner::cost_of(bound, policy), planner::cost_of(each.found, policy)) << shown(each);
  }
}

TEST(APlanThatBoundsProve, IsSafeAndNotBeatenByASearch) {
  int proved = 0;
  planner::Effort none;
  none.most_situations = 1;
  for (const Searched& each : searched()) {
    const auto planning = planner::make_plan(each.problem.organisation, each.problem.policy, none);
    const auto* plan = std::get_if<Plan>(&planning);
    ASSERT_NE(plan, nullptr) << shown(each);
    const auto report = verifier::verify(each.problem.organisation, *plan, each.problem.policy.readings);
    EXPECT_EQ(report.safety, verifier::Safety::safe) << shown(each);
    if (plan->outcome->status != PlanStatus::optimal) continue;
    ++proved;
    EXPECT_LE(planner::cost_of(*plan, each.problem.policy), planner::cost_of(each.found, each.problem.policy))
        << shown(each);
  }
  std::cout << proved << " plans are proved by bounds" << std::endl;
  EXPECT_GE(proved, problems / 20);
}

}  // namespace
}  // namespace casplan
