#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runbook/course.h"
#include "runbook/script.h"

/// What to type for each kind of step. Everything runs on Windows Server 2003 and 2008 with PowerShell 1.0, and uses no
/// cmdlet that came later.
namespace casplan::runbook {

/// One thing to do, and what must be seen then. All texts are Markdown.
struct Instruction {
  std::string text;
  std::optional<Script> script;
  std::string expected;  ///< a sentence; empty where nothing is to be seen
};

struct Instructions {
  std::vector<Instruction> before;   ///< the step is begun only if all of this is as expected
  std::vector<Instruction> change;   ///< the step itself
  std::vector<Instruction> after;    ///< the step is done only if all of this is as expected
  std::vector<Instruction> failure;  ///< what to do otherwise, and how to undo the step
};

[[nodiscard]] Instructions instructions(const Course& course, const Scene& scene);

/// The folder on each server into which the administrator puts what an upgrade to this build needs, beforehand.
[[nodiscard]] std::string package_folder(const BuildVersion& build);

/// Whether the catalogue only infers the OWA version of an upgrade, or the name of a folder that is to be copied.
[[nodiscard]] bool rests_on_inferred_name(const Step& step);

}  // namespace casplan::runbook
