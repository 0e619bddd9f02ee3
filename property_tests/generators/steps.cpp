#include "property_tests/generators/steps.h"

#include <algorithm>

#include "model/catalogue.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/versions.h"

namespace casplan {
namespace {

/// Earlier builds of the server's level, to which it can be taken back.
std::vector<BuildVersion> earlier_builds(const Server& server) {
  std::vector<BuildVersion> earlier;
  for (const Build& build : known_builds()) {
    if (server.build && removes_rollups(*server.build, build.version)) earlier.push_back(build.version);
  }
  return earlier;
}

/// Later rollups of the server's level, and the service packs after it.
std::vector<BuildVersion> fitting_builds(const Server& server) {
  std::vector<BuildVersion> fitting;
  for (const Build& build : known_builds()) {
    if (!server.build || build.version <= *server.build) continue;
    const Level level = server.build->level();
    if (build.is_rollup() ? build.version.level() == level : build.product == product_of(level)) {
      fitting.push_back(build.version);
    }
  }
  return fitting;
}

/// The builds whose folder somebody has already.
std::vector<BuildVersion> those_with_a_folder(const std::vector<BuildVersion>& builds,
                                              const Organisation& organisation) {
  std::vector<BuildVersion> chosen;
  for (const BuildVersion& build : builds) {
    const bool held = std::any_of(organisation.servers.begin(), organisation.servers.end(), [&](const Server& server) {
      const FolderList folders = server.folders.value_or(FolderList{});
      return std::any_of(folders.begin(), folders.end(), [&](const ResourceFolder& folder) {
        return folder.version == find_build(build)->owa_version;
      });
    });
    if (held) chosen.push_back(build);
  }
  return chosen;
}

BuildVersion draw_build(const Organisation& organisation, const Server& server) {
  const int kind = draw::below(24);
  const BuildVersion uncatalogued{{8, 2, 999, 9}};
  if (kind == 22) return uncatalogued;
  if (kind == 23) return (*any_catalogue_build(Product::exchange2010)).version;
  const auto earlier = earlier_builds(server);
  if (draw::once_in(6) && !earlier.empty()) return draw::one_of(earlier);
  const auto fitting = fitting_builds(server);
  const auto popular = those_with_a_folder(fitting, organisation);
  if (kind < 10 && !popular.empty()) return draw::one_of(popular);
  if (kind > 19 || fitting.empty()) return (*any_catalogue_build(Product::exchange2007)).version;
  return draw::one_of(fitting);
}

OwaVersion draw_folder(const Organisation& organisation) {
  const Server& server = draw::one_of(organisation.servers);
  const auto running = running_owa_version(server);
  if (running && !draw::once_in(3)) return *running;
  if (server.folders && !server.folders->empty()) return draw::one_of(*server.folders).version;
  return (*any_catalogue_build(Product::exchange2007)).owa_version;
}

ServerId draw_server(const Organisation& organisation) {
  return id_at<ServerId>(static_cast<std::size_t>(draw::below(static_cast<int>(organisation.servers.size()))));
}

/// Drains what is in service and returns what is not; now and then the other way round, which is refused.
StepKind draw_kind(const Server& server) {
  const StepKind kind = draw::one_of(all_step_kinds());
  if (kind != StepKind::drain && kind != StepKind::return_to_service) return kind;
  const bool in_service = server.in_service.value_or(true);
  return in_service != draw::once_in(10) ? StepKind::drain : StepKind::return_to_service;
}

Step draw_step(const Organisation& organisation) {
  Step step;
  step.server = draw::one_of(client_access_servers(organisation));
  const Server& server = at(organisation.servers, step.server);
  step.kind = draw_kind(server);
  if (step.kind == StepKind::upgrade) step.build = draw_build(organisation, server);
  if (step.kind == StepKind::ensure_folder) {
    step.folder = draw_folder(organisation);
    for (int i = draw::once_in(3) ? draw::between(1, 2) : 0; i > 0; --i) {
      step.sources.push_back(draw_server(organisation));
    }
  }
  return step;
}

/// Roughly what the step leaves behind, so that the steps after it make sense.
void carry_out(Organisation& organisation, const Step& step) {
  Server& server = at(organisation.servers, step.server);
  if (step.kind == StepKind::drain) server.in_service = false;
  if (step.kind == StepKind::return_to_service) server.in_service = true;
  const bool is_possible =
      server.build && step.build && (*server.build < *step.build || removes_rollups(*server.build, *step.build));
  if (is_possible) server.build = step.build;
}

}  // namespace

rc::Gen<Step> any_step(const Organisation& organisation) {
  return rc::gen::exec([organisation] { return draw_step(organisation); });
}

rc::Gen<std::vector<Step>> any_steps(const Organisation& organisation, int fewest, int most) {
  return rc::gen::exec([organisation, fewest, most] {
    Organisation now = organisation;
    std::vector<Step> steps;
    for (int i = draw::between(fewest, most); i > 0; --i) {
      steps.push_back(draw_step(now));
      carry_out(now, steps.back());
    }
    return steps;
  });
}

}  // namespace casplan
