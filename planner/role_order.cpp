#include "planner/role_order.h"

#include <map>

#include "model/policy.h"

namespace casplan::planner {
namespace {

using Servers = std::vector<ServerId>;
using Pairs = std::vector<std::pair<ServerId, ServerId>>;

void add_pairs(const Servers& earlier, const Servers& later, Pairs& pairs) {
  for (const ServerId second : later) {
    for (const ServerId first : earlier) pairs.emplace_back(first, second);
  }
}

}  // namespace

Pairs order_of_roles(const Organisation& organisation, const Changes& changes) {
  std::map<SiteId, std::map<int, Servers>> sites;
  for (const auto& [id, hops] : changes) {
    const Server& server = at(organisation.servers, id);
    const auto place = place_in_site(server);
    if (server.site && place) sites[*server.site][*place].push_back(id);
  }
  Pairs pairs;
  for (const auto& [site, by_place] : sites) {
    const Servers* earlier = nullptr;
    for (const auto& [place, servers] : by_place) {
      if (earlier != nullptr) add_pairs(*earlier, servers, pairs);
      earlier = &servers;
    }
  }
  return pairs;
}

}  // namespace casplan::planner
