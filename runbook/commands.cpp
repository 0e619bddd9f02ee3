#include "runbook/commands.h"

#include "model/catalogue.h"
#include "runbook/commands_by_kind.h"

namespace casplan::runbook {

namespace {

Instructions instructions_by_kind(const Course& course, const Scene& scene) {
  switch (scene.planned.step.kind) {
    case StepKind::drain: return drain_instructions(course, scene);
    case StepKind::upgrade: return upgrade_instructions(course, scene);
    case StepKind::ensure_folder: return folder_instructions(course, scene);
    case StepKind::recycle: return recycle_instructions(course, scene);
    case StepKind::return_to_service: return return_instructions(course, scene);
  }
  return {};
}

}  // namespace

Instructions instructions(const Course& course, const Scene& scene) {
  Instructions todo = instructions_by_kind(course, scene);
  for (Instruction& check : check_relied_folders(course, scene)) todo.before.push_back(std::move(check));
  return todo;
}

std::string package_folder(const BuildVersion& build) {
  return "C:\\ExchangeUpdates\\" + to_string(build);
}

bool rests_on_inferred_name(const Step& step) {
  const Build* build = nullptr;
  if (step.build) build = find_build(*step.build);
  if (step.folder) build = find_build(*step.folder);
  return build != nullptr && build->owa_confidence == Confidence::inferred;
}

}  // namespace casplan::runbook
