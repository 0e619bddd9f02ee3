#include "model/site_links.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <limits>

namespace casplan {
namespace {

struct Cost {
  std::int64_t cost = 0;
};
/// Its vertices are the sites, then the links.
using LinkGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Cost>;

/// A way enters a link at its cost and leaves it for nothing, so that a link with many sites needs few edges.
LinkGraph make_link_graph(const Organisation& organisation) {
  const std::size_t sites = organisation.sites.size();
  LinkGraph graph(sites + organisation.site_links.size());
  for (std::size_t i = 0; i < organisation.site_links.size(); ++i) {
    const SiteLink& link = organisation.site_links[i];
    for (const SiteId site : link.sites) {
      add_edge(site.value, sites + i, Cost{link.cost}, graph);
      add_edge(sites + i, site.value, Cost{0}, graph);
    }
  }
  return graph;
}

}  // namespace

std::optional<std::int64_t> SiteDistances::between(ServerId from, ServerId to) {
  if (organisation_.site_links.empty()) return 0;
  const auto from_site = at(organisation_.servers, from).site;
  const auto to_site = at(organisation_.servers, to).site;
  if (!from_site || !to_site) return std::nullopt;
  const auto known = known_.find(*from_site);
  const Costs& costs = known != known_.end() ? known->second : known_[*from_site] = costs_from(*from_site);
  return costs[to_site->value];
}

SiteDistances::Costs SiteDistances::costs_from(SiteId from) const {
  constexpr std::int64_t unreached = std::numeric_limits<std::int64_t>::max();
  const LinkGraph graph = make_link_graph(organisation_);
  std::vector<std::int64_t> found(num_vertices(graph), unreached);
  boost::dijkstra_shortest_paths(
      graph, from.value,
      boost::weight_map(get(&Cost::cost, graph))
          .distance_map(boost::make_iterator_property_map(found.begin(), get(boost::vertex_index, graph)))
          .distance_inf(unreached));
  Costs costs;
  for (std::size_t site = 0; site < organisation_.sites.size(); ++site) {
    costs.push_back(found[site] == unreached ? std::nullopt : std::optional(found[site]));
  }
  return costs;
}

}  // namespace casplan
