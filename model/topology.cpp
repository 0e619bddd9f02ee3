#include "model/topology.h"

namespace casplan {
namespace {

bool may_proxy(const Organisation& organisation, ServerId front, ServerId target) {
  if (front == target) return false;
  const auto& front_site = at(organisation.servers, front).site;
  const auto& target_site = at(organisation.servers, target).site;
  if (!target_site) return true;
  if (!may_have_users(at(organisation.sites, *target_site))) return false;
  return !front_site || *front_site != *target_site;
}

}  // namespace

std::vector<ProxyPath> proxy_paths(const Organisation& organisation) {
  std::vector<ProxyPath> paths;
  const auto targets = client_access_servers(organisation);
  for (const ServerId front : fronts(organisation)) {
    for (const ServerId target : targets) {
      if (!may_proxy(organisation, front, target)) continue;
      paths.push_back({front, target, at(organisation.servers, target).site});
    }
  }
  return paths;
}

}  // namespace casplan
