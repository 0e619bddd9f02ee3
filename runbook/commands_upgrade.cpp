#include "model/catalogue.h"
#include "model/contracts.h"
#include "model/text.h"
#include "runbook/commands_by_kind.h"
#include "runbook/escape.h"
#include "runbook/steps_text.h"

namespace casplan::runbook {
namespace {

bool is_rollup(const BuildVersion& build) {
  const Build* known = find_build(build);
  return known != nullptr && known->is_rollup();
}

Instruction check_package(const BuildVersion& build) {
  Script script(Shell::powershell);
  if (is_rollup(build)) {
    script.line("Get-ChildItem '" + package_folder(build) + "\\*.msp' | ForEach-Object { $_.Name }");
    const std::string kb(find_build(build)->kb);
    return {"See whether the package is there.", script,
            "One file" + (kb.empty() ? std::string(".") : ", with " + kb.substr(2) + " and x64 in its name.")};
  }
  script.line("Test-Path -LiteralPath '" + package_folder(build) + "\\Setup.com'");
  return {"See whether the extracted service pack is there.", script, "`True`"};
}

std::vector<Instruction> before_upgrade(const Course& course, const Scene& scene) {
  const auto& build = at(scene.before.servers, scene.planned.step.server).build;
  std::vector<Instruction> checks = who_is_cut_off(course, scene);
  checks.push_back({"Read the build that the server runs.", show_build(scene.server),
                    build ? "`" + to_string(*build) + "`" : "The build was not known: note it."});
  checks.push_back(check_package(*scene.planned.step.build));
  if (scene.server.is_cas() && stays_out(scene)) {
    checks.push_back({"See whether the server is out of service.", show_pool(),
                      "`state:Stopped`; on Windows Server 2003 the number 4."});
  }
  checks.push_back(
      {"Look in Add or Remove Programs (Windows Server 2008: Programs and Features, Installed Updates) for "
       "interim updates of Exchange, and remove them. Close every Exchange Management Console and Shell on "
       "the server, also in other sessions.",
       std::nullopt, "No interim update is listed."});
  return checks;
}

Instruction install(const BuildVersion& build) {
  const std::string folder = package_folder(build);
  Script script(Shell::command_prompt);
  if (is_rollup(build)) {
    script.line("for %f in (" + folder + "\\*.msp) do start /wait msiexec /update \"%f\" /qb /l*v " + folder +
                "\\install.log");
  } else {
    script.line(folder + "\\Setup.com /mode:Upgrade");
  }
  script.line("echo %errorlevel%");
  return {"In a Command Prompt that was started with \"Run as administrator\", install " + name_of(build) + ".", script,
          is_rollup(build)
              ? "0; with 3010, restart the server before you go on."
              : "Every line of set-up ends with COMPLETED, then 0. If set-up asks for a restart, restart."};
}

/// The service pack removes earlier folders; the steps that put them back on this server.
std::string folders_to_come(const Course& course, const Scene& scene) {
  std::vector<std::string> steps;
  for (const StepIndex other : course.order()) {
    const Step& step = at(course.plan().steps, other).step;
    const bool later = course.number(other) > course.number(scene.index);
    if (later && step.kind == StepKind::ensure_folder && step.server == scene.planned.step.server) {
      steps.push_back("`" + to_string(*step.folder) + "` by " + step_label(course, other));
    }
  }
  return joined(steps);
}

Instruction check_owa_version(const Scene& scene) {
  const BuildVersion build = *scene.planned.step.build;
  const Build* known = find_build(build);
  expects(known != nullptr, "an upgrade in a verified plan is in the catalogue");
  Script script(Shell::powershell);
  set_owa(script, scene.server);
  show_folders(script);
  const std::string folder = "`" + to_string(known->owa_version) + "`";
  if (known->owa_confidence != Confidence::inferred) {
    return {"See whether the new folder is there.", script, folder + " is among them."};
  }
  return {"**Read the name of the new folder from the server.** The catalogue only infers it from the build.", script,
          folder +
              " is among them. If the folder that is new has another name, go no further: state that name as this " +
              "server's owa\\_version in the organisation's document and plan the rest anew."};
}

std::vector<Instruction> when_service_pack_fails(const Scene& scene) {
  Script log(Shell::powershell);
  log.line("Get-Content 'C:\\ExchangeSetupLogs\\ExchangeSetup.log' | Select-Object -Last 40");
  std::vector<Instruction> todo;
  todo.push_back(
      {"Read the end of set-up's log, remove the cause, and give the same command again: set-up goes on "
       "where it stopped.",
       log, ""});
  if (!scene.server.is_cas()) {
    todo.push_back(
        {"A service pack cannot be removed. If set-up cannot be finished tonight, begin no step that waits for this "
         "one.",
         std::nullopt, ""});
    return todo;
  }
  todo.push_back(
      {"A service pack cannot be removed. If set-up cannot be finished tonight, keep the server out of "
       "service (stop the pool, and take a front out of the load balancer), unless it may return by what "
       "is said below, and begin no step that waits for this one.",
       stop_pool(), ""});
  return todo;
}

std::vector<Instruction> when_rollup_fails(const Scene& scene) {
  const std::string folder = package_folder(*scene.planned.step.build);
  Script log(Shell::powershell);
  log.line("Select-String -Path '" + folder + "\\install.log' -Pattern 'return value 3' | Select-Object -Last 5");
  std::vector<Instruction> todo;
  todo.push_back(
      {"Windows Installer takes back what it has done. Find the cause in the log (the lines above the one "
       "that is shown), remove it, and give the same command again.",
       log, ""});
  todo.push_back(enable_services());
  todo.push_back(
      {"A rollup that was installed can be removed (Programs and Features, Installed Updates), which brings back "
       "the build before it. Whether that is safe is said below.",
       std::nullopt, ""});
  return todo;
}

}  // namespace

bool stays_out(const Scene& scene) {
  return !at(scene.after.servers, scene.planned.step.server).is_in_service();
}

Script show_build(const Server& server) {
  Script script(Shell::powershell);
  script.line("$exsetup = Join-Path " + install_expression(script, server) + " 'Bin\\ExSetup.exe'")
      .line("$v = [Diagnostics.FileVersionInfo]::GetVersionInfo($exsetup)")
      .line("'{0}.{1}.{2}.{3}' -f $v.FileMajorPart, $v.FileMinorPart, $v.FileBuildPart, $v.FilePrivatePart");
  return script;
}

std::vector<Instruction> who_is_cut_off(const Course& course, const Scene& scene) {
  if (!scene.server.is_cas()) {
    return {{"While " + markdown_text(scene.server.name) + " is upgraded its roles do not work (" +
                 roles_text(scene.server) + "). Make sure that those who depend on them know.",
             std::nullopt, ""}};
  }
  if (stays_out(scene)) return {};
  std::vector<Instruction> checks{
      {"The server is not drained first: set-up cuts off whoever is on it.", std::nullopt, ""}};
  for (auto& check : who_takes_over(course, scene)) checks.push_back(std::move(check));
  return checks;
}

std::vector<Instruction> after_upgrade(const Course& course, const Scene& scene) {
  std::vector<Instruction> checks;
  checks.push_back({"Read the build that the server runs now.", show_build(scene.server),
                    "`" + to_string(*scene.planned.step.build) + "`"});
  if (scene.server.is_cas()) checks.push_back(check_owa_version(scene));
  Script services(Shell::powershell);
  services.line("Get-WmiObject Win32_Service -Filter \"StartMode = 'Auto' AND State <> 'Running'\" |")
      .line("  Where-Object { $_.Name -match '^(MSExchange|W3SVC|IISADMIN)' } | ForEach-Object { $_.Name }");
  checks.push_back(
      {"See whether the services run.", services, "Nothing is listed. Start what is listed with Start-Service."});
  if (scene.server.is_cas() && stays_out(scene)) {
    checks.push_back(
        {"The server stays out of service until its return. See whether set-up has started the pool, and "
         "stop it if it has.",
         stop_pool(), "A message that it is stopped, or was stopped already."});
  }
  const std::string to_come = folders_to_come(course, scene);
  if (!to_come.empty()) {
    checks.push_back({"Folders that are still to come to this server: " + to_come + ".", std::nullopt, ""});
  }
  return checks;
}

Instruction enable_services() {
  Script disabled(Shell::powershell);
  disabled.line("Get-WmiObject Win32_Service -Filter \"StartMode = 'Disabled'\" |")
      .line("  Where-Object { $_.Name -match '^(MSExchange|W3SVC|IISADMIN)' } | ForEach-Object { $_.Name }");
  return {
      "A rollup that fails may leave services disabled. Set each that is listed, and was not disabled "
      "before, back with `Set-Service NAME -StartupType Automatic`, then start it.",
      disabled, ""};
}

void show_folders(Script& script) {
  script.line("Get-ChildItem -LiteralPath $owa |")
      .line("  Where-Object { $_.PSIsContainer -and $_.Name -match '^\\d+\\.\\d+\\.\\d+(\\.\\d+)?$' } |")
      .line("  Sort-Object { [Version]$_.Name } | ForEach-Object { $_.Name }");
}

Instructions upgrade_instructions(const Course& course, const Scene& scene) {
  expects(scene.planned.step.build.has_value(), "an upgrade has a build");
  const BuildVersion build = *scene.planned.step.build;
  if (course.is_removal(scene.index)) return removal_instructions(course, scene);
  Instructions todo;
  todo.before = before_upgrade(course, scene);
  todo.change.push_back(install(build));
  todo.after = after_upgrade(course, scene);
  todo.failure = is_rollup(build) ? when_rollup_fails(scene) : when_service_pack_fails(scene);
  return todo;
}

}  // namespace casplan::runbook
