#include "model/policy.h"

#include <gtest/gtest.h>

namespace casplan {
namespace {

constexpr BuildVersion rtm{{8, 0, 685, 25}};
constexpr BuildVersion sp1{{8, 1, 240, 6}};
constexpr BuildVersion sp1_ru9{{8, 1, 393, 1}};
constexpr BuildVersion sp2{{8, 2, 176, 2}};
constexpr BuildVersion exchange2010{{14, 0, 639, 21}};
constexpr ServerId server{0};

Organisation with_one_cas(std::optional<BuildVersion> build) {
  Server cas;
  cas.name = "HQCAS1";
  cas.roles = {Role::client_access};
  cas.build = build;
  Organisation organisation;
  organisation.servers = {cas};
  return organisation;
}

Policy to(BuildVersion target) {
  Policy policy;
  policy.target = target;
  return policy;
}

TEST(WantedBuild, OfACasIsTheTarget) {
  EXPECT_EQ(wanted_build(with_one_cas(rtm), to(sp2), server), sp2);
}

TEST(WantedBuild, OfAServerWithItsOwnTargetIsThatTarget) {
  Policy policy = to(sp2);
  policy.targets[server] = sp1;
  EXPECT_EQ(wanted_build(with_one_cas(rtm), policy, server), sp1);
}

TEST(WantedBuild, OfAFrozenServerIsTheOneThatItHas) {
  Policy policy = to(sp2);
  policy.targets[server] = sp1;
  policy.frozen = {server};
  EXPECT_EQ(wanted_build(with_one_cas(rtm), policy, server), rtm);
}

Organisation with_one_server(const std::set<Role>& roles) {
  Organisation organisation = with_one_cas(rtm);
  organisation.servers[0].roles = roles;
  return organisation;
}

TEST(WantedBuild, OfAServerThatIsNoCasIsTheOneThatItHas) {
  EXPECT_EQ(wanted_build(with_one_server({Role::mailbox}), to(sp2), server), rtm);
}

TEST(WantedBuild, IsTheTargetOfTheOtherRolesTooWhereThePolicyAsksForAll) {
  Policy policy = to(sp2);
  policy.roles = UpgradedRoles::all;
  for (const Role role : {Role::client_access, Role::hub_transport, Role::unified_messaging, Role::mailbox}) {
    EXPECT_EQ(wanted_build(with_one_server({role}), policy, server), sp2) << to_string(role);
  }
  policy.frozen = {server};
  EXPECT_EQ(wanted_build(with_one_server({Role::mailbox}), policy, server), rtm);
}

TEST(WantedBuild, OfAnEdgeTransportServerOrOneWithoutRolesIsTheOneThatItHas) {
  Policy policy = to(sp2);
  policy.roles = UpgradedRoles::all;
  EXPECT_EQ(wanted_build(with_one_server({Role::edge_transport}), policy, server), rtm);
  EXPECT_EQ(wanted_build(with_one_server({}), policy, server), rtm);
}

Server with_roles(const std::set<Role>& roles) {
  Server one;
  one.roles = roles;
  return one;
}

TEST(PlaceInSite, GoesFromClientAccessOverHubTransportAndUnifiedMessagingToMailbox) {
  EXPECT_EQ(place_in_site(with_roles({Role::client_access})), 0);
  EXPECT_EQ(place_in_site(with_roles({Role::hub_transport})), 1);
  EXPECT_EQ(place_in_site(with_roles({Role::unified_messaging})), 2);
  EXPECT_EQ(place_in_site(with_roles({Role::mailbox})), 3);
  EXPECT_EQ(place_in_site(with_roles({Role::edge_transport})), std::nullopt);
}

TEST(PlaceInSite, OfAServerWithSeveralRolesIsThatOfTheFirstOfThem) {
  EXPECT_EQ(place_in_site(with_roles({Role::mailbox, Role::unified_messaging})), 2);
  EXPECT_EQ(place_in_site(with_roles({Role::mailbox, Role::hub_transport, Role::client_access})), 0);
}

TEST(WantedBuild, OfAServerOfAnotherProductIsTheOneThatItHas) {
  EXPECT_EQ(wanted_build(with_one_cas(exchange2010), to(sp2), server), exchange2010);
}

TEST(WantedBuild, WithoutATargetIsTheOneThatTheServerHas) {
  EXPECT_EQ(wanted_build(with_one_cas(rtm), Policy{}, server), rtm);
}

TEST(WantedBuild, IsNotKnownWhereTodaysBuildIsNot) {
  EXPECT_EQ(wanted_build(with_one_cas(std::nullopt), to(sp2), server), std::nullopt);
}

Step upgrade_to(BuildVersion build) {
  Step step;
  step.kind = StepKind::upgrade;
  step.build = build;
  return step;
}

Minutes duration_of_kind(StepKind kind) {
  Step step;
  step.kind = kind;
  return duration_of(step, std::nullopt, Durations{});
}

TEST(ObstacleToATarget, IsAnotherProductOrAServicePackThatWouldHaveToBeRemoved) {
  const Organisation organisation = with_one_cas(sp1);
  EXPECT_EQ(obstacle_to_target(organisation, to(sp2), server, exchange2010), TargetObstacle::other_product);
  EXPECT_EQ(obstacle_to_target(organisation, to(sp2), server, rtm), TargetObstacle::service_pack);
  EXPECT_EQ(obstacle_to_target(organisation, to(sp2), server, sp2), std::nullopt);
  EXPECT_EQ(obstacle_to_target(with_one_cas(sp1_ru9), to(sp2), server, sp1), std::nullopt) << "rollups can be removed";
  EXPECT_EQ(obstacle_to_target(with_one_cas(std::nullopt), to(sp2), server, rtm), std::nullopt);
  Policy frozen = to(sp2);
  frozen.frozen = {server};
  EXPECT_EQ(obstacle_to_target(organisation, frozen, server, rtm), std::nullopt) << "it keeps its build";
}

TEST(ObstacleToATarget, IsThatTheServerHasNoRoleThatIsUpgraded) {
  Organisation organisation = with_one_cas(rtm);
  organisation.servers.front().roles = {Role::mailbox};
  EXPECT_EQ(obstacle_to_target(organisation, to(sp2), server, sp2), TargetObstacle::not_upgraded);
  Policy all = to(sp2);
  all.roles = UpgradedRoles::all;
  EXPECT_EQ(obstacle_to_target(organisation, all, server, sp2), std::nullopt);
}

TEST(ServersAboveTheTarget, AreThoseThatHavePassedItsLevelAndAreToReachIt) {
  const std::vector<ServerId> above{server};
  EXPECT_EQ(servers_above_target(with_one_cas(sp1), to(rtm)), above);
  EXPECT_TRUE(servers_above_target(with_one_cas(sp1_ru9), to(sp1)).empty());
  EXPECT_TRUE(servers_above_target(with_one_cas(exchange2010), to(rtm)).empty());
  Policy own = to(rtm);
  own.targets[server] = sp2;
  EXPECT_TRUE(servers_above_target(with_one_cas(sp1), own).empty());
  Policy heal = to(rtm);
  heal.goal = Goal::heal_by_copy;
  EXPECT_TRUE(servers_above_target(with_one_cas(sp1), heal).empty());
}

TEST(StepDuration, OfARollupIsThirtyMinutesByDefault) {
  EXPECT_EQ(duration_of(upgrade_to(sp1_ru9), std::nullopt, Durations{}), Minutes{30});
}

TEST(StepDuration, OfGoingBackToAServicePackIsThatOfARollup) {
  EXPECT_EQ(duration_of(upgrade_to(sp1), sp1_ru9, Durations{}), Minutes{30});
  EXPECT_EQ(duration_of(upgrade_to(sp1), rtm, Durations{}), Minutes{90});
  EXPECT_EQ(duration_of(upgrade_to(sp1), std::nullopt, Durations{}), Minutes{90});
}

TEST(StepDuration, OfAServicePackIsNinetyMinutesByDefault) {
  EXPECT_EQ(duration_of(upgrade_to(sp1), std::nullopt, Durations{}), Minutes{90});
}

TEST(StepDuration, OfAnUpgradeToAnUnknownBuildIsTheLongerOne) {
  EXPECT_EQ(duration_of(upgrade_to({{8, 9, 1, 1}}), std::nullopt, Durations{}), Minutes{90});
}

TEST(StepDuration, OfTheOtherKindsHasTheDefaultsOfTheContract) {
  EXPECT_EQ(duration_of_kind(StepKind::ensure_folder), Minutes{10});
  EXPECT_EQ(duration_of_kind(StepKind::recycle), Minutes{2});
  EXPECT_EQ(duration_of_kind(StepKind::drain), Minutes{5});
  EXPECT_EQ(duration_of_kind(StepKind::return_to_service), Minutes{1});
}

TEST(StepDuration, IsThatOfThePolicy) {
  Durations durations;
  durations.rollup = Minutes{41};
  durations.service_pack = Minutes{42};
  EXPECT_EQ(duration_of(upgrade_to(sp1_ru9), std::nullopt, durations), Minutes{41});
  EXPECT_EQ(duration_of(upgrade_to(sp1), std::nullopt, durations), Minutes{42});
}

TEST(Policy, AsksForNothingUnlessTold) {
  const Policy policy;
  EXPECT_EQ(policy.goal, Goal::upgrade);
  EXPECT_EQ(policy.event46, Event46::never);
  EXPECT_EQ(policy.copies, std::nullopt) << "copies are allowed";
  EXPECT_EQ(policy.crews, 1);
  EXPECT_EQ(policy.min_in_service.at(SiteId{0}), 0);
  EXPECT_EQ(policy.readings, FixedReadings{});
  EXPECT_EQ(policy.roles, UpgradedRoles::client_access);
  EXPECT_EQ(policy.latest_end, std::nullopt);
}

TEST(Policy, CountsEvent46FirstAndTheTimeLast) {
  EXPECT_EQ(Policy{}.objective,
            (std::vector{Measure::event46_user_minutes, Measure::unavailable_user_minutes, Measure::copies,
                         Measure::feature_lag_user_minutes, Measure::makespan_minutes}));
}

TEST(Policy, StartsOnASaturdayEveningByDefault) {
  using namespace std::chrono;
  const Moment evening = Moment(sys_days(2009y / October / 3d)) + Minutes{22 * 60};
  EXPECT_EQ(default_start(), evening);
  EXPECT_EQ(weekday(floor<days>(default_start())), Saturday);
}

TEST(MinInService, HoldsForTheSitesThatItDoesNotName) {
  MinInService least;
  least.default_count = 1;
  least.sites[SiteId{3}] = 2;
  EXPECT_EQ(least.at(SiteId{3}), 2);
  EXPECT_EQ(least.at(SiteId{0}), 1);
}

TEST(Goal, IsReadAsItIsWritten) {
  for (const Goal goal : {Goal::upgrade, Goal::heal_by_copy, Goal::heal_by_patch}) {
    EXPECT_EQ(parse_goal(to_string(goal)), goal);
  }
  EXPECT_EQ(to_string(Goal::heal_by_copy), "heal_by_copy");
  EXPECT_EQ(parse_goal("heal"), std::nullopt);
}

}  // namespace
}  // namespace casplan
