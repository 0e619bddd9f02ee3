#include "planner/arrangement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casplan::planner {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;

TEST(Arrangement, CostsTheMinutesBetweenTheEndsOfEachTie) {
  const Line line{{10, 20, 30}, {{0, 2, 5, 7}}};
  EXPECT_EQ(price(line, {0, 1, 2}), 5 * 20);
  EXPECT_EQ(price(line, {2, 1, 0}), 7 * 20);
  EXPECT_EQ(price(line, {1, 2, 0}), 0);
}

TEST(Arrangement, PutsEachTargetBesideTheFrontOfMostOfItsUsers) {
  // Jobs 0 and 1 are fronts; 2 and 3 are targets of the first above all, 4 and 5 of the second.
  const Line line{
      {9, 9, 9, 9, 9, 9},
      {{0, 2, 5, 5}, {0, 3, 5, 5}, {0, 4, 1, 1}, {0, 5, 1, 1}, {1, 2, 1, 1}, {1, 3, 1, 1}, {1, 4, 5, 5}, {1, 5, 5, 5}}};
  const auto order = improved(line, {0, 1, 2, 3, 4, 5});
  EXPECT_THAT(order, AnyOf(ElementsAre(2, 0, 3, 4, 1, 5), ElementsAre(2, 0, 3, 5, 1, 4), ElementsAre(3, 0, 2, 4, 1, 5),
                           ElementsAre(3, 0, 2, 5, 1, 4), ElementsAre(4, 1, 5, 2, 0, 3), ElementsAre(4, 1, 5, 3, 0, 2),
                           ElementsAre(5, 1, 4, 2, 0, 3), ElementsAre(5, 1, 4, 3, 0, 2)));
}

TEST(Arrangement, DoesFirstWhatCostsNothingInThatOrder) {
  const Line line{{30, 30, 30}, {{0, 1, 0, 9}, {0, 2, 0, 9}}};
  EXPECT_EQ(price(line, improved(line, {1, 2, 0})), 0);
}

}  // namespace
}  // namespace casplan::planner
