#include "planner/core.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace casplan::planner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

using Facts = std::vector<std::size_t>;

constexpr std::size_t plenty = 100'000;

bool keeps_all(const Kept& kept, const Facts& facts) {
  return std::all_of(facts.begin(), facts.end(), [&](std::size_t fact) { return kept[fact]; });
}

/// A wish that these sets of facts forbid, each on its own.
std::function<Answer(const Kept&)> forbidden_by(const std::vector<Facts>& sets) {
  return [sets](const Kept& kept) {
    const bool forbidden =
        std::any_of(sets.begin(), sets.end(), [&](const Facts& facts) { return keeps_all(kept, facts); });
    return forbidden ? Answer::no_plan : Answer::plan;
  };
}

Core core_of(std::size_t count, const std::vector<Facts>& sets, std::size_t most = plenty) {
  Probes probes(forbidden_by(sets), most);
  return find_core(count, probes);
}

TEST(FindCore, FindsTheTwoFactsOfManyThatForbidAPlanTogether) {
  const Core core = core_of(40, {{3, 17}});
  EXPECT_THAT(core.facts, ElementsAre(3, 17));
  EXPECT_EQ(core.extent, Extent::smallest);
}

TEST(FindCore, OfTwoThatForbidItTheSmallerIsFoundWhereverItStands) {
  EXPECT_THAT(core_of(10, {{0, 1, 2}, {7, 8}}).facts, ElementsAre(7, 8));
  EXPECT_THAT(core_of(10, {{7, 8, 9}, {0, 1}}).facts, ElementsAre(0, 1));
}

TEST(FindCore, IsEmptyWhereNoFactIsNeededToForbidIt) {
  const Core core = core_of(5, {{}});
  EXPECT_THAT(core.facts, IsEmpty());
  EXPECT_EQ(core.extent, Extent::smallest);
}

TEST(FindCore, AsksFewQuestionsOfManyFacts) {
  std::size_t asked = 0;
  const auto forbidden = forbidden_by({{100, 5'000, 9'999}});
  Probes probes(
      [&](const Kept& kept) {
        ++asked;
        return forbidden(kept);
      },
      plenty);
  EXPECT_THAT(find_core(10'000, probes).facts, ElementsAre(100, 5'000, 9'999));
  EXPECT_LT(asked, 250U);
}

TEST(FindCore, WithFewQuestionsStillForbidsItAndSaysThatLessMayDo) {
  for (std::size_t most = 0; most < 12; ++most) {
    const Core core = core_of(64, {{5, 60}}, most);
    EXPECT_THAT(core.facts, ::testing::IsSupersetOf({5U, 60U})) << most;
    EXPECT_EQ(core.extent, Extent::some) << most;
  }
}

TEST(FindCore, AsksNoMoreThanItMay) {
  std::size_t asked = 0;
  Probes probes(
      [&](const Kept&) {
        ++asked;
        return Answer::plan;
      },
      17);
  EXPECT_THAT(find_core(64, probes).facts, SizeIs(64)) << "nothing is proved of fewer";
  EXPECT_EQ(asked, 17U);
}

TEST(FindCore, WhatCannotBeToldForbidsNothing) {
  Probes probes([](const Kept& kept) { return kept[1] && kept[2] ? Answer::no_plan : Answer::not_told; }, plenty);
  const Core core = find_core(4, probes);
  EXPECT_THAT(core.facts, ElementsAre(1, 2));
  EXPECT_EQ(core.extent, Extent::some) << "without one of them there may be none either";
}

TEST(FindCore, IsAsSmallAsCanBeOnRandomWishes) {
  constexpr std::size_t count = 9;
  std::mt19937 random(947168);
  for (int run = 0; run < 300; ++run) {
    std::vector<Facts> sets(1 + random() % 4);
    std::size_t fewest = count;
    for (Facts& facts : sets) {
      for (std::size_t fact = 0; fact < count; ++fact) {
        if (random() % 3 == 0) facts.push_back(fact);
      }
      fewest = std::min(fewest, facts.size());
    }
    const Core core = core_of(count, sets);
    EXPECT_THAT(core.facts, SizeIs(fewest));
    EXPECT_EQ(core.extent, Extent::smallest);
    Kept kept(count);
    for (const std::size_t fact : core.facts) kept[fact] = true;
    EXPECT_EQ(forbidden_by(sets)(kept), Answer::no_plan);
  }
}

TEST(LeastToDrop, IsTheFactAloneWhereThatAllowsAPlan) {
  Probes probes(forbidden_by({{1, 2}}), plenty);
  EXPECT_THAT(least_to_drop({{1, 2}, Extent::smallest}, 1, {0, 3, 4}, 10, probes), Optional(ElementsAre(1)));
}

TEST(LeastToDrop, TakesFactsOfOtherCoresAlong) {
  Probes probes(forbidden_by({{1, 2}, {5, 6}, {1, 7}}), plenty);
  const Core core{{1, 2}, Extent::smallest};
  EXPECT_THAT(least_to_drop(core, 1, {0, 3, 4, 5, 6, 7}, 10, probes), Optional(ElementsAre(1, 6)));
  EXPECT_THAT(least_to_drop(core, 1, {0, 3, 4, 6, 5, 7}, 10, probes), Optional(ElementsAre(1, 5)));
  EXPECT_THAT(least_to_drop(core, 2, {0, 3, 4, 5, 6, 7}, 10, probes), Optional(ElementsAre(2, 6, 7)));
}

TEST(LeastToDrop, IsGivenUpWhereMoreThanThatWouldHaveToBeDropped) {
  Probes probes(forbidden_by({{0, 1}, {0, 2}, {0, 3}}), plenty);
  const Core core{{0, 1}, Extent::smallest};
  EXPECT_THAT(least_to_drop(core, 1, {2, 3}, 3, probes), Optional(ElementsAre(1, 2, 3)));
  EXPECT_EQ(least_to_drop(core, 1, {2, 3}, 2, probes), std::nullopt);
}

}  // namespace
}  // namespace casplan::planner
