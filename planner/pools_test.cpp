#include "planner/pools.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"
#include "verifier/verify.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// One site with two fronts of equal build.
struct OneSite : Builder {
  SiteId hq = site("HQ", 1000);
  ServerId first = cas("HQCAS1", hq, sp1);
  ServerId second = cas("HQCAS2", hq, sp1);

  OneSite() { entry_point("mail.contoso.com", {first, second}); }
};

Moment minute(int minutes) {
  return default_start() + Minutes(minutes);
}

TEST(Pools, TheServersOfASiteAndOfAnEntryPointAreKeptInServiceForComfort) {
  const OneSite contoso;
  const auto pools = pools_of(contoso.organisation, Policy{});
  ASSERT_THAT(pools, SizeIs(2));
  for (const Pool& pool : pools) {
    EXPECT_THAT(pool.servers, ElementsAre(contoso.first, contoso.second));
    EXPECT_EQ(pool.strength, Pool::Strength::comfort);
    EXPECT_EQ(pool.most_out(), 1U);
  }
}

TEST(Pools, APolicysNumberMakesAPoolOfItsSite) {
  const OneSite contoso;
  Policy policy;
  policy.min_in_service.sites[contoso.hq] = 2;
  const Pool site = pools_of(contoso.organisation, policy).front();
  EXPECT_EQ(site.strength, Pool::Strength::policy);
  EXPECT_EQ(site.most_out(), 0U);
}

TEST(Pools, AServerFoundOutOfServiceCarriesNobody) {
  OneSite contoso;
  contoso[contoso.first].in_service = false;
  EXPECT_THAT(pools_of(contoso.organisation, Policy{}), IsEmpty());
}

TEST(OutTimes, AServerIsOutFromItsDrainToItsReturn) {
  OutTimes out;
  out.leave(ServerId{0}, minute(0));
  out.upgrade(ServerId{0}, minute(5), minute(95));
  out.come_back(ServerId{0}, minute(96));
  const auto found = out.of({ServerId{0}});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found.front().start, minute(0));
  EXPECT_EQ(found.front().end, minute(96));
}

TEST(OutTimes, AnUpgradeAloneTakesItsServerOut) {
  OutTimes out;
  out.upgrade(ServerId{0}, minute(5), minute(95));
  ASSERT_THAT(out.of({ServerId{0}}), SizeIs(1));
  EXPECT_THAT(out.of({ServerId{1}}), IsEmpty());
}

TEST(EarliestWithService, AChangeWaitsUntilTheOtherServerIsBack) {
  const OneSite contoso;
  OutTimes placed;
  placed.upgrade(contoso.first, minute(0), minute(30));
  OutTimes candidate;
  candidate.upgrade(contoso.second, minute(10), minute(40));
  EXPECT_EQ(earliest_with_service(pools_of(contoso.organisation, Policy{}), placed, candidate, minute(10)), minute(30));
}

TEST(MinInService, TwoServersOfASiteAreUpgradedOneAfterTheOther) {
  const OneSite contoso;
  Policy policy = policy_to(sp1_ru9);
  policy.crews = 2;
  policy.min_in_service.sites[contoso.hq] = 1;
  const Plan plan = planned(contoso.organisation, policy);
  EXPECT_THAT(timetable(contoso.organisation, policy, plan),
              ElementsAre("0-5 drain HQCAS1", "5-35 upgrade HQCAS1 8.1.393.1", "35-36 return HQCAS1",
                          "36-41 drain HQCAS2", "41-71 upgrade HQCAS2 8.1.393.1", "71-72 return HQCAS2"));
  const auto& drain = step_of(contoso.organisation, plan, "drain HQCAS2");
  ASSERT_THAT(drain.after, SizeIs(1));
  EXPECT_THAT(drain.after.front().reason, "Policy: at least 1 of the servers of HQ must stay in service");
}

TEST(MinInService, EvenWithoutAPolicyTwoServersOfASiteAreNotPlannedToBeOutAtTheSameTime) {
  const OneSite contoso;
  Policy policy = policy_to(sp1_ru9);
  policy.crews = 2;
  EXPECT_THAT(timetable(contoso.organisation, policy, planned(contoso.organisation, policy)),
              ElementsAre("0-5 drain HQCAS1", "5-35 upgrade HQCAS1 8.1.393.1", "31-36 drain HQCAS2",
                          "35-36 return HQCAS1", "36-66 upgrade HQCAS2 8.1.393.1", "66-67 return HQCAS2"));
}

TEST(MinInService, OneServerAloneThatMustStayIsProvedInfeasible) {
  const TwoSites contoso;
  Policy policy = policy_to(sp1);
  policy.min_in_service.sites[contoso.branch] = 1;
  EXPECT_THAT(why_infeasible(contoso.organisation, policy),
              ElementsAre(HasSubstr("at least 1 of the Client Access servers of Branch1 (BRCAS1) in service")));
}

TEST(MinInService, ServersThatHaveToChangeTogetherAndToStayAreProvedInfeasible) {
  TwoSites contoso;
  contoso.entry_point("branch.contoso.com", {contoso.target}, 0);
  Policy policy = policy_to(sp1);
  policy.min_in_service.default_count = 1;
  EXPECT_THAT(why_infeasible(contoso.organisation, policy), SizeIs(1));
}

TEST(MinInService, AServerThatDoesNotChangeIsNotHeldBackByIt) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {rtm, sp1});
  Policy policy = policy_to(sp1);
  policy.min_in_service.sites[contoso.hq] = 1;
  EXPECT_THAT(words(contoso.organisation, planned(contoso.organisation, policy)),
              ElementsAre("upgrade BRCAS1 8.1.240.6"));
}

/// Two sites with two fronts each, and entry points of their own; branches besides. Leaving service and coming back
/// take no time.
struct HandingOverAtOnce : Builder {
  Policy policy = policy_to(sp1);
  Effort little;

  HandingOverAtOnce() {
    for (const std::string name : {"HQ", "Plant"}) {
      const SiteId place = site(name, 190);
      entry_point(name, {cas(name + "CAS1", place, rtm), cas(name + "CAS2", place, rtm)}, 50);
    }
    for (const std::string name : {"Branch1", "Branch2", "Branch3"}) cas(name + "CAS1", site(name, 170), rtm);
    policy.durations.drain = Minutes(0);
    policy.durations.return_to_service = Minutes(0);
    little.most_situations = 1;
  }
};

TEST(Pools, OfServersThatHandOverAtOnceAskForNoCircleOfArrows) {
  const HandingOverAtOnce contoso;
  const Planning planning = make_plan(contoso.organisation, contoso.policy, contoso.little);
  ASSERT_TRUE(std::holds_alternative<Plan>(planning));
  const auto report = verifier::verify(contoso.organisation, std::get<Plan>(planning), contoso.policy.readings);
  EXPECT_EQ(report.safety, verifier::Safety::safe);
}

TEST(Pools, ThatThePolicyDemandsAllowNoPlanWhereServersWouldHandOverInACircle) {
  HandingOverAtOnce contoso;
  contoso.policy.min_in_service.default_count = 1;
  contoso.policy.frozen = {ServerId{4}, ServerId{5}, ServerId{6}};
  const Planning planning = make_plan(contoso.organisation, contoso.policy, contoso.little);
  const auto* none = std::get_if<NotFound>(&planning);
  ASSERT_NE(none, nullptr);
  EXPECT_THAT(none->because, ElementsAre(HasSubstr("would have to hand over to each other within a minute")));
}

}  // namespace
}  // namespace casplan::planner
