#include <algorithm>
#include <map>
#include <set>

#include "model/catalogue.h"
#include "model/text.h"
#include "model/time_text.h"
#include "runbook/commands.h"
#include "runbook/escape.h"
#include "runbook/figures.h"
#include "runbook/sections.h"
#include "runbook/steps_text.h"

namespace casplan::runbook {
namespace {

enum class Change { install, removal };

/// The steps that install a build, or that go back to one.
std::vector<StepIndex> steps_of(const Course& course, Change change) {
  std::vector<StepIndex> steps;
  for (const StepIndex index : course.order()) {
    const bool is_wanted = course.is_removal(index) == (change == Change::removal);
    if (at(course.plan().steps, index).step.build && is_wanted) steps.push_back(index);
  }
  return steps;
}

std::set<BuildVersion> builds_of(const Course& course, Change change) {
  std::set<BuildVersion> builds;
  for (const StepIndex index : steps_of(course, change)) builds.insert(*at(course.plan().steps, index).step.build);
  return builds;
}

/// `2 servers (8.2.176.2 (Exchange Server 2007 SP2))`; empty where there are none.
std::string servers_text(const Course& course, Change change) {
  std::set<ServerId> servers;
  for (const StepIndex index : steps_of(course, change)) servers.insert(at(course.plan().steps, index).step.server);
  std::vector<std::string> names;
  for (const BuildVersion& build : builds_of(course, change)) names.push_back(name_of(build));
  return servers.empty() ? "" : counted(servers.size(), "server") + " (" + joined(names) + ")";
}

std::string upgrades_text(const Course& course) {
  const std::string upgraded = servers_text(course, Change::install);
  const std::string taken_back = servers_text(course, Change::removal);
  if (taken_back.empty()) return "upgrades " + (upgraded.empty() ? "no server" : upgraded);
  const std::string back = "takes back " + taken_back + " by removing rollups";
  return upgraded.empty() ? back : "upgrades " + upgraded + ", and " + back;
}

std::string goal_text(const Course& course) {
  switch (course.plan().goal) {
    case Goal::upgrade: return upgrades_text(course);
    case Goal::heal_by_copy: return "mends the paths that fail by copying folders, and changes no build";
    case Goal::heal_by_patch: return "mends the paths that fail, and " + upgrades_text(course);
  }
  return {};
}

std::string time_text(const Course& course) {
  const Moment start = simulator::start_of(course.plan());
  Minutes length{0};
  for (const StepIndex step : course.order()) length = std::max(length, course.end(step));
  return "from " + moment_text(start) + " to " + moment_text(start + length) + " UTC (" + minutes_text(length) + ")";
}

std::string after_text(const Course& course, const PlannedStep& planned) {
  std::vector<std::string> numbers;
  for (const Arrow& arrow : planned.after) numbers.push_back(std::to_string(course.number(arrow.step)));
  return numbers.empty() ? "-" : joined(numbers);
}

std::string package_text(const Course& course, const BuildVersion& build) {
  std::vector<std::string> servers;
  for (const StepIndex step : steps_of(course, Change::install)) {
    const PlannedStep& planned = at(course.plan().steps, step);
    if (planned.step.build == build) servers.push_back(server_text(course, planned.step.server));
  }
  const Build* known = find_build(build);
  const bool rollup = known != nullptr && known->is_rollup();
  const std::string kb = known != nullptr && !known->kb.empty() ? ", " + std::string(known->kb) : "";
  return "- " + name_of(build) + kb + ": " +
         (rollup ? "the x64 .msp file, alone, in `" : "the x64 service pack, extracted, so that Setup.com lies in `") +
         package_folder(build) + "` on " + joined(servers) + ".\n";
}

std::vector<BuildVersion> service_packs(const Course& course) {
  std::vector<BuildVersion> packs;
  for (const BuildVersion& build : builds_of(course, Change::install)) {
    const Build* known = find_build(build);
    if (known != nullptr && !known->is_rollup()) packs.push_back(build);
  }
  return packs;
}

/// What has to be there before a service pack, once for the forest and on each server.
std::string before_service_packs(const std::vector<BuildVersion>& packs) {
  constexpr BuildVersion sp2{{8, 2, 176, 2}};
  const bool asks_for_installer = std::any_of(packs.begin(), packs.end(), [&](const BuildVersion& pack) {
    return pack >= sp2 && product_of(pack.level()) == Product::exchange2007;
  });
  return std::string(
             "- A service pack may extend the Active Directory schema. Once for the forest, run `Setup.com "
             "/PrepareSchema` and `Setup.com /PrepareAD` of the service pack, and wait until this has replicated to "
             "every site.\n") +
         (asks_for_installer ? "- SP2 and SP3 of Exchange 2007 ask for Windows Installer 4.5 on each server.\n" : "") +
         "- Read the service pack's release notes for what else has to be installed.\n";
}

}  // namespace

std::string summary(const Course& course) {
  const Plan& plan = course.plan();
  if (plan.steps.empty()) return "The plan has no steps: there is nothing to do.\n\n";
  const Measures& totals = course.trace().totals;
  return "The plan " + goal_text(course) + ": " + counted(plan.steps.size(), "step") + ", " + time_text(course) +
         ". User-minutes with Event 46 on the way: " + figure_text(value(totals, Measure::event46_user_minutes)) +
         "; user-minutes in which no server serves: " + figure_text(value(totals, Measure::unavailable_user_minutes)) +
         "; folders to copy: " + figure_text(value(totals, Measure::copies)) + ".\n\n";
}

std::string preparations(const Course& course) {
  std::string text = "## Before the first step\n\n";
  for (const BuildVersion& build : builds_of(course, Change::install)) text += package_text(course, build);
  if (const auto packs = service_packs(course); !packs.empty()) text += before_service_packs(packs);
  return text +
         "- A backup of each server that is changed.\n"
         "- A test mailbox in each AD site, and a way to open /owa of each front by its own name, past the load "
         "balancer.\n"
         "- An account that may administer each server and open its administrative shares.\n\n";
}

std::string table_of_steps(const Course& course) {
  std::string text = "## The steps\n\n" + table_head({"#", "Id", "Start (UTC)", "Minute", "Duration", "Server",
                                                      "AD site", "What", "After steps"});
  for (const StepIndex step : course.order()) {
    const PlannedStep& planned = at(course.plan().steps, step);
    const Server& server = at(course.organisation().servers, planned.step.server);
    text +=
        row({std::to_string(course.number(step)), markdown_text(planned.id), moment_text(planned.schedule->start),
             std::to_string(course.start(step).count()), minutes_text(planned.schedule->end - planned.schedule->start),
             markdown_text(server.name), site_text(course, server.site),
             markdown_text(describe(planned.step, course.organisation(), course.build_before(step))),
             after_text(course, planned)});
  }
  return text + "\nDurations are those of the policy; Microsoft documents none.\n\n";
}

}  // namespace casplan::runbook
