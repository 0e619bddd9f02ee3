#include "planner/step_reasons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

/// A plan says the same of a step, whether it was found by the search of all plans or constructed.
namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::Each;
using ::testing::HasSubstr;

std::vector<Plan> searched_and_constructed(const Organisation& organisation, const Policy& policy) {
  Effort no_search;
  no_search.most_situations = 0;
  return {planned(organisation, policy), std::get<Plan>(make_plan(organisation, policy, no_search))};
}

TEST(StepReasons, SayThatARollupIsRemovedAndWhatToLookAtFirst) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1_ru9, {sp1, sp1_ru9});
  contoso.runs(contoso.target, sp1_ru9, {sp1, sp1_ru9});
  for (const Plan& plan : searched_and_constructed(contoso.organisation, policy_to(sp1))) {
    EXPECT_THAT(step_of(contoso.organisation, plan, "upgrade BRCAS1 8.1.240.6").why,
                HasSubstr("the rollups after it are removed. Look at the list of installed updates first"));
  }
}

/// Why the mailbox server of the front's site waits for the front.
std::vector<std::string> reasons_of_mailbox_server(TwoSites contoso, bool is_pair) {
  const ServerId mailbox = contoso.cas("HQMBX1", contoso.hq, rtm);
  contoso[mailbox].roles = {Role::mailbox};
  Policy policy = policy_to(sp1);
  policy.roles = UpgradedRoles::all;
  if (is_pair) policy.before = {{contoso.front, mailbox}};
  std::vector<std::string> reasons;
  for (const Plan& plan : searched_and_constructed(contoso.organisation, policy)) {
    const PlannedStep& step = step_of(contoso.organisation, plan, "upgrade HQMBX1 8.1.240.6");
    EXPECT_EQ(step.after.size(), 1U);
    for (const Arrow& arrow : step.after) reasons.push_back(arrow.reason);
  }
  return reasons;
}

TEST(StepReasons, SayThatTheRolesOfASiteFollowEachOtherWhereThePolicyHasNoSuchPair) {
  EXPECT_THAT(reasons_of_mailbox_server({}, false),
              Each("Policy: HQCAS1 is upgraded before HQMBX1: the roles of a site follow each other, Client "
                   "Access, Hub Transport, Unified Messaging, Mailbox"));
}

TEST(StepReasons, NameAPairOfThePolicyWhereItHasOne) {
  EXPECT_THAT(reasons_of_mailbox_server({}, true), Each("Policy: HQCAS1 is to be upgraded before HQMBX1"));
}

}  // namespace
}  // namespace casplan::planner
