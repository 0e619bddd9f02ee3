#include "planner/search/nearest_sources.h"

#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;

/// Two fronts that need the folder of a branch that stays as it is.
struct Contoso : Builder {
  SiteId hq = site("HQ", 100);
  SiteId far = site("Far", 100);
  ServerId branch = cas("FARCAS1", far, rtm);
  ServerId first = cas("HQCAS1", hq, rtm);
  ServerId second = cas("HQCAS2", hq, rtm);
  Policy policy = policy_to(sp1);

  Contoso() {
    entry_point("mail.contoso.com", {first, second}, 100);
    policy.frozen.insert(branch);
  }

  std::vector<ServerId> sources_on(const Plan& plan, const std::string& front) const {
    return step_of(organisation, plan, "ensure_folder " + front + " " + to_string(folder_of(rtm))).step.sources;
  }
};

TEST(TheSourceOfACopy, IsAnotherFrontOfTheSameSiteThatHoldsTheFolderStillOrAgain) {
  const Contoso contoso;
  const Plan plan = planned(contoso.organisation, contoso.policy);
  EXPECT_EQ(contoso.sources_on(plan, "HQCAS1"), std::vector{contoso.second});
  EXPECT_EQ(contoso.sources_on(plan, "HQCAS2"), std::vector{contoso.first});
}

TEST(TheSourceOfACopy, IsChangedOnlyOnceTheCopyIsMade) {
  const Contoso contoso;
  const Plan plan = planned(contoso.organisation, contoso.policy);
  const auto& upgrade = step_of(contoso.organisation, plan, "upgrade HQCAS2 8.1.240.6");
  EXPECT_GE(upgrade.schedule->start,
            step_of(contoso.organisation, plan, "ensure_folder HQCAS1 " + to_string(folder_of(rtm))).schedule->end);
}

TEST(TheSourceOfACopy, IsOfThoseInTheSameSiteOneForWhichNothingWaits) {
  Contoso contoso;
  const ServerId spare = contoso.cas("HQCAS3", contoso.hq, rtm);
  for (const ServerId front : {contoso.first, contoso.second}) contoso[front].folders = folders_of({sp1});
  Problem problem(contoso.organisation, contoso.policy, {}, Problem::Herds::apart);
  const Moment start = contoso.policy.start;
  const auto copy = [&](ServerId front, ServerId source, Moment begin) {
    const Step step{StepKind::ensure_folder, front, std::nullopt, folder_of(rtm), {source}};
    return TimedStep{step, {begin, begin + Minutes(10)}};
  };
  const std::vector<TimedStep> steps{copy(contoso.second, spare, start),
                                     copy(contoso.first, contoso.second, start + Minutes(10))};
  NearestSources sources(problem.organisation, problem.variants, problem.meetings, steps);
  EXPECT_EQ(sources.nearest(1), spare);
}

TEST(TheSourceOfACopy, IsTheNearestBySiteLinksWhereNoneIsInTheSite) {
  Contoso contoso;
  const SiteId near = contoso.site("Near", 100);
  const ServerId neighbour = contoso.cas("NEARCAS1", near, rtm);
  contoso.policy.frozen.insert(neighbour);
  contoso[contoso.second].in_service = false;
  contoso.organisation.site_links = {{{contoso.hq, contoso.far}, 300}, {{contoso.hq, near}, 100}};
  const Plan plan = planned(contoso.organisation, contoso.policy);
  EXPECT_EQ(contoso.sources_on(plan, "HQCAS1"), std::vector{neighbour});
}

}  // namespace
}  // namespace casplan::planner
