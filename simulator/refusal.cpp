#include "model/catalogue.h"
#include "simulator/transition.h"

namespace casplan::simulator {
namespace {

std::string build_text(const std::optional<BuildVersion>& build) {
  return build ? to_string(*build) : "a build that is not known";
}

std::string source_names(const Step& step, const Organisation& organisation) {
  std::string names;
  for (const ServerId source : step.sources) {
    names += (names.empty() ? "" : ", ") + at(organisation.servers, source).name;
  }
  return names;
}

std::string no_source(const Step& step, const Organisation& organisation) {
  const std::string folder = "folder " + to_string(*step.folder);
  const std::string& name = at(organisation.servers, step.server).name;
  if (step.sources.empty())
    return "No server holds " + folder + " at this time, so it cannot be copied to " + name + ".";
  return "None of the sources (" + source_names(step, organisation) + ") holds " + folder +
         " at this time, so it cannot be copied to " + name + ".";
}

std::string source_not_known(const Step& step, const Organisation& organisation) {
  const std::string sources = step.sources.empty() ? "any server" : source_names(step, organisation);
  return "Whether " + sources + " holds folder " + to_string(*step.folder) +
         " is not known, because its folders were not listed.";
}

std::string wrong_level(const Step& step, const std::string& name, const std::string& today) {
  const Build* base = base_of(step.build->level());
  const std::string first = base != nullptr ? " Install " + to_string(base->version) + " first." : "";
  return name + " runs " + today + ", and rollup " + to_string(*step.build) + " is for " +
         level_name(step.build->level()) + " only." + first;
}

}  // namespace

std::string sentence(const Refusal& refusal, const Step& step, const ServerState& server,
                     const Organisation& organisation) {
  const std::string& name = at(organisation.servers, refusal.server).name;
  const std::string today = build_text(server.build);
  switch (refusal.reason) {
    case RefusalReason::already_drained: return name + " is out of service already, so it cannot be drained.";
    case RefusalReason::already_in_service: return name + " is in service already, so it cannot return.";
    case RefusalReason::upgrade_in_progress: return name + " is being upgraded, so nothing else can be done to it.";
    case RefusalReason::step_in_progress:
      return "Another step is being done to " + name + ". Only steps on different servers may overlap.";
    case RefusalReason::build_not_known:
      return "The build of " + name + " is not known, so whether " + to_string(*step.build) + " fits cannot be told.";
    case RefusalReason::build_not_catalogued: return "No build " + to_string(*step.build) + " is known.";
    case RefusalReason::not_an_upgrade:
      return name + " runs " + today + " already, so there is nothing to install or to remove.";
    case RefusalReason::service_pack_stays:
      return name + " runs " + today + ", and a service pack cannot be removed, so " + name + " cannot go back to " +
             to_string(*step.build) + ". Only rollups for " + level_name(server.build->level()) + " can.";
    case RefusalReason::other_product:
      return name + " runs " + today + ", and cannot become " + to_string(*step.build) +
             " in place: that is another product.";
    case RefusalReason::rollup_for_other_level: return wrong_level(step, name, today);
    case RefusalReason::no_source: return no_source(step, organisation);
    case RefusalReason::source_not_known: return source_not_known(step, organisation);
    case RefusalReason::frozen:
      return name + " is frozen by the policy, so its build stays " + today + ". Take it out of \"frozen\", or the step " +
             "out of the plan.";
  }
  return "The step cannot be carried out on " + name + ".";
}

}  // namespace casplan::simulator
