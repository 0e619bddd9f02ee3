#include "model/organisation.h"

#include <gtest/gtest.h>

namespace casplan {
namespace {

constexpr SiteId hq{0};
constexpr SiteId branch{1};

Server cas(std::string name, SiteId site) {
  Server server;
  server.name = std::move(name);
  server.site = site;
  server.roles = {Role::client_access};
  return server;
}

/// Two fronts at headquarters, a target in the branch, and a mailbox server.
Organisation contoso() {
  Organisation organisation;
  organisation.name = "Contoso";
  organisation.sites = {{"HQ", 1200, 0}, {"Branch1", 300, 0}};
  organisation.servers = {cas("HQCAS1", hq), cas("HQCAS2", hq), cas("BRCAS1", branch), cas("BRMBX1", branch)};
  organisation.servers[3].roles = {Role::mailbox};
  organisation.entry_points = {{"mail.contoso.com", {ServerId{1}, ServerId{0}}, 80},
                               {"owa.contoso.com", {ServerId{0}}, 20}};
  return organisation;
}

TEST(Names, AreComparedWithoutRegardToCase) {
  EXPECT_EQ(find_server(contoso(), "brcas1"), ServerId{2});
  EXPECT_EQ(find_site(contoso(), "BRANCH1"), branch);
  EXPECT_TRUE(same_name("HQCAS1", "hqcas1"));
  EXPECT_FALSE(same_name("HQCAS1", "HQCAS10"));
}

TEST(Names, OutsideAsciiMustAgreeExactly) {
  EXPECT_TRUE(same_name("Z\u00fcrich", "z\u00fcrich"));
  EXPECT_FALSE(same_name("Z\u00fcrich", "Z\u00dcrich"));
}

TEST(Names, ThatNobodyHasAreNotFound) {
  EXPECT_EQ(find_server(contoso(), "HQCAS"), std::nullopt);
  EXPECT_EQ(find_site(contoso(), ""), std::nullopt);
}

TEST(ClientAccessServers, AreThoseWithTheRole) {
  EXPECT_EQ(client_access_servers(contoso()), (std::vector{ServerId{0}, ServerId{1}, ServerId{2}}));
  EXPECT_EQ(client_access_servers(contoso(), branch), std::vector{ServerId{2}});
}

TEST(ClientAccessServers, WhoseSiteIsNotKnownAreInNoSite) {
  Organisation organisation = contoso();
  organisation.servers[2].site.reset();
  EXPECT_TRUE(client_access_servers(organisation, branch).empty());
  EXPECT_EQ(client_access_servers(organisation).size(), 3U);
}

TEST(Fronts, StandBehindAnEntryPointAndAreListedOnce) {
  EXPECT_EQ(fronts(contoso()), (std::vector{ServerId{0}, ServerId{1}}));
  EXPECT_TRUE(is_front(contoso(), ServerId{1}));
  EXPECT_FALSE(is_front(contoso(), ServerId{2}));
}

TEST(RunningOwaVersion, IsTheReportedOne) {
  Server server = cas("HQCAS1", hq);
  server.build = BuildVersion{{8, 1, 240, 6}};
  server.owa_version = OwaVersion{{8, 1, 263, 1}};
  EXPECT_EQ(running_owa_version(server), (OwaVersion{{8, 1, 263, 1}}));
}

TEST(RunningOwaVersion, IsTakenFromTheCatalogueWhereNoneIsReported) {
  Server server = cas("HQCAS1", hq);
  server.build = BuildVersion{{8, 1, 240, 6}};
  EXPECT_EQ(running_owa_version(server), (OwaVersion{{8, 1, 240, 5}}));
}

TEST(RunningOwaVersion, IsNotDerivedFromABuildThatTheCatalogueDoesNotHold) {
  Server server = cas("HQCAS1", hq);
  EXPECT_EQ(running_owa_version(server), std::nullopt);
  server.build = BuildVersion{{8, 1, 241, 0}};
  EXPECT_EQ(running_owa_version(server), std::nullopt);
}

TEST(Site, WithoutMailboxesOn2007HasNoUsersForPaths) {
  EXPECT_TRUE(may_have_users({"Branch1", 300, 0}));
  EXPECT_FALSE(may_have_users({"Branch1", 0, 0}));
  EXPECT_FALSE(may_have_users({"Branch1", 0, 250}));
}

TEST(Site, WithAnUnknownNumberOfMailboxesMayHaveUsers) {
  EXPECT_TRUE(may_have_users({"Branch1", std::nullopt, 0}));
}

TEST(UserFigures, AreKnownWhenEveryMailboxCountShareAndSiteIs) {
  EXPECT_TRUE(users_are_known(contoso()));
}

TEST(UserFigures, AreNotKnownWithoutAMailboxCount) {
  Organisation organisation = contoso();
  organisation.sites[1].mailboxes.reset();
  EXPECT_FALSE(users_are_known(organisation));
}

TEST(UserFigures, AreNotKnownWithoutAShare) {
  Organisation organisation = contoso();
  organisation.entry_points[1].share.reset();
  EXPECT_FALSE(users_are_known(organisation));
}

TEST(UserFigures, AreNotKnownWithoutTheSiteOfACas) {
  Organisation organisation = contoso();
  organisation.servers[3].site.reset();
  EXPECT_TRUE(users_are_known(organisation)) << "a mailbox server carries no requests";
  organisation.servers[2].site.reset();
  EXPECT_FALSE(users_are_known(organisation));
}

TEST(Roles, AreReadAsTheyAreWritten) {
  for (const Role role : all_roles()) EXPECT_EQ(parse_role(to_string(role)), role);
  EXPECT_EQ(all_roles().size(), 5U);
  EXPECT_EQ(parse_role("clientaccess"), Role::client_access);
  EXPECT_EQ(parse_role("Client Access"), std::nullopt);
}

}  // namespace
}  // namespace casplan
