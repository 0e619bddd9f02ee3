#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "model/rules.h"
#include "model/text.h"
#include "runbook/escape.h"
#include "runbook/outages.h"
#include "runbook/script.h"
#include "runbook/sections.h"

namespace casplan::runbook {
namespace {

/// So many sentences are written out for one front; the rest differ only in the target and are named in a list.
constexpr std::size_t sentences_shown = 8;

/// Places in `course.paths()`, by the path's front.
using PathsByFront = std::map<ServerId, std::vector<std::size_t>>;

/// Whether the versions at the two ends, as they are after the step, can bring the event at all.
bool versions_differ(const Scene& scene, const ProxyPath& path) {
  const auto& front = at(scene.after.servers, path.front).owa_version;
  const auto& target = at(scene.after.servers, path.target).owa_version;
  return !front || !target || *front != *target;
}

/// The paths over the step's server on which the version rule decides, between different versions.
PathsByFront paths_under_version_rule(const Course& course, const Scene& scene) {
  const auto& servers = course.organisation().servers;
  PathsByFront by_front;
  for (const std::size_t index : course.paths_of(scene.planned.step.server)) {
    const ProxyPath& path = course.paths()[index];
    if (judge_routing(at(servers, path.front), at(servers, path.target)) || !versions_differ(scene, path)) continue;
    by_front[path.front].push_back(index);
  }
  return by_front;
}

std::string version_text(const ServerState& state) {
  return state.owa_version ? to_string(*state.owa_version) : "not known";
}

std::string further_targets(const Course& course, const Scene& scene, const std::vector<std::size_t>& paths) {
  if (paths.size() <= sentences_shown) return {};
  std::vector<std::string> targets;
  for (std::size_t i = sentences_shown; i < paths.size(); ++i) {
    const ServerId target = course.paths()[paths[i]].target;
    targets.push_back(server_text(course, target) + " (" + version_text(at(scene.after.servers, target)) + ")");
  }
  return "The same sentence with one of these targets and versions: " + joined(targets) + ".\n\n";
}

/// A path that the plan lets fail for now brings its event all the same.
std::string still_expected(const Course& course, const Scene& scene, std::size_t path) {
  if (scene.users_after.paths[path].judgement.verdict != Verdict::event46) return {};
  return "This one is still to be expected " + ended_by(course, event46_ends_by(course, scene, path)) + ".\n\n";
}

std::string sentences(const Course& course, const Scene& scene, ServerId front, const std::vector<std::size_t>& paths) {
  std::string text = "On " + server_text(course, front) + ":\n\n";
  for (std::size_t i = 0; i < std::min(paths.size(), sentences_shown); ++i) {
    text += "> " + markdown_text(event46_text(course, course.paths()[paths[i]], scene.after)) + "\n\n" +
            still_expected(course, scene, paths[i]);
  }
  return text + further_targets(course, scene, paths);
}

/// The AD sites whose users are proxied over the step's server.
std::string site_list(const Course& course, const Scene& scene) {
  std::set<std::optional<SiteId>> sites;
  for (const std::size_t path : course.paths_of(scene.planned.step.server)) sites.insert(course.paths()[path].site);
  std::vector<std::string> names;
  for (const auto& site : sites) names.push_back(site_text(course, site));
  return (names.size() == 1 ? "AD site " : "each of the AD sites ") + joined(names);
}

std::string when_to_look(const Course& course, const Scene& scene) {
  if (at(scene.after.servers, scene.planned.step.server).is_in_service()) {
    return "First log on with a test mailbox of " + site_list(course, scene) + ", by way of each front below. ";
  }
  return markdown_text(scene.server.name) +
         " is out of service, so nobody should be proxied over it now; the event would mean that users still are. ";
}

std::string look_for_event() {
  Script script(Shell::powershell);
  script.line(
      "Get-EventLog -LogName Application -Newest 200 | "
      "Where-Object { $_.Source -eq 'MSExchange OWA' -and $_.EventID -eq 46 } | "
      "Format-List TimeGenerated, Message");
  return script.text();
}

}  // namespace

std::string events_to_look_for(const Course& course, const Scene& scene) {
  const auto by_front = paths_under_version_rule(course, scene);
  std::string text = "### Event 46 to look for\n\n";
  if (course.paths_of(scene.planned.step.server).empty()) {
    return text + "None: no proxy path leads over " + markdown_text(scene.server.name) + ".\n\n";
  }
  if (by_front.empty()) {
    return text + "None: every path over " + markdown_text(scene.server.name) +
           " joins equal versions now, or needs no proxy. If the event is there all the same, a server does not run "
           "what the check above says.\n\n";
  }
  std::vector<std::string> fronts;
  for (const auto& [front, paths] : by_front) fronts.push_back(server_text(course, front));
  text += when_to_look(course, scene) + "Then on " + joined(fronts) + ":\n\n" + look_for_event() +
          "\nNothing must be listed that is later than this step. The event comes at most about every 15 minutes for "
          "each target, so a logon that succeeds is the better proof. If the step went wrong, it would say:\n\n";
  for (const auto& [front, paths] : by_front) text += sentences(course, scene, front, paths);
  return text;
}

}  // namespace casplan::runbook
