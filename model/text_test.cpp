#include "model/text.h"

#include <gtest/gtest.h>

namespace casplan {
namespace {

std::optional<ExactSum> users(std::int64_t numerator, std::int64_t denominator) {
  ExactSum sum;
  sum.add({numerator, denominator});
  return sum;
}

TEST(Text, OneIsSingularAndAllElseIsPlural) {
  EXPECT_EQ(counted(0, "step"), "0 steps");
  EXPECT_EQ(counted(1, "step"), "1 step");
  EXPECT_EQ(counted(2, "copy", "copies"), "2 copies");
}

TEST(Text, ListsEndWithAnd) {
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed({"A"}), "A");
  EXPECT_EQ(listed({"A", "B"}), "A and B");
  EXPECT_EQ(listed({"A", "B", "C"}), "A, B and C");
}

TEST(Text, UsersAreShownWithAtMostThreeDecimals) {
  EXPECT_EQ(figure_text(users(300, 1)), "300");
  EXPECT_EQ(figure_text(users(200, 3)), "66.667");
  EXPECT_EQ(figure_text(users(1, 2)), "0.5");
  EXPECT_EQ(figure_text(users(1, 100)), "0.01");
}

TEST(Text, AnEmptyFigureIsNotKnown) {
  EXPECT_EQ(figure_text(std::optional<ExactSum>()), "not known");
  EXPECT_EQ(figure_text(std::optional<std::int64_t>()), "not known");
}

}  // namespace
}  // namespace casplan
