#pragma once

#include <set>
#include <vector>

#include "model/organisation.h"
#include "model/state.h"
#include "verifier/stop.h"

namespace casplan::verifier {

/// Who has a server that serves them: counts the servers in service of each site and entry point.
class ServiceCount {
 public:
  ServiceCount(const Organisation& organisation, const State& found);

  void goes_out(ServerId server);
  void comes_back(ServerId server);

  /// Sites with users of whom nobody is served any more: none of their Client Access servers is in service, or no entry
  /// point has a front. Ascending.
  [[nodiscard]] std::vector<SiteId> sites_without_service() const;
  /// Entry points that somebody uses and that have no front any more. Ascending.
  [[nodiscard]] std::vector<EntryPointId> entry_points_without_service() const;

 private:
  std::vector<std::vector<EntryPointId>> entry_points_of_;  // by server: those that somebody uses
  std::vector<std::optional<SiteId>> site_of_;              // by server: of a CAS, where users may be
  std::vector<int> in_service_at_site_;
  std::vector<int> in_service_at_entry_point_;
  std::vector<SiteId> served_sites_;            // when found
  std::set<EntryPointId> served_entry_points_;  // when found
  std::set<SiteId> sites_out_;
  std::set<EntryPointId> entry_points_out_;
};

}  // namespace casplan::verifier
