#include "planner/step_reasons.h"

#include <algorithm>
#include <utility>

#include "model/catalogue.h"

namespace casplan::planner {
namespace {

std::string source_of(const Server& source, const OwaVersion& folder) {
  return source.name + " is the source of folder " + to_string(folder);
}

}  // namespace

std::string why_upgraded(const Organisation& organisation, const Policy& policy, ServerId id, const BuildVersion& build,
                         const Hops& hops) {
  const Server& server = at(organisation.servers, id);
  const std::string release(find_build(build)->name);
  if (build != hops.back()) {
    return to_string(hops.back()) + " is a rollup for " + level_name(build.level()) + ", which must be there first.";
  }
  if (policy.goal == Goal::heal_by_patch) {
    return "A path over " + server.name + " that fails today works once both its ends run " + release + ".";
  }
  if (server.build && removes_rollups(*server.build, build)) {
    return "The target asks for " + release + ", which is earlier than what " + server.name +
           " runs: the rollups after it are removed. Look at the list of installed updates first: whether " +
           server.name + " ran that build before is not known.";
  }
  return "The target asks for " + release + ".";
}

std::string why_relieved(const Server& server) {
  return "Other servers carry the users of " + server.name + " while it is upgraded.";
}

std::string why_copied(const Server& front, const std::string& targets, const OwaVersion& folder) {
  return front.name + " is newer than " + targets + " and needs resource folder " + to_string(folder) +
         " to proxy there; it may lack it.";
}

std::string why_loaded(const Server& server) {
  return "OWA on " + server.name + " loads new folders only when it starts.";
}

std::string why_returned(const Server& server) {
  return server.name + " is ready to serve again.";
}

std::string reason_of_order(const Organisation& organisation, const Policy& policy, ServerId first, ServerId second) {
  const std::string& earlier = at(organisation.servers, first).name;
  const std::string& later = at(organisation.servers, second).name;
  const auto& pairs = policy.before;
  if (std::find(pairs.begin(), pairs.end(), std::pair(first, second)) != pairs.end()) {
    return earlier + " is to be upgraded before " + later;
  }
  return earlier + " is upgraded before " + later +
         ": the roles of a site follow each other, Client Access, Hub Transport, Unified Messaging, Mailbox";
}

std::string reason_users_have_left(const Server& server) {
  return "the users have left " + server.name;
}

std::string reason_level_is_there() {
  return "the rollup is for the level that this brings";
}

std::string reason_upgrade_is_finished(const Server& server) {
  return "the upgrade of " + server.name + " is finished";
}

std::string reason_upgrade_may_remove_folders(const Server& server) {
  return "the upgrade of " + server.name + " may remove folders";
}

std::string reason_folder_is_in_place() {
  return "the folder is in place";
}

std::string reason_folders_are_loaded(const Server& server) {
  return server.name + " has loaded every folder that its paths need";
}

std::string reason_serves_again(const Server& server) {
  return server.name + " serves again";
}

std::string reason_source_gets_folder(const Server& source, const OwaVersion& folder) {
  return source_of(source, folder) + " and holds it only then";
}

std::string reason_source_loses_folder(const Server& source, const OwaVersion& folder) {
  return source_of(source, folder) + ", and its own upgrade may remove it";
}

}  // namespace casplan::planner
