#include "planner/changes.h"

#include "model/catalogue.h"
#include "model/contracts.h"

namespace casplan::planner {

Hops hops(const BuildVersion& from, const BuildVersion& to) {
  const Build* target = find_build(to);
  expects(target != nullptr && from < to, "an upgrade goes to a later build of the catalogue");
  if (!target->is_rollup() || from.level() == to.level()) return {to};
  const Build* service_pack = base_of(to.level());
  expects(service_pack != nullptr, "every rollup's level has a first release");
  return {service_pack->version, to};
}

Changes upgrade_changes(const Organisation& organisation, const Policy& policy, std::vector<std::string>& missing) {
  Changes changes;
  for (const ServerId id : client_access_servers(organisation)) {
    const Server& server = at(organisation.servers, id);
    if (policy.frozen.contains(id)) continue;
    if (!server.build) {
      missing.push_back("The build of " + server.name +
                        " is not known. Read the file version of ExSetup.exe on it, or freeze the server.");
      continue;
    }
    const auto wanted = wanted_build(organisation, policy, id);
    if (wanted && *server.build < *wanted) changes[id] = hops(*server.build, *wanted);
  }
  return changes;
}

}  // namespace casplan::planner
