#include "planner/out_before_in.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casplan::planner {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::uint32_t fronts = 4;
/// So many that four arrows for each are too many.
constexpr std::uint32_t many = 40'000;

OutBeforeIn order(ServerId out, ServerId in, ServerId front) {
  return {out, in, front, Force::necessary, Purpose::safety, OutBeforeIn::Cause::front_is_older, std::nullopt};
}

/// Each target waits for every front; fronts have the lower ids.
std::vector<OutBeforeIn> all_wait_for_all(std::uint32_t targets) {
  std::vector<OutBeforeIn> orders;
  for (std::uint32_t front = 0; front < fronts; ++front) {
    for (std::uint32_t i = 0; i < targets; ++i) orders.push_back(order({front}, {fronts + i}, {front}));
  }
  return orders;
}

std::vector<bool> nobody() {
  return std::vector<bool>(fronts + many + 1);
}

TEST(Gates, AreNotPutUpWhereFewServersWait) {
  auto orders = all_wait_for_all(many / 2);
  EXPECT_THAT(put_up_gates(orders, nobody()), IsEmpty());
  EXPECT_THAT(orders, SizeIs(fronts * many / 2));
}

TEST(Gates, LetVeryManyServersWaitForTheLastOfTheirFronts) {
  auto orders = all_wait_for_all(many);
  const auto gates = put_up_gates(orders, nobody());
  ASSERT_THAT(gates, SizeIs(1));
  EXPECT_EQ(gates.front().last, ServerId{3});
  EXPECT_THAT(gates.front().others, ElementsAre(ServerId{0}, ServerId{1}, ServerId{2}));
  EXPECT_THAT(orders, SizeIs(many));
  EXPECT_THAT(orders, Each(Field(&OutBeforeIn::out, ServerId{3})));
}

TEST(Gates, AreWaitedForForSafety) {
  auto orders = all_wait_for_all(many);
  for (OutBeforeIn& order : orders) order.purpose = order.front == ServerId{3} ? Purpose::mending : Purpose::safety;
  ASSERT_THAT(put_up_gates(orders, nobody()), SizeIs(1));
  EXPECT_THAT(orders, Each(Field(&OutBeforeIn::purpose, Purpose::safety)));
}

TEST(Gates, LeaveAServerThatWaitsForOtherFrontsItsOwnOrders) {
  auto orders = all_wait_for_all(many);
  const ServerId single{fronts + many};
  orders.push_back(order({0}, single, {0}));
  orders.push_back(order({1}, single, {1}));
  EXPECT_THAT(put_up_gates(orders, nobody()), SizeIs(1));
  EXPECT_THAT(orders, SizeIs(many + 2));
}

TEST(Gates, HaveNoFrontsThatWaitThemselves) {
  auto orders = all_wait_for_all(many);
  orders.push_back(order({fronts}, {1}, {1}));
  EXPECT_THAT(put_up_gates(orders, nobody()), IsEmpty());
  EXPECT_THAT(orders, SizeIs(fronts * many + 1));
}

TEST(Gates, HaveNoFrontsThatAreBound) {
  auto orders = all_wait_for_all(many);
  auto bound = nobody();
  bound[2] = true;
  EXPECT_THAT(put_up_gates(orders, bound), IsEmpty());
}

}  // namespace
}  // namespace casplan::planner
