#include "runbook/commands_by_kind.h"
#include "runbook/escape.h"

namespace casplan::runbook {
namespace {

using simulator::Reliance;

constexpr const char* otherwise =
    " Otherwise do not begin this step: the organisation's document is wrong about this folder. Correct it, and plan "
    "the "
    "rest anew.";

/// Whether the plan has the folder there, and loaded, at this time; else there is nothing to look for.
bool should_be_there(const Scene& scene, const Reliance& reliance) {
  const ServerState& server = at(scene.before.servers, reliance.server);
  const FolderSet& folders = reliance.need == Reliance::Need::loaded ? server.loaded : server.present;
  return folders.has(reliance.folder) == Knowledge::yes;
}

/// Whether fronts need the folder for the step's server when the step has ended. What that server is then depends on
/// its own steps alone, so it is the same in every order.
bool is_asked_for(const Scene& scene, const Reliance& reliance) {
  const bool is_of_a_front = reliance.need == Reliance::Need::loaded && reliance.server != scene.planned.step.server;
  if (!is_of_a_front) return true;
  const ServerState& target = at(scene.after.servers, scene.planned.step.server);
  const bool may_be_highest = !target.owa_version || reliance.folder > *target.owa_version;
  return target.is_in_service() && (target.owa_version == reliance.folder || may_be_highest);
}

Instruction check(const Course& course, const Reliance& reliance) {
  const Server& server = at(course.organisation().servers, reliance.server);
  const std::string name = markdown_text(server.name);
  const std::string folder = "`" + to_string(reliance.folder) + "`";
  Script script(Shell::powershell);
  set_from(script, server, folder_on_disk(server, reliance.folder));
  script.line("Test-Path -LiteralPath $from");
  if (reliance.need == Reliance::Need::present) {
    return {"See whether folder " + folder + " is on " + name +
                ". Being the highest there, it may be the one that fronts need for this server.",
            script, std::string("`True`.") + otherwise};
  }
  script.line("(Get-Item -LiteralPath $from).CreationTime");
  show_pool_starts(script, " -ComputerName " + script.literal(network_name(server)));
  return {"See whether folder " + folder + " is on " + name +
              ", and was there when Outlook Web Access started. No step puts it there, and from this step on users "
              "need it.",
          script,
          std::string("`True`, the time at which the folder came there, and only later times after it (none, where "
                      "Outlook Web Access does not run there now).") +
              otherwise};
}

}  // namespace

std::vector<Instruction> check_relied_folders(const Course& course, const Scene& scene) {
  std::vector<Instruction> checks;
  for (const Reliance& reliance : course.reliances().of(scene.index)) {
    if (should_be_there(scene, reliance) && is_asked_for(scene, reliance)) checks.push_back(check(course, reliance));
  }
  return checks;
}

}  // namespace casplan::runbook
