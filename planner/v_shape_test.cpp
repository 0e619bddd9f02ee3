#include "planner/v_shape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace casplan::planner {
namespace {

using ::testing::ElementsAre;

/// The least distances and the ends, over all orders of the jobs and all places of the centre among them.
std::pair<long double, long double> best_of_all_orders(const std::vector<VJob>& jobs, std::int64_t waiting) {
  std::vector<std::size_t> order(jobs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::pair best(std::numeric_limits<long double>::infinity(), 0.0L);
  do {
    for (std::size_t centre = 0; centre <= jobs.size(); ++centre) {
      std::int64_t middle = 0;
      for (std::size_t i = 0; i < centre; ++i) middle += jobs[order[i]].minutes;
      std::int64_t clock = 0;
      auto ends = static_cast<long double>(waiting * middle);
      long double distances = 0;
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        const VJob& job = jobs[order[i]];
        const std::int64_t start = clock;
        clock += job.minutes;
        distances += static_cast<long double>(job.weight * (i < centre ? middle - clock : start - middle));
        ends += static_cast<long double>(job.weight * std::max(clock, middle));
      }
      best = std::min(best, {distances, ends});
    }
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

TEST(VShape, LetsTheWeightsFallOnBothSidesOfTheCentre) {
  const VShape shape = v_shape({{1, 90}, {2, 90}, {3, 90}, {4, 90}, {5, 90}});
  EXPECT_EQ(shape.distances, 90 * (2 + 3) + 180 * 1);
  EXPECT_THAT(shape.before, ElementsAre(2, 4)) << "the centre comes early, after those with the most weight";
  EXPECT_THAT(shape.after, ElementsAre(3, 1, 0));
}

TEST(VShape, IsTheBestOfAllOrders) {
  std::uint32_t dice = 1;
  const auto roll = [&](std::int64_t sides) {
    dice = dice * 1'664'525U + 1'013'904'223U;
    return static_cast<std::int64_t>(dice >> 16U) % sides;
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<VJob> jobs;
    for (std::int64_t i = roll(7); i > 0; --i) jobs.push_back({roll(5), 1 + roll(4)});
    const std::int64_t waiting = roll(3);
    const VShape shape = v_shape(jobs, {waiting, 0, 0});
    EXPECT_EQ(std::pair(shape.distances, shape.ends), best_of_all_orders(jobs, waiting));
    EXPECT_TRUE(shape.is_least);
  }
}

TEST(VShape, WithWhatJobsWaitApartFromTheCentreIsTheBestOfAllSides) {
  const std::vector<std::int64_t> weights{7, 5, 4, 4, 1};
  std::vector<VJob> jobs;
  for (const std::int64_t weight : weights) jobs.push_back({weight, 10});
  const VExtras extras{3, 2, 6};
  std::array<long double, 3> best{std::numeric_limits<long double>::infinity(), 0, 0};
  for (unsigned sides = 0; sides < 32U; ++sides) {
    std::array<std::int64_t, 2> count{};
    std::array<long double, 3> costs{};
    std::int64_t centre = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) centre += (sides >> i & 1U) == 0 ? 10 : 0;
    const std::int64_t lead = centre > 10 ? 6 : 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const std::size_t side = sides >> i & 1U;
      const std::int64_t distance = 10 * count[side]++;
      const std::int64_t apart = side == 1 && distance > 0 ? 2 : 0;
      costs[0] += static_cast<long double>(weights[i] * (distance + apart));
      costs[1] += static_cast<long double>(weights[i] * (lead + centre + (side == 1 ? distance + 10 + apart : 0)));
    }
    costs[1] += static_cast<long double>(3 * (lead + centre));
    costs[2] = static_cast<long double>(lead + (count[1] > 1 ? 2 : 0));
    best = std::min(best, costs);
  }
  const VShape shape = v_shape(jobs, extras);
  EXPECT_EQ((std::array<long double, 3>{shape.distances, shape.ends, static_cast<long double>(shape.extra_minutes)}),
            best);
}

TEST(VShape, OfMoreJobsThanCanBeDividedIsBoundedByJobsInPieces) {
  std::vector<VJob> few;
  std::vector<VJob> many;
  for (std::int64_t i = 0; i < 3'000; ++i) {
    const VJob job{i % 97, 61 + i % 37};
    if (i < 300) few.push_back(job);
    many.push_back(job);
  }
  long double halves = 0;
  for (const VJob& job : few) halves += static_cast<long double>(job.weight * job.minutes) / 2;
  ASSERT_TRUE(v_shape(few).is_least);
  EXPECT_LE(least_distances_of_middles(few, 1) - halves, v_shape(few).distances);
  EXPECT_GE(least_distances_of_middles(few, 1) - halves, v_shape(few).distances * 99 / 100);
  EXPECT_FALSE(v_shape(many).is_least);
  EXPECT_GT(v_shape(many).distances, 0);
}

}  // namespace
}  // namespace casplan::planner
