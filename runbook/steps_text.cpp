#include "runbook/steps_text.h"

#include "model/catalogue.h"
#include "model/contracts.h"

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

}  // namespace

std::string name_of(const BuildVersion& build) {
  const Build* known = find_build(build);
  return known != nullptr ? to_string(build) + " (" + std::string(known->name) + ")" : to_string(build);
}

std::string describe(const Step& step, const Organisation& organisation) {
  const std::string& server = at(organisation.servers, step.server).name;
  switch (step.kind) {
    case StepKind::drain: return "Take " + server + " out of service";
    case StepKind::upgrade:
      expects(step.build.has_value(), "an upgrade has a build");
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

}  // namespace casplan::runbook
