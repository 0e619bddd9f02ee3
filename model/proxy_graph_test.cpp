#include "model/proxy_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace casplan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr ServerId a{0};
constexpr ServerId b{1};
constexpr ServerId c{2};
constexpr ServerId d{3};

ProxyPath path(ServerId front, ServerId target) {
  return {front, target, std::nullopt};
}

using Components = std::vector<std::vector<ServerId>>;

std::size_t place_of(const Components& components, ServerId server) {
  const auto place = std::find_if(components.begin(), components.end(), [&](const std::vector<ServerId>& component) {
    return std::find(component.begin(), component.end(), server) != component.end();
  });
  return static_cast<std::size_t>(place - components.begin());
}

TEST(ProxyGraph, HasAVertexForEachServerAndAnEdgeForEachPath) {
  const ServerGraph graph = make_server_graph(4, {path(a, c), path(a, d)});
  EXPECT_EQ(num_vertices(graph), 4U);
  EXPECT_EQ(num_edges(graph), 2U);
  EXPECT_TRUE(edge(vertex_of(a), vertex_of(c), graph).second);
  EXPECT_FALSE(edge(vertex_of(c), vertex_of(a), graph).second);
}

TEST(ProxyGraph, TranslatesBetweenServersAndVertices) {
  const ServerGraph graph = make_server_graph(4, {});
  for (const ServerId server : {a, b, c, d}) EXPECT_EQ(server_at(graph, vertex_of(server)), server);
}

TEST(Components, PutEachFrontBeforeItsTargets) {
  const Components components = components_fronts_first(make_server_graph(4, {path(d, c), path(d, a), path(c, b)}));
  ASSERT_EQ(components.size(), 4U);
  EXPECT_LT(place_of(components, d), place_of(components, c));
  EXPECT_LT(place_of(components, d), place_of(components, a));
  EXPECT_LT(place_of(components, c), place_of(components, b));
}

TEST(Components, HoldServersThatProxyToEachOtherTogether) {
  const Components components = components_fronts_first(make_server_graph(4, {path(c, a), path(a, c), path(a, b)}));
  ASSERT_EQ(components.size(), 3U);
  EXPECT_THAT(components[place_of(components, a)], ElementsAre(a, c));
  EXPECT_LT(place_of(components, a), place_of(components, b));
}

TEST(Components, HoldALongerCycleTogether) {
  EXPECT_THAT(components_fronts_first(make_server_graph(4, {path(d, b), path(b, a), path(a, c), path(c, d)})),
              ElementsAre(ElementsAre(a, b, c, d)));
}

TEST(Components, OfServersWithoutPathsAreTheServers) {
  EXPECT_EQ(components_fronts_first(make_server_graph(3, {})).size(), 3U);
  EXPECT_THAT(components_fronts_first(make_server_graph(0, {})), IsEmpty());
}

}  // namespace
}  // namespace casplan
