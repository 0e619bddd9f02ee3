#include "model/site_links.h"

#include <gtest/gtest.h>

namespace casplan {
namespace {

/// Sites A to E with a server each, and F that has one of which the site is not known.
Organisation five_sites() {
  Organisation organisation;
  for (const char* name : {"A", "B", "C", "D", "E"}) {
    organisation.sites.push_back({name, 10, 0});
    organisation.servers.emplace_back().site = id_at<SiteId>(organisation.sites.size() - 1);
  }
  organisation.servers.emplace_back();
  return organisation;
}

constexpr ServerId a{0};
constexpr ServerId b{1};
constexpr ServerId c{2};
constexpr ServerId d{3};
constexpr ServerId e{4};
constexpr ServerId nowhere{5};

SiteId site_of(ServerId server) {
  return SiteId{server.value};
}

TEST(SiteDistances, AreSumsOfCostsOnTheCheapestWayInBothDirections) {
  Organisation organisation = five_sites();
  organisation.site_links = {{{site_of(a), site_of(b)}, 100},
                             {{site_of(b), site_of(c)}, 50},
                             {{site_of(a), site_of(c)}, 200},
                             {{site_of(c), site_of(d)}, 1}};
  SiteDistances distances(organisation);
  EXPECT_EQ(distances.between(a, a), 0);
  EXPECT_EQ(distances.between(a, b), 100);
  EXPECT_EQ(distances.between(a, c), 150);
  EXPECT_EQ(distances.between(c, a), 150);
  EXPECT_EQ(distances.between(a, d), 151);
}

TEST(SiteDistances, OfALinkWithSeveralSitesAreItsCostBetweenEachTwoOfThem) {
  Organisation organisation = five_sites();
  organisation.site_links = {{{site_of(a), site_of(b), site_of(c)}, 7}};
  SiteDistances distances(organisation);
  EXPECT_EQ(distances.between(a, b), 7);
  EXPECT_EQ(distances.between(b, c), 7);
  EXPECT_EQ(distances.between(c, a), 7);
}

TEST(SiteDistances, WhereNoLinkLeadsOrASiteIsNotKnownAreNotTold) {
  Organisation organisation = five_sites();
  organisation.site_links = {{{site_of(a), site_of(b)}, 100}, {{site_of(c), site_of(d)}, 100}};
  SiteDistances distances(organisation);
  EXPECT_EQ(distances.between(a, c), std::nullopt);
  EXPECT_EQ(distances.between(a, e), std::nullopt);
  EXPECT_EQ(distances.between(a, nowhere), std::nullopt);
  EXPECT_EQ(distances.between(nowhere, a), std::nullopt);
}

TEST(SiteDistances, WithoutAnyLinkAreAllTheSame) {
  const Organisation organisation = five_sites();
  SiteDistances distances(organisation);
  EXPECT_EQ(distances.between(a, e), 0);
  EXPECT_EQ(distances.between(a, nowhere), 0);
}

}  // namespace
}  // namespace casplan
