#include "planner/step_graph.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <set>

namespace casplan::planner {
namespace {

using StepGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

std::vector<std::size_t> components(const Draft& draft) {
  StepGraph graph(draft.steps.size());
  for (std::size_t i = 0; i < draft.steps.size(); ++i) {
    for (const DraftArrow& arrow : draft.steps[i].after) add_edge(arrow.step.value, i, graph);
  }
  std::vector<std::size_t> component_of(draft.steps.size());
  boost::strong_components(graph,
                           boost::make_iterator_property_map(component_of.begin(), get(boost::vertex_index, graph)));
  return component_of;
}

std::optional<StepIndex> predecessor_in(const Draft& draft, StepIndex step,
                                        const std::vector<std::size_t>& component_of) {
  for (const DraftArrow& arrow : at(draft.steps, step).after) {
    if (component_of[arrow.step.value] == component_of[step.value]) return arrow.step;
  }
  return std::nullopt;
}

/// Walks backwards along arrows inside one component until a step comes again.
std::vector<StepIndex> circle_through(const Draft& draft, StepIndex start,
                                      const std::vector<std::size_t>& component_of) {
  std::vector<StepIndex> walk{start};
  while (const auto previous = predecessor_in(draft, walk.back(), component_of)) {
    const auto again = std::find(walk.begin(), walk.end(), *previous);
    if (again != walk.end()) return {again, walk.end()};
    walk.push_back(*previous);
  }
  return {};
}

/// Positions at which steps come after all that they wait for. The arrows have no circle.
std::vector<std::size_t> topological_positions(const std::vector<DraftStep>& steps) {
  std::vector<std::vector<std::size_t>> followers(steps.size());
  std::vector<std::size_t> waiting(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    waiting[i] = steps[i].after.size();
    for (const DraftArrow& arrow : steps[i].after) followers[arrow.step.value].push_back(i);
  }
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (waiting[i] == 0) order.push_back(i);
  }
  for (std::size_t next = 0; next < order.size(); ++next) {
    for (const std::size_t follower : followers[order[next]]) {
      if (--waiting[follower] == 0) order.push_back(follower);
    }
  }
  std::vector<std::size_t> position(steps.size());
  for (std::size_t i = 0; i < order.size(); ++i) position[order[i]] = i;
  return position;
}

/// Everything that comes before `step`, without its direct predecessors themselves unless another one leads there.
std::set<StepIndex> reached_indirectly(const std::vector<DraftStep>& steps, StepIndex step,
                                       const std::vector<std::size_t>& position) {
  std::set<StepIndex> reached;
  std::vector<StepIndex> open;
  std::size_t earliest = position[step.value];
  for (const DraftArrow& arrow : at(steps, step).after) {
    open.push_back(arrow.step);
    earliest = std::min(earliest, position[arrow.step.value]);
  }
  while (!open.empty()) {
    const StepIndex current = open.back();
    open.pop_back();
    for (const DraftArrow& arrow : at(steps, current).after) {
      if (position[arrow.step.value] >= earliest && reached.insert(arrow.step).second) open.push_back(arrow.step);
    }
  }
  return reached;
}

}  // namespace

std::vector<StepIndex> find_circle(const Draft& draft) {
  const auto component_of = components(draft);
  std::vector<std::size_t> size(draft.steps.size());
  for (const std::size_t component : component_of) ++size[component];
  for (std::size_t i = 0; i < draft.steps.size(); ++i) {
    if (size[component_of[i]] > 1) return circle_through(draft, id_at<StepIndex>(i), component_of);
  }
  return {};
}

void reduce_transitively(std::vector<DraftStep>& steps) {
  const auto position = topological_positions(steps);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].after.size() < 2) continue;
    const auto indirect = reached_indirectly(steps, id_at<StepIndex>(i), position);
    std::erase_if(steps[i].after, [&](const DraftArrow& arrow) { return indirect.contains(arrow.step); });
  }
}

}  // namespace casplan::planner
