#include "model/users.h"

#include <gtest/gtest.h>

#include "model/contracts.h"

namespace casplan {
namespace {

constexpr std::int64_t thousandths = 1000;

ExactSum sum_of(std::initializer_list<Fraction> parts) {
  ExactSum sum;
  for (const Fraction& part : parts) sum.add(part);
  return sum;
}

TEST(ExactSum, OfNothingIsZero) {
  EXPECT_TRUE(ExactSum{}.is_zero());
  EXPECT_EQ(ExactSum{}.nearest(), 0);
}

TEST(ExactSum, OfThreeThirdsIsOne) {
  const ExactSum one = sum_of({{1, 3}, {1, 3}, {1, 3}});
  EXPECT_EQ(one.nearest(1'000'000'000), 1'000'000'000);
}

TEST(ExactSum, OfAHalfAThirdAndASixthIsOne) {
  EXPECT_EQ(sum_of({{1, 2}, {1, 3}, {1, 6}}).nearest(1'000'000'000), 1'000'000'000);
}

TEST(ExactSum, RoundsToTheNearest) {
  EXPECT_EQ(sum_of({{1, 3}}).nearest(), 0);
  EXPECT_EQ(sum_of({{2, 3}}).nearest(), 1);
  EXPECT_EQ(sum_of({{1, 3}}).nearest(thousandths), 333);
  EXPECT_EQ(sum_of({{2, 3}}).nearest(thousandths), 667);
}

TEST(ExactSum, RoundsAHalfUp) {
  EXPECT_EQ(sum_of({{1, 2}}).nearest(), 1);
  EXPECT_EQ(sum_of({{5, 2}}).nearest(), 3);
  EXPECT_EQ(sum_of({{1, 2000}}).nearest(thousandths), 1);
}

TEST(ExactSum, RoundsOnceAndNotEachPart) {
  EXPECT_EQ(sum_of({{1, 4}, {1, 4}}).nearest(), 1);
  EXPECT_EQ(sum_of({{3, 8}, {1, 9}}).nearest(), 0);
}

TEST(ExactSum, TellsApartWhatLiesJustBelowAHalf) {
  constexpr std::int64_t prime = 999'999'937;
  EXPECT_EQ(sum_of({{(prime - 1) / 2, prime}}).nearest(), 0);
  EXPECT_EQ(sum_of({{(prime + 1) / 2, prime}}).nearest(), 1);
}

TEST(ExactSum, StaysExactWhereTheCommonDenominatorFitsNoMachineInteger) {
  const ExactSum almost_one = sum_of({{1, 999'999'937}, {1, 999'999'893}, {999'999'936, 999'999'937}});
  EXPECT_EQ(almost_one.nearest(), 1);
  ExactSum many;
  for (std::int64_t denominator = 1; denominator <= 200; ++denominator) {
    many.add({1, denominator}, denominator);
  }
  EXPECT_EQ(many.nearest(thousandths), 200 * thousandths);
}

TEST(ExactSum, CountsAPartSeveralTimes) {
  ExactSum user_minutes;
  user_minutes.add({100, 3}, 90);
  EXPECT_EQ(user_minutes.nearest(), 3000);
  user_minutes.add({100, 3}, 0);
  EXPECT_EQ(user_minutes.nearest(), 3000);
}

TEST(ExactSum, CountsASumSeveralTimes) {
  ExactSum total;
  total.add(sum_of({{1, 3}, {1, 7}}), 21);
  EXPECT_EQ(total.nearest(thousandths), 10 * thousandths);
}

TEST(ExactSum, MayBeAddedToItself) {
  ExactSum sum = sum_of({{1, 3}, {1, 5}});
  sum.add(sum, 14);
  EXPECT_EQ(sum.nearest(thousandths), 8 * thousandths);
}

TEST(ExactSum, OfMillionsOfUsersOverYearsDoesNotOverflow) {
  ExactSum sum;
  for (int site = 0; site < 1000; ++site) sum.add({3'000'000'000, 300}, 5'000'000);
  EXPECT_EQ(sum.nearest(), 50'000'000'000'000'000);
}

TEST(ExactSum, WithASmallPartIsNotZeroThoughItsNearestIntegerIs) {
  const ExactSum sum = sum_of({{1, 1'000'000}});
  EXPECT_EQ(sum.nearest(), 0);
  EXPECT_FALSE(sum.is_zero());
}

TEST(ExactSum, OfNoUsersIsZero) {
  EXPECT_TRUE(sum_of({{0, 7}, {0, 100}}).is_zero());
}

TEST(ExactSum, RefusesADenominatorThatIsNotPositive) {
  ExactSum sum;
  EXPECT_THROW(sum.add({1, 0}), ContractViolation);
  EXPECT_THROW(sum.add({1, -3}), ContractViolation);
}

}  // namespace
}  // namespace casplan
