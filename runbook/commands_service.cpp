#include <algorithm>
#include <set>

#include "model/rules.h"
#include "model/text.h"
#include "runbook/commands_by_kind.h"
#include "runbook/escape.h"

namespace casplan::runbook {
namespace {

constexpr const char* stopped = "`state:Stopped`; on Windows Server 2003 the number 4.";
constexpr const char* started = "`state:Started`; on Windows Server 2003 the number 2.";

Script show_users() {
  Script script(Shell::powershell);
  script.line("typeperf -sc 1 '\\MSExchange OWA\\Current Unique Users'");
  return script;
}

std::vector<const EntryPoint*> entry_points_of(const Course& course, ServerId server) {
  std::vector<const EntryPoint*> entries;
  for (const EntryPoint& entry : course.organisation().entry_points) {
    if (std::find(entry.fronts.begin(), entry.fronts.end(), server) != entry.fronts.end()) entries.push_back(&entry);
  }
  return entries;
}

std::string entry_names(const Course& course, ServerId server) {
  std::vector<std::string> names;
  for (const EntryPoint* entry : entry_points_of(course, server)) names.push_back(markdown_text(entry->name));
  return joined(names);
}

std::string others_in_service(const Course& course, const Scene& scene, const std::vector<ServerId>& servers) {
  std::vector<std::string> names;
  for (const ServerId other : servers) {
    const bool carries = other != scene.planned.step.server && at(scene.after.servers, other).is_in_service();
    if (carries) names.push_back(server_text(course, other));
  }
  return joined(names);
}

bool is_target(const Course& course, ServerId server) {
  const auto& paths = course.paths_of(server);
  return std::any_of(paths.begin(), paths.end(),
                     [&](std::size_t path) { return course.paths()[path].target == server; });
}

/// The folders that the server needs as a front, ascending: those of its targets that run an older version.
std::set<OwaVersion> needed_folders(const Course& course, const Scene& scene) {
  const auto& servers = course.organisation().servers;
  std::set<OwaVersion> folders;
  for (const std::size_t index : course.paths_of(scene.planned.step.server)) {
    const ProxyPath& path = course.paths()[index];
    if (path.front != scene.planned.step.server) continue;
    if (judge_routing(at(servers, path.front), at(servers, path.target))) continue;
    const auto folder = needed_folder(at(scene.after.servers, path.target), course.readings());
    if (folder && folder != at(scene.after.servers, path.front).owa_version) folders.insert(*folder);
  }
  return folders;
}

std::optional<Instruction> check_folders(const Course& course, const Scene& scene) {
  const auto folders = needed_folders(course, scene);
  if (folders.empty()) return std::nullopt;
  Script script(Shell::powershell);
  set_owa(script, scene.server);
  for (const OwaVersion& folder : folders) {
    script.line("Test-Path -LiteralPath (Join-Path $owa " + script.literal(folder_on_disk(scene.server, folder)) + ")");
  }
  return Instruction{
      "See whether the folders are there that the targets of " + markdown_text(scene.server.name) + " ask for.", script,
      "`True`, " + counted(folders.size(), "time") + "."};
}

/// Where to log on: for a front at itself, with a mailbox of each other site; for a target over each of its fronts.
std::vector<Instruction> test_logons(const Course& course, const Scene& scene) {
  std::set<SiteId> sites;
  std::set<ServerId> fronts;
  for (const std::size_t path : course.paths_of(scene.planned.step.server)) {
    const ProxyPath& pair = course.paths()[path];
    if (pair.front == scene.planned.step.server && pair.site) sites.insert(*pair.site);
    if (pair.target == scene.planned.step.server) fronts.insert(pair.front);
  }
  std::vector<std::string> site_names;
  for (const SiteId site : sites) site_names.push_back(site_text(course, site));
  std::vector<std::string> front_names;
  for (const ServerId front : fronts) front_names.push_back(server_text(course, front));
  const std::string name = markdown_text(network_name(scene.server));
  std::vector<Instruction> logons;
  if (!sites.empty()) {
    logons.push_back({"Log on at /owa of " + name +
                          " itself, with a test mailbox of each of these AD sites: " + joined(site_names) + ".",
                      std::nullopt, "Each mailbox opens, complete with pictures and menus."});
  }
  if (!fronts.empty()) {
    logons.push_back({"Log on with a test mailbox of AD site " + site_text(course, scene.server.site) +
                          " at /owa of each of these fronts: " + joined(front_names) + ".",
                      std::nullopt, "The mailbox opens, complete with pictures and menus."});
  }
  return logons;
}

}  // namespace

std::vector<Instruction> who_takes_over(const Course& course, const Scene& scene) {
  const std::string name = markdown_text(scene.server.name);
  std::vector<Instruction> checks;
  const auto check = [&](const std::string& whose, const std::vector<ServerId>& servers) {
    const std::string others = others_in_service(course, scene, servers);
    if (others.empty()) {
      checks.push_back({"Nobody takes over from " + name + " for " + whose +
                            ": those users have no Outlook Web Access until it returns. Make sure that they know.",
                        std::nullopt, ""});
    } else {
      checks.push_back({"For " + whose + " these take over: " + others + ". Open the logon page of each in a browser.",
                        std::nullopt, "Each shows its logon page."});
    }
  };
  for (const EntryPoint* entry : entry_points_of(course, scene.planned.step.server)) {
    check("users who come by " + markdown_text(entry->name), entry->fronts);
  }
  if (scene.server.site && is_target(course, scene.planned.step.server)) {
    check("users of AD site " + site_text(course, scene.server.site) + " who are proxied",
          client_access_servers(course.organisation(), *scene.server.site));
  }
  return checks;
}

Instructions drain_instructions(const Course& course, const Scene& scene) {
  const ServerId server = scene.planned.step.server;
  const std::string name = markdown_text(scene.server.name);
  const bool front = is_front(course.organisation(), server);
  Instructions todo;
  todo.before = who_takes_over(course, scene);
  todo.before.push_back({"See how many users are on " + name + " now.", show_users(), ""});
  if (front) {
    todo.change.push_back({"Take " + name + " out of the load balancer or the DNS entry of " +
                               entry_names(course, server) + ", by the means of your organisation.",
                           std::nullopt, "New logons no longer arrive here."});
  }
  todo.change.push_back(
      {"Wait until nobody is left, or until the time for this step is over. Users leave this count "
       "when they log off or their session times out; who is left then has to log on again.",
       show_users(), "0, or the time is over."});
  todo.change.push_back(
      {"Stop the application pool of Outlook Web Access, so that nobody lands here, and keep it "
       "stopped when the web server restarts.",
       stop_pool(), ""});
  todo.after.push_back({"See whether it is stopped.", show_pool(), stopped});
  Script web(Shell::powershell);
  web.line("Stop-Service W3SVC");
  todo.failure.push_back(
      {"If users are still sent here (they see error 503), this server must not answer at all: stop "
       "the web server. This also ends ActiveSync, Web Services, Autodiscover and Outlook Anywhere "
       "on " +
           name + "; `Start-Service W3SVC` undoes it.",
       web, ""});
  todo.failure.push_back({"To undo this step, start the pool again" +
                              std::string(front ? ", and put " + name + " back where it was taken out." : "."),
                          start_pool(), ""});
  return todo;
}

Instructions return_instructions(const Course& course, const Scene& scene) {
  const ServerId server = scene.planned.step.server;
  const std::string name = markdown_text(scene.server.name);
  const bool front = is_front(course.organisation(), server);
  Instructions todo;
  if (auto folders = check_folders(course, scene)) todo.before.push_back(*folders);
  todo.before.push_back({"See whether the application pool still is stopped.", show_pool(), stopped});
  todo.change.push_back(
      {"Start the application pool of Outlook Web Access. If the web server was stopped, start it "
       "first with `Start-Service W3SVC`.",
       start_pool(), ""});
  auto logons = test_logons(course, scene);
  if (front) {
    todo.change.insert(todo.change.end(), logons.begin(), logons.end());
    todo.change.push_back({"Only then put " + name + " back into the load balancer or the DNS entry of " +
                               entry_names(course, server) + ", by the means of your organisation.",
                           std::nullopt, "Users arrive here again."});
  }
  todo.after.push_back({"See whether the pool runs.", show_pool(), started});
  if (!front) todo.after.insert(todo.after.end(), logons.begin(), logons.end());
  todo.failure.push_back(
      {"Take " + name + " out again" +
           std::string(front ? " of the load balancer or DNS, and stop the pool." : ": stop the pool."),
       stop_pool(), ""});
  todo.failure.push_back(
      {"If a logon fails with Event 46, its sentence names the front, the target and both versions. "
       "If the front's version is the newer one, it lacks the folder that bears the target's "
       "version: put it there as in a step that copies a folder, and return " +
           name +
           " anew. If the front's version is the older one, no folder helps: the front has to be "
           "upgraded first.",
       std::nullopt, ""});
  return todo;
}

}  // namespace casplan::runbook
