#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <vector>

#include "model/topology.h"

namespace casplan {

/// A graph whose vertices are servers. Its vertex numbers are the library's own and stay inside the graph; `server_at`
/// and `vertex_of` translate.
using ServerGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, ServerId>;
using ServerVertex = boost::graph_traits<ServerGraph>::vertex_descriptor;

/// The proxy topology: a vertex for each server, an edge front -> target for each pair.
[[nodiscard]] ServerGraph make_server_graph(std::size_t servers, const std::vector<ProxyPath>& paths);

[[nodiscard]] ServerId server_at(const ServerGraph& graph, ServerVertex vertex);
[[nodiscard]] ServerVertex vertex_of(ServerId server);

/// The strongly connected components: servers that proxy to each other, directly or around. Components come in an order
/// in which fronts precede their targets; inside one, servers come by id.
[[nodiscard]] std::vector<std::vector<ServerId>> components_fronts_first(const ServerGraph& graph);

}  // namespace casplan
