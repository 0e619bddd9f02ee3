#include "planner/ring_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/exact.h"
#include "planner/finish_plan.h"
#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

namespace casplan::planner {
namespace {

using namespace modelled;

/// Regions whose only CAS is the front of an entry point, and branches.
struct Contoso : Builder {
  Policy policy = policy_to(sp1);

  Contoso(int regions, int branches) {
    for (int i = 1; i <= regions; ++i) {
      const std::string number = std::to_string(i);
      const ServerId front = cas("HUBCAS" + number, site("Region" + number, 300 * i), rtm);
      entry_point("mail" + number + ".contoso.com", {front}, 100 / regions);
    }
    for (int i = 1; i <= branches; ++i) {
      cas("BRCAS" + std::to_string(i), site("Branch" + std::to_string(i), 800 + 10 * i), rtm);
    }
  }

  [[nodiscard]] Plan plan_without_search() const {
    Effort effort;
    effort.most_situations = 1;
    const Planning planning = make_plan(organisation, policy, effort);
    EXPECT_TRUE(std::holds_alternative<Plan>(planning));
    Plan plan = std::get<Plan>(planning);
    EXPECT_EQ(verifier::verify(organisation, plan, policy.readings).safety, verifier::Safety::safe);
    return plan;
  }
};

TEST(ARingPlan, IsProvedTheBestWithoutASearch) {
  for (const int regions : {2, 4, 5}) {
    const Plan plan = Contoso(regions, 30).plan_without_search();
    EXPECT_EQ(plan.outcome->status, PlanStatus::optimal) << regions;
    EXPECT_EQ(plan.outcome->bound, plan.outcome->objective) << regions;
  }
}

TEST(ARingPlan, CostsWhatTheBestOneThatASearchFindsCosts) {
  const Contoso contoso(2, 16);
  std::vector<std::string> missing;
  const Changes changes = upgrade_changes(contoso.organisation, contoso.policy, missing);
  Effort effort;
  effort.most_situations = 500'000;
  const ExactAnswer found = search_all_plans(contoso.organisation, contoso.policy, changes, effort);
  ASSERT_TRUE(found.plan.has_value());
  EXPECT_EQ(outcome_of(contoso.organisation, contoso.policy, *found.plan).objective,
            contoso.plan_without_search().outcome->objective);
}

TEST(ARingPlan, HasAllFrontsOutWhenTheFirstReturnsChanged) {
  const Contoso contoso(4, 30);
  const Plan plan = contoso.plan_without_search();
  Moment first_return = Moment::max();
  for (const PlannedStep& step : plan.steps) {
    if (step.step.kind == StepKind::return_to_service) first_return = std::min(first_return, step.schedule->start);
  }
  int drained = 0;
  for (const PlannedStep& step : plan.steps) {
    if (step.step.kind == StepKind::drain && step.schedule->end <= first_return) ++drained;
  }
  EXPECT_EQ(drained, 4);
}

TEST(ARingPlan, IsMadeForNothingElse) {
  const auto makes = [](const Contoso& contoso) {
    std::vector<std::string> missing;
    const Changes changes = upgrade_changes(contoso.organisation, contoso.policy, missing);
    Problem problem(contoso.organisation, contoso.policy, changes, Problem::Herds::apart);
    return ring_first(problem).has_value();
  };
  EXPECT_TRUE(makes(Contoso(3, 5)));
  EXPECT_FALSE(makes(Contoso(1, 5)));
  Contoso more_crews(3, 5);
  more_crews.policy.crews = 2;
  EXPECT_FALSE(makes(more_crews));
  Contoso two_servers(3, 5);
  two_servers.cas("BRCAS1B", id_at<SiteId>(3), rtm);
  EXPECT_FALSE(makes(two_servers));
  Contoso few_copies(3, 5);
  few_copies.policy.copies = 2;
  EXPECT_FALSE(makes(few_copies));
}

}  // namespace
}  // namespace casplan::planner
