#include "planner/vanguard.h"

#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

namespace casplan::planner {
namespace {

using namespace modelled;

constexpr int branches = 12;

/// More branches than all plans can be searched for, with more users from one to the next, and four crews.
struct Contoso : Builder {
  SiteId hq = site("HQ", 0);
  Policy policy = policy_to(sp1);

  explicit Contoso(int fronts, int servers_of_a_branch = 1) {
    std::vector<ServerId> all;
    for (int i = 1; i <= fronts; ++i) all.push_back(cas("HQCAS" + std::to_string(i), hq, rtm));
    entry_point("mail.contoso.com", all, 100);
    for (int i = 1; i <= branches; ++i) {
      const SiteId branch = site("Branch" + std::to_string(i), 100 + 10 * i);
      for (int k = 1; k <= servers_of_a_branch; ++k) {
        cas("BRCAS" + std::to_string(i) + std::string(static_cast<std::size_t>(k - 1), 'B'), branch, rtm);
      }
    }
    policy.crews = 4;
  }

  Plan plan() const {
    const Planning planning = make_plan(organisation, policy, little_effort());
    EXPECT_TRUE(std::holds_alternative<Plan>(planning));
    Plan made = std::get<Plan>(planning);
    EXPECT_EQ(verifier::verify(organisation, made, policy.readings).safety, verifier::Safety::safe);
    return made;
  }
};

Moment start_of(const Contoso& contoso, const Plan& plan, const std::string& text) {
  return step_of(contoso.organisation, plan, text).schedule->start;
}

TEST(AVanguard, NeedsTheCopiesOfOneFrontWhileTheOthersAreHeldOut) {
  const Contoso contoso(3);
  const Plan plan = contoso.plan();
  EXPECT_EQ(value(plan.outcome->objective, Measure::copies), 1);
  EXPECT_EQ(value(plan.outcome->bound, Measure::copies), 1);
  const Moment back = start_of(contoso, plan, "return HQCAS3");
  for (const PlannedStep& step : plan.steps) {
    if (step.step.kind != StepKind::upgrade) continue;
    EXPECT_LE(step.schedule->start, back);
  }
}

TEST(AVanguard, ChangesThoseWithTheMostUsersInTheOutageOfTheOnlyFront) {
  const Contoso contoso(1);
  const Plan plan = contoso.plan();
  const Moment front = start_of(contoso, plan, "upgrade HQCAS1 8.1.240.6");
  for (const std::string branch : {"BRCAS12", "BRCAS11", "BRCAS10"}) {
    EXPECT_EQ(start_of(contoso, plan, "upgrade " + branch + " 8.1.240.6"), front);
  }
}

TEST(AVanguard, SendsEverybodyOfASiteToItsFirstChangedServer) {
  const Contoso contoso(2, 2);
  const Plan plan = contoso.plan();
  const auto& returned = step_of(contoso.organisation, plan, "return BRCAS12").schedule;
  EXPECT_EQ(step_of(contoso.organisation, plan, "drain BRCAS12B").schedule->end, returned->end);
  EXPECT_EQ(value(plan.outcome->objective, Measure::unavailable_user_minutes), 0);
}

TEST(AVanguard, HoldsServersOutFromTheBeginWhereOthersNeedNoChange) {
  Contoso contoso(2, 2);
  for (const PlannedStep& step : contoso.plan().steps) {
    if (step.step.kind == StepKind::upgrade && contoso.policy.frozen.empty()) {
      const Server& server = at(contoso.organisation.servers, step.step.server);
      if (server.name == "BRCAS1") contoso.policy.frozen.insert(step.step.server);
    }
  }
  ASSERT_EQ(contoso.policy.frozen.size(), 1);
  const Plan plan = contoso.plan();
  EXPECT_EQ(start_of(contoso, plan, "drain BRCAS1B"), plan.steps.front().schedule->start);
}

TEST(AVanguard, LeavesOutWhatThePolicyAsksToKeepInService) {
  Contoso contoso(3);
  contoso.policy.min_in_service.sites[contoso.hq] = 2;
  Problem problem(contoso.organisation, contoso.policy, {}, Problem::Herds::apart);
  EXPECT_FALSE(vanguard_first(problem).has_value());
}

}  // namespace
}  // namespace casplan::planner
