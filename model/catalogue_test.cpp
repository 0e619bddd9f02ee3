#include "model/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>

namespace casplan {
namespace {

using ::testing::Contains;
using ::testing::Not;

using Pair = std::pair<BuildVersion, OwaVersion>;

TEST(Catalogue, HoldsTheEightKnownPairsOf2007InWhichTheFolderIsNotNamedAfterTheBuild) {
  const std::set<Pair> expected{{{{8, 0, 685, 25}}, {{8, 0, 685, 24}}}, {{{8, 0, 708, 3}}, {{8, 0, 700, 0}}},
                                {{{8, 0, 711, 2}}, {{8, 0, 709, 0}}},   {{{8, 0, 754, 0}}, {{8, 0, 752, 0}}},
                                {{{8, 1, 240, 6}}, {{8, 1, 240, 5}}},   {{{8, 1, 340, 1}}, {{8, 1, 340, 0}}},
                                {{{8, 3, 83, 6}}, {{8, 3, 83, 4}}},     {{{8, 3, 342, 4}}, {{8, 3, 342, 1}}}};
  std::set<Pair> found;
  for (const Build& build : known_builds()) {
    const bool differs = build.version.parts != build.owa_version.parts;
    if (build.product == Product::exchange2007 && differs) found.emplace(build.version, build.owa_version);
  }
  EXPECT_EQ(found, expected);
}

TEST(Catalogue, KnowsThirteenFoldersOf2007FromASourceOrFromServers) {
  const auto builds = known_builds();
  EXPECT_EQ(std::count_if(builds.begin(), builds.end(),
                          [](const Build& build) {
                            return build.product == Product::exchange2007 &&
                                   build.owa_confidence != Confidence::inferred;
                          }),
            13);
}

TEST(Catalogue, InfersAFolderOnlyByTheNameOfItsBuild) {
  for (const Build& build : known_builds()) {
    if (build.owa_confidence != Confidence::inferred) continue;
    EXPECT_EQ(build.version.parts, build.owa_version.parts) << build.name;
  }
}

TEST(Catalogue, ListsEachBuildOnceByAscendingVersion) {
  const auto builds = known_builds();
  EXPECT_EQ(std::adjacent_find(builds.begin(), builds.end(),
                               [](const Build& a, const Build& b) { return a.version >= b.version; }),
            builds.end());
}

TEST(Catalogue, RanksFoldersAsItRanksBuilds) {
  const auto builds = known_builds();
  EXPECT_TRUE(std::is_sorted(builds.begin(), builds.end(),
                             [](const Build& a, const Build& b) { return a.owa_version < b.owa_version; }));
}

TEST(Catalogue, ReachesFromRtmToSp3Rollup23) {
  ASSERT_NE(find_build(BuildVersion{{8, 0, 685, 25}}), nullptr);
  const Build* last = find_build(BuildVersion{{8, 3, 517, 0}});
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->level, "SP3");
  EXPECT_EQ(last->rollup, 23);
}

TEST(Catalogue, FindsABuildByItsVersionOrByItsFolderAndNotByTheOther) {
  const Build* sp1 = find_build(BuildVersion{{8, 1, 240, 6}});
  ASSERT_NE(sp1, nullptr);
  EXPECT_EQ(sp1->name, "Exchange Server 2007 SP1");
  EXPECT_EQ(find_build(OwaVersion{{8, 1, 240, 5}}), sp1);
  EXPECT_EQ(find_build(BuildVersion{{8, 1, 240, 5}}), nullptr);
  EXPECT_EQ(find_build(OwaVersion{{8, 1, 240, 6}}), nullptr);
}

TEST(Catalogue, MarksTheWithdrawnRollupsAndNoOthers) {
  std::set<BuildVersion> withdrawn;
  for (const Build& build : known_builds()) {
    if (build.withdrawn) withdrawn.insert(build.version);
  }
  EXPECT_EQ(withdrawn, (std::set<BuildVersion>{{{8, 3, 159, 0}}, {{14, 3, 224, 1}}}));
}

TEST(BaseOfALevel, IsTheServicePackItself) {
  EXPECT_EQ(base_of(Level{8, 0})->version, (BuildVersion{{8, 0, 685, 25}}));
  EXPECT_EQ(base_of(Level{8, 1})->version, (BuildVersion{{8, 1, 240, 6}}));
  EXPECT_EQ(base_of(Level{8, 2})->version, (BuildVersion{{8, 2, 176, 2}}));
  EXPECT_EQ(base_of(Level{8, 3})->version, (BuildVersion{{8, 3, 83, 6}}));
  EXPECT_EQ(base_of(Level{14, 2})->version, (BuildVersion{{14, 2, 247, 5}}));
}

TEST(BaseOfALevel, IsNoRollup) {
  for (const Build& build : known_builds()) {
    const Build* base = base_of(build.version.level());
    ASSERT_NE(base, nullptr) << build.name;
    EXPECT_FALSE(base->is_rollup()) << build.name;
    EXPECT_LE(base->version, build.version) << build.name;
  }
}

TEST(BaseOfALevel, OfALevelThatNobodyKnowsIsMissing) {
  EXPECT_EQ(base_of(Level{8, 4}), nullptr);
  EXPECT_EQ(base_of(Level{6, 5}), nullptr);
}

TEST(LevelName, NamesTheServicePack) {
  EXPECT_EQ(level_name({8, 0}), "RTM");
  EXPECT_EQ(level_name({8, 3}), "SP3");
}

TEST(LevelName, SaysTheYearFor2010) {
  EXPECT_EQ(level_name({14, 0}), "2010 RTM");
  EXPECT_EQ(level_name({14, 2}), "2010 SP2");
}

TEST(LevelName, IsANumberWhereNobodyKnowsTheLevel) {
  EXPECT_EQ(level_name({8, 4}), "8.4");
  EXPECT_EQ(level_name({6, 5}), "6.5");
}

TEST(LevelName, AgreesWithTheLevelOfEveryBuild) {
  for (const Build& build : known_builds()) {
    const std::string year = build.product == Product::exchange2010 ? "2010 " : "";
    EXPECT_EQ(level_name(build.version.level()), year + std::string(build.level)) << build.name;
  }
}

TEST(ProductOfALevel, FollowsFromTheFirstNumber) {
  EXPECT_EQ(product_of({8, 1}), Product::exchange2007);
  EXPECT_EQ(product_of({14, 3}), Product::exchange2010);
  EXPECT_EQ(product_of({6, 5}), std::nullopt);
}

TEST(FeaturesOfALevel, OfSp1AreThoseOfRtmAndMore) {
  const auto rtm = features_at({8, 0});
  const auto sp1 = features_at({8, 1});
  ASSERT_TRUE(rtm && sp1);
  EXPECT_THAT(*rtm, Contains("calendar"));
  EXPECT_THAT(*rtm, Not(Contains("public_folders")));
  EXPECT_THAT(*sp1, Contains("public_folders"));
  for (const auto feature : *rtm) EXPECT_THAT(*sp1, Contains(feature));
}

TEST(FeaturesOfALevel, NeverGoWithALaterServicePack) {
  for (const Feature& feature : known_features()) {
    for (const Level level : {Level{8, 0}, Level{8, 1}, Level{8, 2}, Level{8, 3}}) {
      const auto there = features_at(level);
      ASSERT_TRUE(there);
      EXPECT_EQ(std::count(there->begin(), there->end(), feature.id), level >= feature.since ? 1 : 0) << feature.id;
    }
  }
}

TEST(FeaturesOfALevel, AreNotKnownFor2010) {
  EXPECT_EQ(features_at({14, 0}), std::nullopt);
}

TEST(CatalogueConfidence, HasItsWord) {
  EXPECT_EQ(to_string(Confidence::sourced), "sourced");
  EXPECT_EQ(to_string(Confidence::observed), "observed");
  EXPECT_EQ(to_string(Confidence::inferred), "inferred");
}

}  // namespace
}  // namespace casplan
