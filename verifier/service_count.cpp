#include "verifier/service_count.h"

#include <algorithm>

namespace casplan::verifier {

ServiceCount::ServiceCount(const Organisation& organisation, const State& found)
    : entry_points_of_(organisation.servers.size()),
      site_of_(organisation.servers.size()),
      in_service_at_site_(organisation.sites.size()),
      in_service_at_entry_point_(organisation.entry_points.size()) {
  for (std::size_t i = 0; i < organisation.entry_points.size(); ++i) {
    const EntryPoint& entry = organisation.entry_points[i];
    if (entry.share == 0) continue;
    for (const ServerId front : std::set<ServerId>(entry.fronts.begin(), entry.fronts.end())) {
      at(entry_points_of_, front).push_back(id_at<EntryPointId>(i));
    }
  }
  for (const ServerId server : client_access_servers(organisation)) {
    const auto& site = at(organisation.servers, server).site;
    if (site && may_have_users(at(organisation.sites, *site))) at(site_of_, server) = site;
  }
  for (std::size_t i = 0; i < found.servers.size(); ++i) {
    if (found.servers[i].is_in_service()) comes_back(id_at<ServerId>(i));
  }
  for (std::size_t i = 0; i < in_service_at_entry_point_.size(); ++i) {
    if (in_service_at_entry_point_[i] > 0) served_entry_points_.insert(id_at<EntryPointId>(i));
  }
  // By which name users come is not told where there is no entry point at all; then every site with a CAS is served.
  if (served_entry_points_.empty() && !organisation.entry_points.empty()) return;
  for (std::size_t i = 0; i < in_service_at_site_.size(); ++i) {
    if (in_service_at_site_[i] > 0) served_sites_.push_back(id_at<SiteId>(i));
  }
}

void ServiceCount::goes_out(ServerId server) {
  const auto& site = at(site_of_, server);
  if (site && --at(in_service_at_site_, *site) == 0) sites_out_.insert(*site);
  for (const EntryPointId entry : at(entry_points_of_, server)) {
    if (--at(in_service_at_entry_point_, entry) == 0 && served_entry_points_.contains(entry)) {
      entry_points_out_.insert(entry);
    }
  }
}

void ServiceCount::comes_back(ServerId server) {
  const auto& site = at(site_of_, server);
  if (site && ++at(in_service_at_site_, *site) == 1) sites_out_.erase(*site);
  for (const EntryPointId entry : at(entry_points_of_, server)) {
    if (++at(in_service_at_entry_point_, entry) == 1) entry_points_out_.erase(entry);
  }
}

std::vector<SiteId> ServiceCount::sites_without_service() const {
  const bool nobody_arrives = std::all_of(in_service_at_entry_point_.begin(), in_service_at_entry_point_.end(),
                                          [](int fronts) { return fronts == 0; });
  if (nobody_arrives && !served_entry_points_.empty()) return served_sites_;
  std::vector<SiteId> sites;
  std::set_intersection(sites_out_.begin(), sites_out_.end(), served_sites_.begin(), served_sites_.end(),
                        std::back_inserter(sites));
  return sites;
}

std::vector<EntryPointId> ServiceCount::entry_points_without_service() const {
  return {entry_points_out_.begin(), entry_points_out_.end()};
}

}  // namespace casplan::verifier
