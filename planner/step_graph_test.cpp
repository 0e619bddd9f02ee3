#include "planner/step_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using Edge = std::pair<std::uint32_t, std::uint32_t>;

/// Steps 0 to n - 1, each a recycle, with the given arrows.
Draft graph(std::size_t steps, const std::vector<Edge>& edges) {
  Draft made;
  for (std::size_t i = 0; i < steps; ++i) made.steps.push_back({modelled::recycle(ServerId{0}), "", ServerId{0}, {}});
  for (const auto& [first, second] : edges) made.steps[second].after.push_back({StepIndex{first}, "", Force::chosen});
  return made;
}

std::vector<Edge> edges_of(const std::vector<DraftStep>& steps) {
  std::vector<Edge> edges;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (const DraftArrow& arrow : steps[i].after) edges.emplace_back(arrow.step.value, static_cast<std::uint32_t>(i));
  }
  return edges;
}

TEST(StepGraph, AnArrowThatFollowsFromOthersIsTakenAway) {
  Draft made = graph(4, {{0, 1}, {1, 2}, {0, 2}, {2, 3}, {0, 3}});
  reduce_transitively(made.steps);
  EXPECT_THAT(edges_of(made.steps), UnorderedElementsAre(Edge{0, 1}, Edge{1, 2}, Edge{2, 3}));
}

TEST(StepGraph, BothWaysAroundADiamondAreKept) {
  Draft made = graph(4, {{3, 1}, {3, 0}, {1, 2}, {0, 2}});
  reduce_transitively(made.steps);
  EXPECT_THAT(edges_of(made.steps), UnorderedElementsAre(Edge{3, 0}, Edge{3, 1}, Edge{0, 2}, Edge{1, 2}));
}

TEST(StepGraph, FindsNoCircleWhereThereIsNone) {
  EXPECT_THAT(find_circle(graph(3, {{2, 1}, {1, 0}, {2, 0}})), IsEmpty());
}

TEST(StepGraph, FindsACircleAndNotWhatLeadsToIt) {
  const auto circle = find_circle(graph(5, {{0, 1}, {1, 2}, {2, 3}, {3, 1}, {3, 4}}));
  EXPECT_THAT(circle, UnorderedElementsAre(StepIndex{1}, StepIndex{2}, StepIndex{3}));
}

}  // namespace
}  // namespace casplan::planner
