#include "model/dice.h"

#include <gtest/gtest.h>

namespace casplan {
namespace {

TEST(Dice, DrawTheSameOnEveryMachine) {
  Dice dice(0);
  EXPECT_EQ(dice.next(), 0xE220A8397B1DCDAFU) << "the first number of SplitMix64";
  EXPECT_EQ(dice.next(), 0x6E789E6AA1B965F4U);
  EXPECT_LT(dice.below(6), 6U);
}

TEST(Dice, OfAnotherSeedDrawOtherNumbers) {
  EXPECT_NE(Dice(1).next(), Dice(2).next());
}

}  // namespace
}  // namespace casplan
