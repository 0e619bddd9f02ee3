#include "planner/relay.h"

#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

namespace casplan::planner {
namespace {

using namespace modelled;

/// Two sites behind one name, with two fronts each, that proxy to each other and to branches; four crews.
struct Fabrikam : Builder {
  SiteId large = site("Large", 5000);
  SiteId small = site("Small", 2000);
  Policy policy = policy_to(sp1);

  Fabrikam() {
    std::vector<ServerId> fronts;
    for (const std::string number : {"1", "2"}) {
      fronts.push_back(cas("LACAS" + number, large, rtm));
      fronts.push_back(cas("SMCAS" + number, small, rtm));
    }
    entry_point("mail.fabrikam.com", fronts, 100);
    for (int i = 1; i <= 12; ++i) {
      const SiteId branch = site("Branch" + std::to_string(i), 0);
      cas("BRCAS" + std::to_string(i), branch, rtm);
    }
    policy.crews = 4;
  }
};

/// A hub with three fronts, and more branches than all plans can be searched for.
struct Contoso : Builder {
  SiteId hq = site("HQ", 0);
  Policy policy = policy_to(sp1);

  Contoso() {
    std::vector<ServerId> fronts;
    for (int i = 1; i <= 3; ++i) fronts.push_back(cas("HQCAS" + std::to_string(i), hq, rtm));
    entry_point("mail.contoso.com", fronts, 100);
    for (int i = 1; i <= 12; ++i) {
      const SiteId branch = site("Branch" + std::to_string(i), 100 + 10 * i);
      cas("BRCAS" + std::to_string(i), branch, rtm);
    }
    policy.crews = 2;
    policy.min_in_service.sites[hq] = 2;
  }
};

template <class Case>
Plan plan_of(const Case& of) {
  const Planning planning = make_plan(of.organisation, of.policy, little_effort());
  EXPECT_TRUE(std::holds_alternative<Plan>(planning));
  Plan made = std::get<Plan>(planning);
  EXPECT_EQ(verifier::verify(of.organisation, made, of.policy.readings).safety, verifier::Safety::safe);
  return made;
}

TEST(ARelay, LetsAsManyFrontsGoFirstAsHaveToServeMeanwhile) {
  const Contoso contoso;
  const Plan plan = plan_of(contoso);
  EXPECT_EQ(value(plan.outcome->objective, Measure::copies), 2);
}

TEST(ARelay, HoldsTheRestOutUntilAllTargetsHaveChanged) {
  const Contoso contoso;
  const Plan plan = plan_of(contoso);
  Moment last_return{};
  Moment last_upgrade{};
  for (const PlannedStep& step : plan.steps) {
    const bool is_at_hub = at(contoso.organisation.servers, step.step.server).site == contoso.hq;
    if (step.step.kind == StepKind::return_to_service && is_at_hub) last_return = step.schedule->start;
    if (step.step.kind == StepKind::upgrade && !is_at_hub) last_upgrade = std::max(last_upgrade, step.schedule->end);
  }
  EXPECT_GE(last_return, last_upgrade);
}

TEST(ARelay, ChangesTheFirstOnesOfSitesThatProxyToEachOtherAtTheSameTime) {
  const Fabrikam fabrikam;
  const Plan plan = plan_of(fabrikam);
  std::vector<Moment> first;
  for (const PlannedStep& step : plan.steps) {
    if (step.step.kind == StepKind::upgrade && first.size() < 2) first.push_back(step.schedule->start);
  }
  EXPECT_EQ(first.front(), first.back());
}

TEST(ARelay, LetsOnlyTheSmallerOfTwoSitesBeWithoutServiceWhileTheyHandOver) {
  const Fabrikam fabrikam;
  const Plan plan = plan_of(fabrikam);
  const auto minutes = 2 * fabrikam.policy.durations.return_to_service.count();
  EXPECT_EQ(value(plan.outcome->objective, Measure::unavailable_user_minutes), 2000 * minutes);
}

bool has_relays(const Contoso& contoso) {
  std::vector<std::string> missing;
  const Changes changes = upgrade_changes(contoso.organisation, contoso.policy, missing);
  Problem problem(contoso.organisation, contoso.policy, changes, Problem::Herds::apart);
  return !relays(problem).empty();
}

TEST(ARelay, LeavesOutPoliciesWithWindows) {
  Contoso contoso;
  EXPECT_TRUE(has_relays(contoso));
  contoso.policy.windows.emplace_back();
  EXPECT_FALSE(has_relays(contoso));
}

}  // namespace
}  // namespace casplan::planner
