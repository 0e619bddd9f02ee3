#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "model/catalogue.h"
#include "property_tests/generators/servers.h"
#include "property_tests/judged_plans.h"
#include "property_tests/oracles/all_orders.h"
#include "property_tests/plan_facts.h"
#include "verifier/verify.h"

/// Every organisation of one or two fronts and one or two targets, with every assignment of three builds and each of
/// them as the goal: the verifier judges as the oracle does, for the planner's plan, for that plan without any one of
/// its arrows, and for the upgrades alone, without any arrow; with up to three servers also after every single failure.
/// Nothing is drawn here.
namespace casplan {
namespace {

/// RTM, the first service pack and a rollup of it; and a service pack, a rollup of it and the next service pack.
using Triple = std::array<BuildVersion, 3>;
constexpr Triple to_a_rollup{{{{8, 0, 685, 25}}, {{8, 1, 240, 6}}, {{8, 1, 278, 2}}}};
constexpr Triple to_a_service_pack{{{{8, 1, 240, 6}}, {{8, 1, 278, 2}}, {{8, 2, 176, 2}}}};

enum class Topology {
  fronts_and_targets,  ///< the servers of one site proxy to those of the other
  both_ways,           ///< the two sites proxy to each other
};

/// Which resource folders a server has besides its own.
enum class Held { none, those_of_all };

struct Shape {
  Topology topology;
  std::size_t fronts;   ///< CAS of the first site
  std::size_t targets;  ///< CAS of the second site
};

/// Which of the three builds each server runs, the fronts first.
using Assignment = std::vector<std::size_t>;

/// Of assignments that differ only in which server of a site is which, one is enough.
bool is_sorted_in_sites(const Shape& shape, const Assignment& assignment) {
  const auto second_site = assignment.begin() + static_cast<std::ptrdiff_t>(shape.fronts);
  return std::is_sorted(assignment.begin(), second_site) && std::is_sorted(second_site, assignment.end());
}

std::vector<Assignment> assignments(const Shape& shape) {
  std::vector<Assignment> all{{}};
  for (std::size_t i = 0; i < shape.fronts + shape.targets; ++i) {
    std::vector<Assignment> longer;
    for (const Assignment& assignment : all) {
      for (std::size_t build = 0; build < 3; ++build) {
        longer.push_back(assignment);
        longer.back().push_back(build);
      }
    }
    all = std::move(longer);
  }
  std::erase_if(all, [&](const Assignment& assignment) { return !is_sorted_in_sites(shape, assignment); });
  return all;
}

Organisation organisation_of(const Shape& shape, const Triple& builds, const Assignment& assignment, Held held) {
  Organisation organisation;
  organisation.name = "Contoso";
  organisation.sites = {{"HQ", 100, 0}, {"Branch", 100, 0}};
  std::vector<Build> others;
  for (const BuildVersion& build : builds) others.push_back(*find_build(build));
  std::vector<ServerId> fronts;
  for (std::size_t i = 0; i < assignment.size(); ++i) {
    const SiteId site{i < shape.fronts ? 0U : 1U};
    organisation.servers.push_back(plain_cas("CAS" + std::to_string(i + 1), site, others[assignment[i]],
                                             held == Held::none ? std::vector<Build>{} : others));
    if (i < shape.fronts || shape.topology == Topology::both_ways) fronts.push_back(id_at<ServerId>(i));
  }
  organisation.entry_points.push_back({"mail.example.com", fronts, 100});
  return organisation;
}

/// A handful that has each value of each reading.
std::vector<FixedReadings> chosen_readings() {
  std::vector<FixedReadings> chosen;
  for (const std::array<std::size_t, 6>& values :
       {std::array<std::size_t, 6>{0, 0, 0, 0, 0, 0}, std::array<std::size_t, 6>{1, 1, 0, 1, 1, 0},
        std::array<std::size_t, 6>{0, 0, 1, 1, 0, 1}}) {
    FixedReadings fixed;
    for (std::size_t reading = 0; reading < values.size(); ++reading) fix(fixed, reading, values[reading]);
    chosen.push_back(fixed);
  }
  return chosen;
}

/// Every upgrade that leads to the goal, in no order.
Plan upgrades_alone(const Organisation& organisation, const BuildVersion& goal) {
  Plan plan;
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    std::vector<BuildVersion> hops{base_of(goal.level())->version};
    if (goal != hops.front()) hops.push_back(goal);
    for (const BuildVersion& hop : hops) {
      if (*organisation.servers[i].build >= hop) continue;
      const Step step{StepKind::upgrade, id_at<ServerId>(i), hop, std::nullopt, {}};
      plan.steps.push_back({std::to_string(plan.steps.size() + 1), step, "", {}, std::nullopt});
    }
  }
  return plan;
}

struct Counts {
  int organisations = 0;
  int plans = 0;
  int safe = 0;
  int unsafe = 0;
};

/// Organisations that are judged together.
struct Family {
  Shape shape;
  Triple builds;
};

std::string name_of(const Family& family) {
  const auto& [topology, fronts, targets] = family.shape;
  return std::to_string(fronts) + "x" + std::to_string(targets) + (topology == Topology::both_ways ? "BothWays" : "") +
         (family.builds == to_a_rollup ? "ToARollup" : "ToAServicePack");
}

void PrintTo(const Family& family, std::ostream* out) {
  *out << name_of(family);
}

std::vector<Family> families() {
  std::vector<Family> all;
  for (const auto& [fronts, targets] : {std::pair(1U, 1U), {1U, 2U}, {2U, 1U}, {2U, 2U}}) {
    for (const Topology topology : {Topology::fronts_and_targets, Topology::both_ways}) {
      // Where both sites proxy, two and one are one and two.
      if (topology == Topology::both_ways && fronts > targets) continue;
      for (const Triple& builds : {to_a_rollup, to_a_service_pack})
        all.push_back({{topology, fronts, targets}, builds});
    }
  }
  return all;
}

class Exhaustively : public testing::TestWithParam<Family> {
 protected:
  void judge(const Organisation& organisation, const Plan& plan, const FixedReadings& readings) {
    ++counts_.plans;
    const auto failures = organisation.servers.size() < 4 ? oracle::Failures::one : oracle::Failures::none;
    const auto expected = oracle::judge_all_orders(organisation, plan, first_of(readings), {.failures = failures});
    ASSERT_NE(expected.safety, oracle::OrdersSafety::too_many_states);
    const bool is_safe = expected.safety == oracle::OrdersSafety::safe;
    ++(is_safe ? counts_.safe : counts_.unsafe);
    const auto report = verifier::verify(organisation, one_after_the_other(plan), readings);
    ASSERT_EQ(report.safety, is_safe ? verifier::Safety::safe : verifier::Safety::unsafe);
  }

  void judge_goal(const Organisation& organisation, const BuildVersion& goal) {
    ++counts_.organisations;
    for (const FixedReadings& readings : chosen_readings()) {
      judge(organisation, upgrades_alone(organisation, goal), readings);
      Policy policy;
      policy.target = goal;
      policy.readings = readings;
      const auto plan = plan_for(organisation, policy);
      if (!plan) continue;
      judge(organisation, *plan, readings);
      for (const ArrowPlace& place : arrows_of(*plan)) judge(organisation, without_arrow(*plan, place), readings);
    }
  }

  Counts counts_;
};

TEST_P(Exhaustively, TheVerifierJudgesAsTheOracleDoes) {
  const auto& [shape, builds] = GetParam();
  for (const Assignment& assignment : assignments(shape)) {
    for (const Held held : {Held::none, Held::those_of_all}) {
      const auto organisation = organisation_of(shape, builds, assignment, held);
      for (const BuildVersion& goal : builds) {
        ASSERT_NO_FATAL_FAILURE(judge_goal(organisation, goal)) << testing::PrintToString(assignment);
      }
    }
  }
  std::cout << counts_.organisations << " organisations, " << counts_.plans << " plans, " << counts_.safe << " safe, "
            << counts_.unsafe << " unsafe" << std::endl;
  EXPECT_GT(counts_.safe, counts_.organisations / 10);
  EXPECT_GT(counts_.unsafe, counts_.organisations / 10);
}

std::string name_of_case(const testing::TestParamInfo<Family>& family) {
  return name_of(family.param);
}

INSTANTIATE_TEST_SUITE_P(EveryOrganisation, Exhaustively, testing::ValuesIn(families()), name_of_case);

}  // namespace
}  // namespace casplan
