#include "simulator/assessment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"

namespace casplan::simulator {
namespace {

using namespace modelled;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;

Assessment assessed(const Organisation& organisation, const State& state, const WantedBuilds& wanted = {}) {
  return assess(organisation, proxy_paths(organisation), state, Readings{}, wanted);
}

Assessment assessed(const Organisation& organisation, const WantedBuilds& wanted = {}) {
  return assessed(organisation, initial_state(organisation), wanted);
}

/// Users in thousandths, as the documents show them; -1 for figures that are not known.
std::int64_t thousandths(const Users& users) {
  return users ? users->nearest(1000) : -1;
}

/// Whole users; a broken contract where they are not whole.
std::int64_t whole(const Users& users) {
  expects(users.has_value() && users->nearest(1000) % 1000 == 0, "the users are known, and whole");
  return users->nearest();
}

/// Served, broken, unavailable and undecided users, who are all users of a site.
std::array<std::int64_t, 4> groups(const SiteAssessment& site) {
  return {whole(site.served), whole(site.broken), whole(site.unavailable), whole(site.undecided)};
}

using Groups = std::array<std::int64_t, 4>;

std::vector<std::pair<std::string, std::int64_t>> levels(const SiteAssessment& site) {
  std::vector<std::pair<std::string, std::int64_t>> found;
  for (const FeatureShare& share : site.features) found.emplace_back(level_name(share.level), whole(share.users));
  return found;
}

TEST(Assessment, WhenAllIsEqualEverybodyIsServed) {
  const TwoSites contoso;
  const Assessment now = assessed(contoso.organisation);
  ASSERT_EQ(now.paths.size(), 1U);
  EXPECT_EQ(now.paths[0].judgement.verdict, Verdict::works);
  EXPECT_EQ(whole(now.paths[0].users), 300);
  EXPECT_EQ(groups(now.sites[0]), (Groups{1200, 0, 0, 0}));
  EXPECT_EQ(groups(now.sites[1]), (Groups{300, 0, 0, 0}));
}

TEST(Assessment, Event46BreaksTheUsersOfThePathAndNobodyElse) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  const Assessment now = assessed(contoso.organisation);
  EXPECT_EQ(now.paths[0].judgement.event, 46);
  EXPECT_EQ(groups(now.sites[0]), (Groups{1200, 0, 0, 0}));
  EXPECT_EQ(groups(now.sites[1]), (Groups{0, 300, 0, 0}));
  EXPECT_EQ(whole(now.sites[1].event46), 300);
}

TEST(Assessment, AnotherFaultBreaksUsersWithoutEvent46) {
  TwoSites contoso;
  contoso[contoso.target].internal_url = "http://brcas1/owa";
  const Assessment now = assessed(contoso.organisation);
  EXPECT_EQ(groups(now.sites[1]), (Groups{0, 300, 0, 0}));
  EXPECT_EQ(whole(now.sites[1].event46), 0);
}

TEST(Assessment, APathOfWhichItCannotBeToldHasUndecidedUsers) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {});
  contoso[contoso.front].folders.reset();
  EXPECT_EQ(groups(assessed(contoso.organisation).sites[1]), (Groups{0, 0, 0, 300}));
}

TEST(Assessment, UsersSpreadOverTheTargetsInExactThirds) {
  TwoSites contoso;
  contoso.organisation.sites[1].mailboxes = 100;
  contoso.cas("BRCAS2", contoso.branch, rtm);
  contoso.cas("BRCAS3", contoso.branch, sp1);
  const Assessment now = assessed(contoso.organisation);
  ASSERT_EQ(now.paths.size(), 3U);
  for (const PathAssessment& path : now.paths) EXPECT_EQ(thousandths(path.users), 33333);
  EXPECT_EQ(thousandths(now.sites[1].served), 66667);
  EXPECT_EQ(thousandths(now.sites[1].broken), 33333);
  ExactSum everybody;
  everybody.add(*now.sites[1].served, 3);
  everybody.add(*now.sites[1].broken, 3);
  EXPECT_EQ(everybody.nearest(1'000'000), 300'000'000) << "thirds add up without loss";
}

TEST(Assessment, EntryPointsBringTheirShareAndSpreadItOverTheirFronts) {
  TwoSites contoso;
  const ServerId second = contoso.cas("HQCAS2", contoso.hq, rtm);
  const ServerId third = contoso.cas("HQCAS3", contoso.hq, sp1);
  contoso.organisation.entry_points.clear();
  contoso.entry_point("mail.contoso.com", {contoso.front, second}, 70);
  contoso.entry_point("webmail.contoso.com", {second, third}, 30);
  const Assessment now = assessed(contoso.organisation);
  ASSERT_EQ(now.paths.size(), 3U);
  EXPECT_EQ(whole(now.paths[0].users), 105) << "half of 70 % of 300";
  EXPECT_EQ(whole(now.paths[1].users), 150) << "half of 70 % and half of 30 %";
  EXPECT_EQ(whole(now.paths[2].users), 45) << "half of 30 %";
  EXPECT_EQ(groups(now.sites[1]), (Groups{255, 45, 0, 0}));
}

TEST(Assessment, FrontsInSeveralSitesServeTheirOwnSiteDirectlyAndProxyToTheOther) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1, {sp1, rtm});
  contoso.organisation.entry_points[0].fronts = {contoso.front, contoso.target};
  const Assessment now = assessed(contoso.organisation);
  ASSERT_EQ(now.paths.size(), 2U);
  EXPECT_EQ(now.paths[0].judgement.rule, RuleId::older_front);
  EXPECT_EQ(now.paths[1].judgement.rule, RuleId::newer_front_with_folder);
  EXPECT_EQ(groups(now.sites[0]), (Groups{1200, 0, 0, 0}));
  EXPECT_EQ(groups(now.sites[1]), (Groups{150, 150, 0, 0}));
  EXPECT_THAT(levels(now.sites[1]), ElementsAre(std::pair("SP1", 150)));
}

TEST(Assessment, DrainedFrontLeavesItsUsersToTheOthersOfItsEntryPoint) {
  TwoSites contoso;
  const ServerId second = contoso.cas("HQCAS2", contoso.hq, rtm);
  contoso.organisation.entry_points[0].fronts.push_back(second);
  contoso[contoso.front].in_service = false;
  const Assessment now = assessed(contoso.organisation);
  EXPECT_EQ(now.paths[0].judgement.verdict, Verdict::idle);
  EXPECT_EQ(whole(now.paths[0].users), 0);
  EXPECT_EQ(whole(now.paths[1].users), 300);
  EXPECT_EQ(groups(now.sites[0]), (Groups{1200, 0, 0, 0}));
}

TEST(Assessment, EntryPointWithoutAFrontInServiceLeavesItsShareOfEverySiteUnavailable) {
  TwoSites contoso;
  const ServerId second = contoso.cas("HQCAS2", contoso.hq, rtm);
  contoso.organisation.entry_points[0].share = 60;
  contoso.entry_point("webmail.contoso.com", {second}, 40);
  contoso[second].in_service = false;
  const Assessment now = assessed(contoso.organisation);
  EXPECT_EQ(groups(now.sites[0]), (Groups{720, 0, 480, 0}));
  EXPECT_EQ(groups(now.sites[1]), (Groups{180, 0, 120, 0}));
}

TEST(Assessment, DrainedTargetLeavesItsUsersToTheOthersOfItsSite) {
  TwoSites contoso;
  contoso.cas("BRCAS2", contoso.branch, rtm);
  contoso[contoso.target].in_service = false;
  const Assessment now = assessed(contoso.organisation);
  EXPECT_EQ(whole(now.paths[0].users), 0);
  EXPECT_EQ(whole(now.paths[1].users), 300);
  EXPECT_EQ(groups(now.sites[1]), (Groups{300, 0, 0, 0}));
}

TEST(Assessment, SiteWithoutATargetInServiceIsUnavailableForFrontsElsewhere) {
  TwoSites contoso;
  contoso[contoso.target].in_service = false;
  const Assessment now = assessed(contoso.organisation);
  EXPECT_EQ(groups(now.sites[1]), (Groups{0, 0, 300, 0}));
  EXPECT_FALSE(now.sites[1].has_no_cas) << "it has one, out of service";
}

TEST(Assessment, FrontInItsOwnSiteServesItsUsersEvenWhereTheOtherCasAreOut) {
  TwoSites contoso;
  const ServerId second = contoso.cas("HQCAS2", contoso.hq, rtm);
  contoso[second].in_service = false;
  EXPECT_EQ(groups(assessed(contoso.organisation).sites[0]), (Groups{1200, 0, 0, 0}));
}

TEST(Assessment, SiteWithMailboxesAndNoCasIsBrokenWithEvent41) {
  TwoSites contoso;
  contoso.site("Zurich", 90);
  const Assessment now = assessed(contoso.organisation);
  ASSERT_EQ(now.sites.size(), 3U);
  EXPECT_TRUE(now.sites[2].has_no_cas);
  EXPECT_EQ(groups(now.sites[2]), (Groups{0, 90, 0, 0}));
  EXPECT_EQ(whole(now.sites[2].event46), 0);
  EXPECT_FALSE(now.sites[1].has_no_cas);
}

TEST(Assessment, SiteWithoutMailboxesHasNeitherPathsNorUsersNorEvent41) {
  TwoSites contoso;
  contoso.organisation.sites[1].mailboxes = 0;
  contoso.organisation.sites[1].legacy_mailboxes = 50;
  contoso.site("Empty", 0);
  const Assessment now = assessed(contoso.organisation);
  EXPECT_TRUE(now.paths.empty());
  EXPECT_EQ(groups(now.sites[1]), (Groups{0, 0, 0, 0}));
  EXPECT_FALSE(now.sites[2].has_no_cas);
}

TEST(Assessment, RedirectedUsersAreServedByTheTargetWithTheTargetsFeatures) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso[contoso.target].external_url = "https://branch.contoso.com/owa";
  const Assessment now = assessed(contoso.organisation);
  EXPECT_EQ(now.paths[0].judgement.verdict, Verdict::redirect);
  EXPECT_EQ(whole(now.paths[0].users), 300);
  EXPECT_EQ(groups(now.sites[1]), (Groups{300, 0, 0, 0}));
  EXPECT_THAT(levels(now.sites[1]), ElementsAre(std::pair("RTM", 300)));
}

TEST(Features, ProxiedUsersHaveTheTargetsLevelAndDirectUsersTheFronts) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {sp2, rtm});
  const Assessment now = assessed(contoso.organisation);
  EXPECT_THAT(levels(now.sites[0]), ElementsAre(std::pair("SP2", 1200)));
  EXPECT_THAT(levels(now.sites[1]), ElementsAre(std::pair("RTM", 300)));
}

TEST(Features, AreListedByAscendingLevelWhereTargetsDiffer) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {rtm, sp1, sp2});
  contoso.runs(contoso.target, sp1, {sp1});
  contoso.cas("BRCAS2", contoso.branch, rtm);
  EXPECT_THAT(levels(assessed(contoso.organisation).sites[1]),
              ElementsAre(std::pair("RTM", 150), std::pair("SP1", 150)));
}

TEST(Features, OfAnEntryPointThatNobodyUsesAreNotListed) {
  TwoSites contoso;
  contoso.entry_point("test.contoso.com", {contoso.cas("HQCAS2", contoso.hq, sp1)}, 0);
  EXPECT_THAT(levels(assessed(contoso.organisation).sites[0]), ElementsAre(std::pair("RTM", 1200)));
}

TEST(Features, OfUsersWhoAreBrokenAreNotListed) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  EXPECT_TRUE(assessed(contoso.organisation).sites[1].features.empty());
}

TEST(Lag, CountsUsersWhosePagesComeFromAServerBelowItsWantedBuild) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {sp2, rtm});
  const Assessment now = assessed(contoso.organisation, {sp2, sp2});
  EXPECT_EQ(whole(now.sites[0].lagging), 0);
  EXPECT_EQ(whole(now.sites[1].lagging), 300) << "the target renders their pages, and is on RTM";
}

TEST(Lag, IncludesUsersWhoAreBrokenOrUnavailable) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp2, {sp2});
  EXPECT_EQ(whole(assessed(contoso.organisation, {sp2, rtm}).sites[1].lagging), 300) << "broken";
  contoso[contoso.target].in_service = false;
  EXPECT_EQ(whole(assessed(contoso.organisation, {sp2, rtm}).sites[1].lagging), 300) << "unavailable";
}

TEST(Lag, OfUsersOfWhomItCannotBeToldIsThatOfTheirTarget) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {});
  contoso[contoso.front].folders.reset();
  EXPECT_EQ(whole(assessed(contoso.organisation, {sp1, sp1}).sites[1].lagging), 300);
  EXPECT_EQ(whole(assessed(contoso.organisation, {sp1, rtm}).sites[1].lagging), 0);
}

TEST(Lag, OfServersFromWhichNothingIsWantedIsNone) {
  const TwoSites contoso;
  EXPECT_EQ(whole(assessed(contoso.organisation, {std::nullopt, std::nullopt}).sites[1].lagging), 0);
}

TEST(Lag, IsNoneWhereOnlyAServerThatRendersNobodysPagesIsBelowItsWantedBuild) {
  TwoSites contoso;
  contoso[contoso.cas("BRMBX1", contoso.branch, rtm)].roles = {Role::mailbox};
  for (const SiteAssessment& site : assessed(contoso.organisation, {rtm, rtm, sp2}).sites) {
    EXPECT_EQ(whole(site.lagging), 0);
  }
}

TEST(Lag, WantedBuildsAreThePolicysForEachServer) {
  TwoSites contoso;
  contoso.cas("BRCAS2", contoso.branch, rtm);
  Policy policy;
  policy.target = sp2;
  policy.targets = {{contoso.target, sp1}};
  policy.frozen = {contoso.front};
  EXPECT_THAT(wanted_builds(contoso.organisation, policy), ElementsAre(rtm, sp1, sp2));
}

void expect_no_figures(const SiteAssessment& site) {
  for (const Users* users :
       {&site.served, &site.broken, &site.event46, &site.unavailable, &site.undecided, &site.lagging}) {
    EXPECT_FALSE(users->has_value());
  }
  EXPECT_THAT(site.features, Each(Field(&FeatureShare::users, ::testing::Eq(std::nullopt))));
}

TEST(UnknownFigures, MailboxesThatAreNotKnownEmptyTheFiguresOfTheirSiteOnly) {
  TwoSites contoso;
  contoso.organisation.sites[1].mailboxes.reset();
  contoso.runs(contoso.front, sp1, {sp1});
  const Assessment now = assessed(contoso.organisation);
  EXPECT_EQ(now.paths[0].judgement.verdict, Verdict::event46) << "the path is judged all the same";
  EXPECT_FALSE(now.paths[0].users);
  expect_no_figures(now.sites[1]);
  EXPECT_EQ(groups(now.sites[0]), (Groups{1200, 0, 0, 0}));
}

TEST(UnknownFigures, WhatMayBecomeOfUsersIsKnownWithoutTheirNumber) {
  TwoSites contoso;
  contoso.organisation.sites[1].mailboxes.reset();
  contoso.runs(contoso.front, sp1, {sp1});
  EXPECT_THAT(assessed(contoso.organisation).sites[1].fates, ElementsAre(Fate::broken, Fate::event46));
  contoso[contoso.target].in_service = false;
  EXPECT_THAT(assessed(contoso.organisation).sites[1].fates, ElementsAre(Fate::unavailable));
}

TEST(UnknownFigures, LevelsAreListedWithoutUsersWhereMailboxesAreNotKnown) {
  TwoSites contoso;
  contoso.organisation.sites[1].mailboxes.reset();
  const Assessment now = assessed(contoso.organisation);
  ASSERT_EQ(now.sites[1].features.size(), 1U);
  EXPECT_EQ(level_name(now.sites[1].features[0].level), "RTM");
  expect_no_figures(now.sites[1]);
}

TEST(UnknownFigures, SharesThatAreNotKnownEmptyEveryFigure) {
  TwoSites contoso;
  contoso.organisation.entry_points[0].share.reset();
  const Assessment now = assessed(contoso.organisation);
  EXPECT_FALSE(now.paths[0].users);
  for (const SiteAssessment& site : now.sites) expect_no_figures(site);
}

TEST(UnknownFigures, WithoutEntryPointsNobodyIsCountedAsServed) {
  TwoSites contoso;
  contoso.organisation.entry_points.clear();
  for (const SiteAssessment& site : assessed(contoso.organisation).sites) expect_no_figures(site);
}

TEST(UnknownFigures, CasInASiteThatIsNotKnownEmptiesEveryFigure) {
  TwoSites contoso;
  const ServerId stray = contoso.cas("NOWHERE", contoso.branch, rtm);
  contoso[stray].site.reset();
  const Assessment now = assessed(contoso.organisation);
  ASSERT_EQ(now.paths.size(), 2U);
  EXPECT_EQ(now.paths[1].judgement.rule, RuleId::site_unknown);
  for (const SiteAssessment& site : now.sites) expect_no_figures(site);
}

TEST(Assessment, JudgementsAreThoseOfThePathsInTheirOrder) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso.cas("BRCAS2", contoso.branch, sp1);
  const auto paths = proxy_paths(contoso.organisation);
  const Assessment now = assessed(contoso.organisation);
  ASSERT_EQ(now.paths.size(), 2U);
  for (std::size_t i = 0; i < paths.size(); ++i) EXPECT_EQ(now.paths[i].path, paths[i]);
  EXPECT_EQ(now.paths[0].judgement.rule, RuleId::newer_front_without_folder);
  EXPECT_EQ(now.paths[1].judgement.rule, RuleId::equal_versions);
}

TEST(Assessment, FollowsTheReadings) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1, rtm});
  contoso[contoso.front].loaded_folders = folders_of({sp1});
  Readings at_once;
  at_once.folder_load = FolderLoad::at_once;
  const auto paths = proxy_paths(contoso.organisation);
  const State state = initial_state(contoso.organisation);
  EXPECT_EQ(groups(assess(contoso.organisation, paths, state, Readings{}).sites[1]), (Groups{0, 300, 0, 0}));
  EXPECT_EQ(groups(assess(contoso.organisation, paths, state, at_once).sites[1]), (Groups{300, 0, 0, 0}));
}

}  // namespace
}  // namespace casplan::simulator
