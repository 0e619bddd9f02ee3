#include "model/catalogue.h"
#include "model/contracts.h"
#include "runbook/commands_by_kind.h"
#include "runbook/escape.h"
#include "runbook/steps_text.h"

namespace casplan::runbook {
namespace {

/// Also those that later rollups have superseded.
Script show_updates() {
  Script script(Shell::powershell);
  script.line("$data = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\Products'")
      .line("Get-ChildItem $data | ForEach-Object { Join-Path $_.PSPath 'Patches' } | Where-Object { Test-Path $_ } |")
      .line("  ForEach-Object { Get-ChildItem $_ } | ForEach-Object { (Get-ItemProperty $_.PSPath).DisplayName } |")
      .line("  Where-Object { $_ -match 'Exchange Server' } | Sort-Object");
  return script;
}

/// The Update Rollup of a build, as lists of updates show it; for a build without one an empty text.
std::string rollup_of(const BuildVersion& build) {
  const Build* known = find_build(build);
  if (known == nullptr || !known->is_rollup()) return {};
  const std::string kb = known->kb.empty() ? "" : " (" + std::string(known->kb) + ")";
  return "Update Rollup " + std::to_string(*known->rollup) + kb;
}

/// Whether the build that is wanted was there before is not known to the plan.
Instruction check_updates(const BuildVersion& back, const BuildVersion& today) {
  const std::string removed = rollup_of(today);
  const std::string returned = rollup_of(back);
  const std::string sign = removed.empty() ? "The rollups that are to be removed are listed" : removed + " is listed";
  const std::string before = returned.empty()
                                 ? ". Each rollup that is listed has to be removed, the latest first."
                                 : ", and so is " + returned +
                                       ". If that is not, it never was installed here, and a removal brings "
                                       "back another build: begin nothing, and plan with a target that was installed.";
  return {"**Look at the list of installed updates.** A removal brings back what was installed before.", show_updates(),
          sign + before};
}

Instruction remove(const BuildVersion& back, const BuildVersion& today) {
  const std::string removed = rollup_of(today);
  return {
      "In Programs and Features, Installed Updates (Windows Server 2003: Add or Remove Programs, with Show updates), "
      "remove " +
          (removed.empty() ? "the latest Update Rollup" : removed) + " for Exchange Server" +
          (rollup_of(back).empty() ? ", then each earlier one that is listed" : "") + ". The build to come back is " +
          name_of(back) + ".",
      std::nullopt, "The removal ends without an error. If it asks for a restart, restart."};
}

std::vector<Instruction> when_removal_fails() {
  std::vector<Instruction> todo;
  todo.push_back(
      {"Windows Installer takes back what it has done, so the rollup is there still. Find the cause in the Application "
       "log (source MsiInstaller), remove it, and remove the rollup again.",
       std::nullopt, ""});
  todo.push_back(enable_services());
  todo.push_back({"A rollup that was removed can be installed again. Keep its package at hand.", std::nullopt, ""});
  return todo;
}

}  // namespace

Instructions removal_instructions(const Course& course, const Scene& scene) {
  const BuildVersion back = *scene.planned.step.build;
  const auto& today = course.build_before(scene.index);
  expects(today.has_value(), "rollups are removed from a build that is known");
  Instructions todo;
  todo.before = who_is_cut_off(course, scene);
  todo.before.push_back(
      {"Read the build that the server runs.", show_build(scene.server), "`" + to_string(*today) + "`"});
  todo.before.push_back(check_updates(back, *today));
  if (scene.server.is_cas() && stays_out(scene)) {
    todo.before.push_back({"See whether the server is out of service.", show_pool(),
                           "`state:Stopped`; on Windows Server 2003 the number 4."});
  }
  todo.change.push_back(remove(back, *today));
  todo.after = after_upgrade(course, scene);
  todo.failure = when_removal_fails();
  return todo;
}

}  // namespace casplan::runbook
