#include "planner/ring_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casplan::planner {
namespace {

using ::testing::ElementsAre;

/// Fronts with these users at their own sites, and as many by each entry point.
Ring ring_with(std::initializer_list<UserCount> users) {
  Ring ring;
  ring.coming_back = 1;
  for (const UserCount count : users) {
    ring.fronts.push_back(
        {static_cast<std::int64_t>(percent) / static_cast<std::int64_t>(users.size()), count, 100, 2});
    ring.all_users += count;
  }
  return ring;
}

TEST(ARing, OfTwoFrontsHasOneMomentAtWhichBothAreOut) {
  const Ring ring = ring_with({500, 500});
  const RingOrder order = best_ring_order(ring);
  EXPECT_EQ(order.before, 1U);
  const auto out = outages(ring, order);
  EXPECT_EQ(out[order.fronts[0]].from, 0);
  EXPECT_EQ(out[order.fronts[0]].to, 103);
  EXPECT_EQ(out[order.fronts[1]].from, 100);
  EXPECT_EQ(out[order.fronts[1]].to, 203);
}

TEST(ARing, CountsEachUserOnceWhoHasNothing) {
  const Ring ring = ring_with({500, 500});
  // With one front out, half of all come by it, and half of the others are at its site.
  EXPECT_EQ(best_ring_order(ring).unavailable, percent * (750 * (100 + 100) + 1000 * 3));
}

TEST(ARing, DoesNotCountTwiceWhoseOwnServerIsUpgradedWhileTheLastFrontLoads) {
  Ring ring = ring_with({500, 500});
  const Amount before = best_ring_order(ring).unavailable;
  ring.next_users = 200;
  EXPECT_EQ(best_ring_order(ring).unavailable, before - 200 * 50 * 3);
}

TEST(ARing, HasTheLagOfThoseWhoNeedBothEnds) {
  const Ring ring = ring_with({500, 500});
  EXPECT_EQ(best_ring_order(ring).lag, percent * (250 * 103 + 750 * 203));
}

TEST(ARing, KeepsThoseWithTheMostUsersOutForTheShortestTime) {
  const Ring ring = ring_with({10, 4000, 20, 3000});
  const auto out = outages(ring, best_ring_order(ring));
  const auto length = [&](std::size_t front) { return out[front].to - out[front].from; };
  EXPECT_LT(length(1), length(0));
  EXPECT_LT(length(1), length(2));
  EXPECT_LT(length(3), length(0));
  EXPECT_LT(length(3), length(2));
}

}  // namespace
}  // namespace casplan::planner
