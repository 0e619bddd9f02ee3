#include "planner/changes.h"

#include "model/catalogue.h"
#include "model/contracts.h"

namespace casplan::planner {

Hops hops(const BuildVersion& from, const BuildVersion& to) {
  const Build* target = find_build(to);
  expects(target != nullptr && (from < to || removes_rollups(from, to)),
          "an upgrade goes to another build of the catalogue, and never back over a service pack");
  if (!target->is_rollup() || from.level() == to.level()) return {to};
  const Build* service_pack = base_of(to.level());
  expects(service_pack != nullptr, "every rollup's level has a first release");
  return {service_pack->version, to};
}

namespace {

std::string missing_site(const Server& server) {
  return "The AD site of " + server.name +
         " is not known, so it cannot be told which servers are upgraded before it. Name its site, or freeze the "
         "server.";
}

}  // namespace

Changes upgrade_changes(const Organisation& organisation, const Policy& policy, std::vector<std::string>& missing) {
  Changes changes;
  for (std::size_t i = 0; i < organisation.servers.size(); ++i) {
    const auto id = id_at<ServerId>(i);
    const Server& server = organisation.servers[i];
    if (!is_upgraded(server, policy.roles) || policy.frozen.contains(id)) continue;
    if (!server.build) {
      missing.push_back("The build of " + server.name +
                        " is not known. Read the file version of ExSetup.exe on it, or freeze the server.");
      continue;
    }
    const auto wanted = wanted_build(organisation, policy, id);
    if (wanted && (*server.build < *wanted || removes_rollups(*server.build, *wanted))) {
      changes[id] = hops(*server.build, *wanted);
      if (!server.is_cas() && !server.site) missing.push_back(missing_site(server));
    }
  }
  return changes;
}

}  // namespace casplan::planner
