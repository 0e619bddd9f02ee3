#include "simulator/site_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/topology.h"
#include "simulator/organisation_fixture.h"

namespace casplan::simulator {
namespace {

using modelled::TwoSites;
using testing::ElementsAre;
using testing::IsEmpty;

/// By site.
std::vector<SiteStatus> statuses_of(const Organisation& organisation) {
  const State state = initial_state(organisation);
  return SiteStatuses(organisation).of(state, assess(organisation, proxy_paths(organisation), state, Readings{}));
}

SiteStatus status_of(const Organisation& organisation, SiteId site) {
  const auto statuses = statuses_of(organisation);
  return at(statuses, site);
}

SiteStatus status_in(const TwoSites& sites) {
  return status_of(sites.organisation, sites.branch);
}

TEST(SiteStatus, IsServedWhereEveryPathWorks) {
  const SiteStatus status = status_in(TwoSites());
  EXPECT_EQ(status.condition, SiteCondition::served);
  EXPECT_EQ(status.share, (Fraction{1, 1}));
  EXPECT_THAT(status.events, IsEmpty());
  EXPECT_THAT(status.targets, ElementsAre(ServerId{1}));
}

TEST(SiteStatus, IsBrokenWhereNobodyIsServed) {
  TwoSites sites;
  sites.runs(sites.front, modelled::sp1, {modelled::sp1});
  const SiteStatus status = status_in(sites);
  EXPECT_EQ(status.condition, SiteCondition::broken);
  EXPECT_EQ(status.share, (Fraction{1, 1}));
  EXPECT_THAT(status.events, ElementsAre(46));
}

TEST(SiteStatuses, CountAFrontThatIsDownOrOutOfTheRotationAsNoneOnWhichUsersArrive) {
  TwoSites sites;
  const ServerId second = sites.cas("HQCAS2", sites.hq, modelled::rtm);
  sites.organisation.entry_points[0].fronts.push_back(second);
  State state = initial_state(sites.organisation);
  at(state.servers, sites.front).is_out_of_rotation = true;
  const SiteStatuses statuses(sites.organisation);
  EXPECT_THAT(statuses.fronts_in_service(state), ElementsAre(second));
  at(state.servers, second).is_down = true;
  EXPECT_THAT(statuses.fronts_in_service(state), IsEmpty());
}

TEST(SiteStatus, SaysExactlyWhichShareOfTheUsersFails) {
  TwoSites sites;
  const ServerId second = sites.cas("BRCAS2", sites.branch, modelled::sp1);
  sites.cas("BRCAS3", sites.branch, modelled::rtm);
  ASSERT_EQ(second, ServerId{2});
  const SiteStatus status = status_in(sites);
  EXPECT_EQ(status.condition, SiteCondition::some_fail);
  EXPECT_EQ(status.share, (Fraction{1, 3}));
  EXPECT_THAT(status.events, ElementsAre(46));
}

TEST(SiteStatus, NamesEachEventOfThoseWhoFail) {
  TwoSites sites;
  sites.runs(sites.front, modelled::sp1, {modelled::sp1});
  const ServerId second = sites.cas("BRCAS2", sites.branch, modelled::rtm);
  sites[second].integrated_auth = false;
  EXPECT_THAT(status_in(sites).events, ElementsAre(46, 401));
}

TEST(SiteStatus, OfASiteWithoutACasIsEvent41) {
  TwoSites sites;
  const SiteId depot = sites.site("Depot", 5);
  const SiteStatus status = status_of(sites.organisation, depot);
  EXPECT_EQ(status.condition, SiteCondition::broken);
  EXPECT_THAT(status.events, ElementsAre(41));
}

TEST(SiteStatus, IsRedirectedWhereEveryoneGetsALink) {
  TwoSites sites;
  sites[sites.target].external_url = "https://branch/owa";
  EXPECT_EQ(status_in(sites).condition, SiteCondition::redirected);
}

TEST(SiteStatus, IsServedWhereSomeGetALinkAndOthersAreProxied) {
  TwoSites sites;
  sites[sites.target].external_url = "https://branch/owa";
  sites.cas("BRCAS2", sites.branch, modelled::rtm);
  EXPECT_EQ(status_in(sites).condition, SiteCondition::served);
}

TEST(SiteStatus, IsAPlannedOutageWhereNoServerIsInService) {
  TwoSites sites;
  sites[sites.target].in_service = false;
  const SiteStatus status = status_in(sites);
  EXPECT_EQ(status.condition, SiteCondition::planned_outage);
  EXPECT_THAT(status.targets, IsEmpty());
}

TEST(SiteStatus, CannotBeToldWhereAFactIsMissing) {
  TwoSites sites;
  sites.runs(sites.front, modelled::sp1, {modelled::sp1});
  sites[sites.front].folders.reset();
  EXPECT_EQ(status_in(sites).condition, SiteCondition::cannot_tell);
}

TEST(SiteStatus, IsKnownWithoutItsShareWhereMailboxesWereNotCounted) {
  TwoSites sites;
  at(sites.organisation.sites, sites.branch).mailboxes.reset();
  sites.cas("BRCAS2", sites.branch, modelled::sp1);
  const SiteStatus status = status_in(sites);
  EXPECT_EQ(status.condition, SiteCondition::some_fail);
  EXPECT_EQ(status.share, std::nullopt);
}

TEST(SiteStatus, IsThatOfAllWhereAllFailThoughMailboxesWereNotCounted) {
  TwoSites sites;
  sites.runs(sites.front, modelled::sp1, {modelled::sp1});
  at(sites.organisation.sites, sites.branch).mailboxes.reset();
  const SiteStatus status = status_in(sites);
  EXPECT_EQ(status.condition, SiteCondition::broken);
  EXPECT_EQ(status.share, (Fraction{1, 1}));
}

TEST(SiteStatus, OfASiteWithoutMailboxesIsThatOfNobody) {
  TwoSites sites;
  at(sites.organisation.sites, sites.branch).mailboxes = 0;
  EXPECT_EQ(status_in(sites).condition, SiteCondition::nobody);
}

TEST(SiteStatus, UsersLandOnTheFrontsInServiceOfEntryPointsThatAreUsed) {
  TwoSites sites;
  const ServerId out = sites.cas("HQCAS2", sites.hq, modelled::rtm);
  const ServerId unused = sites.cas("HQCAS3", sites.hq, modelled::rtm);
  sites[out].in_service = false;
  sites.organisation.entry_points[0].fronts.push_back(out);
  sites.entry_point("old.contoso.com", {unused}, 0);
  EXPECT_THAT(SiteStatuses(sites.organisation).fronts_in_service(initial_state(sites.organisation)),
              ElementsAre(sites.front));
}

}  // namespace
}  // namespace casplan::simulator
