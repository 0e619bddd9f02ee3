#include "model/topology.h"

#include <gtest/gtest.h>

namespace casplan {
namespace {

constexpr SiteId hq{0};
constexpr SiteId branch{1};
constexpr ServerId hqcas1{0};
constexpr ServerId hqcas2{1};
constexpr ServerId brcas1{2};
constexpr ServerId brcas2{3};

Server cas(std::string name, SiteId site) {
  Server server;
  server.name = std::move(name);
  server.site = site;
  server.roles = {Role::client_access};
  return server;
}

/// A front at headquarters, beside it a CAS that is none, and two targets in the branch.
Organisation contoso() {
  Organisation organisation;
  organisation.sites = {{"HQ", 1200, 0}, {"Branch1", 300, 0}};
  organisation.servers = {cas("HQCAS1", hq), cas("HQCAS2", hq), cas("BRCAS1", branch), cas("BRCAS2", branch)};
  organisation.entry_points = {{"mail.contoso.com", {hqcas1}, 100}};
  return organisation;
}

std::vector<std::pair<ServerId, ServerId>> pairs(const Organisation& organisation) {
  std::vector<std::pair<ServerId, ServerId>> all;
  for (const ProxyPath& path : proxy_paths(organisation)) all.emplace_back(path.front, path.target);
  return all;
}

using Pairs = std::vector<std::pair<ServerId, ServerId>>;

TEST(ProxyPaths, LeadFromEachFrontToEachCasOfAnotherSite) {
  EXPECT_EQ(pairs(contoso()), (Pairs{{hqcas1, brcas1}, {hqcas1, brcas2}}));
  EXPECT_EQ(proxy_paths(contoso()).front().site, branch);
}

TEST(ProxyPaths, ComeByFrontThenByTarget) {
  Organisation organisation = contoso();
  organisation.entry_points = {{"mail.contoso.com", {hqcas2, hqcas1}, 100}};
  EXPECT_EQ(pairs(organisation), (Pairs{{hqcas1, brcas1}, {hqcas1, brcas2}, {hqcas2, brcas1}, {hqcas2, brcas2}}));
}

TEST(ProxyPaths, AreListedOnceForAFrontBehindTwoEntryPoints) {
  Organisation organisation = contoso();
  organisation.entry_points.push_back({"owa.contoso.com", {hqcas1}, 0});
  EXPECT_EQ(proxy_paths(organisation), proxy_paths(contoso()));
}

TEST(ProxyPaths, DoNotExistInAnOrganisationWithOneSite) {
  Organisation organisation = contoso();
  for (Server& server : organisation.servers) server.site = hq;
  EXPECT_TRUE(proxy_paths(organisation).empty());
}

TEST(ProxyPaths, DoNotLeadToASiteWithoutMailboxes) {
  Organisation organisation = contoso();
  organisation.sites[1].mailboxes = 0;
  EXPECT_TRUE(proxy_paths(organisation).empty());
}

TEST(ProxyPaths, DoNotLeadToASiteWhoseMailboxesAreAllOn2003) {
  Organisation organisation = contoso();
  organisation.sites[1] = {"Branch1", 0, 300};
  EXPECT_TRUE(proxy_paths(organisation).empty());
}

TEST(ProxyPaths, LeadToASiteWhoseMailboxesWereNotCounted) {
  Organisation organisation = contoso();
  organisation.sites[1].mailboxes.reset();
  EXPECT_EQ(proxy_paths(organisation).size(), 2U);
}

TEST(ProxyPaths, DoNotLeadToAServerWithoutTheClientAccessRole) {
  Organisation organisation = contoso();
  organisation.servers[3].roles = {Role::mailbox};
  EXPECT_EQ(pairs(organisation), (Pairs{{hqcas1, brcas1}}));
}

TEST(ProxyPaths, LeadBothWaysBetweenSitesThatProxyToEachOther) {
  Organisation organisation = contoso();
  organisation.entry_points = {{"mail.contoso.com", {hqcas1}, 50}, {"mail.branch.contoso.com", {brcas1}, 50}};
  EXPECT_EQ(pairs(organisation), (Pairs{{hqcas1, brcas1}, {hqcas1, brcas2}, {brcas1, hqcas1}, {brcas1, hqcas2}}));
}

TEST(ProxyPaths, AreListedWhereTheSiteOfTheTargetIsNotKnown) {
  Organisation organisation = contoso();
  organisation.servers[1].site.reset();
  const auto paths = proxy_paths(organisation);
  ASSERT_EQ(paths.size(), 3U);
  EXPECT_EQ(paths.front(), (ProxyPath{hqcas1, hqcas2, std::nullopt}));
}

TEST(ProxyPaths, AreListedWhereTheSiteOfTheFrontIsNotKnownButNotToItself) {
  Organisation organisation = contoso();
  organisation.servers[0].site.reset();
  EXPECT_EQ(pairs(organisation), (Pairs{{hqcas1, hqcas2}, {hqcas1, brcas1}, {hqcas1, brcas2}}));
}

}  // namespace
}  // namespace casplan
