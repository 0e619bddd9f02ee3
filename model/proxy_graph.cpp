#include "model/proxy_graph.h"

#include <algorithm>
#include <boost/graph/strong_components.hpp>

namespace casplan {

ServerGraph make_server_graph(std::size_t servers, const std::vector<ProxyPath>& paths) {
  ServerGraph graph(servers);
  for (std::size_t i = 0; i < servers; ++i) graph[i] = id_at<ServerId>(i);
  for (const ProxyPath& path : paths) add_edge(vertex_of(path.front), vertex_of(path.target), graph);
  return graph;
}

ServerId server_at(const ServerGraph& graph, ServerVertex vertex) {
  return graph[vertex];
}

ServerVertex vertex_of(ServerId server) {
  return server.value;
}

std::vector<std::vector<ServerId>> components_fronts_first(const ServerGraph& graph) {
  std::vector<std::size_t> component_of(num_vertices(graph));
  const auto index = get(boost::vertex_index, graph);
  const std::size_t count =
      boost::strong_components(graph, boost::make_iterator_property_map(component_of.begin(), index));
  // Tarjan's algorithm numbers a component after all that can be reached from it: fronts have the higher numbers.
  std::vector<std::vector<ServerId>> components(count);
  for (std::size_t vertex = 0; vertex < component_of.size(); ++vertex) {
    components[count - 1 - component_of[vertex]].push_back(server_at(graph, vertex));
  }
  return components;
}

}  // namespace casplan
