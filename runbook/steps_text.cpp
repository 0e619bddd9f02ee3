#include "runbook/steps_text.h"

#include "model/catalogue.h"
#include "model/contracts.h"
#include "model/text.h"

namespace casplan::runbook {
namespace {

std::string sources_text(const Step& step, const Organisation& organisation) {
  if (step.sources.empty()) return "any server that holds it";
  std::string text;
  for (const ServerId source : step.sources) {
    if (!text.empty()) text += " or ";
    text += at(organisation.servers, source).name;
  }
  return text;
}

/// `Remove Update Rollup 9 from HQCAS1, back to 8.1.240.6 (Exchange Server 2007 SP1)`
std::string removal_text(const std::string& server, const BuildVersion& from, const BuildVersion& to) {
  const Build* today = find_build(from);
  const bool is_rollup = today != nullptr && today->is_rollup();
  const std::string what = is_rollup ? "Update Rollup " + std::to_string(*today->rollup) : std::string("rollups");
  return "Remove " + what + " from " + server + ", back to " + name_of(to);
}

}  // namespace

std::string name_of(const BuildVersion& build) {
  const Build* known = find_build(build);
  return known != nullptr ? to_string(build) + " (" + std::string(known->name) + ")" : to_string(build);
}

std::string describe(const Step& step, const Organisation& organisation) {
  return describe(step, organisation, at(organisation.servers, step.server).build);
}

std::string describe(const Step& step, const Organisation& organisation, const std::optional<BuildVersion>& from) {
  const std::string& server = at(organisation.servers, step.server).name;
  switch (step.kind) {
    case StepKind::drain: return "Take " + server + " out of service";
    case StepKind::upgrade:
      expects(step.build.has_value(), "an upgrade has a build");
      if (from && removes_rollups(*from, *step.build)) return removal_text(server, *from, *step.build);
      return "Upgrade " + server + " to " + name_of(*step.build);
    case StepKind::ensure_folder:
      expects(step.folder.has_value(), "an ensure_folder has a folder");
      return "Put folder " + to_string(*step.folder) + " on " + server + " (from " + sources_text(step, organisation) +
             ")";
    case StepKind::recycle: return "Restart Outlook Web Access on " + server;
    case StepKind::return_to_service: return "Return " + server + " to service";
  }
  return {};
}

std::string roles_text(const Server& server) {
  std::vector<std::string> names;
  for (const Role role : server.roles) names.emplace_back(to_string(role));
  return joined(names);
}

}  // namespace casplan::runbook
