#include <algorithm>
#include <map>
#include <set>

#include "model/catalogue.h"
#include "model/text.h"
#include "runbook/commands.h"
#include "runbook/escape.h"
#include "runbook/figures.h"
#include "runbook/outages.h"
#include "runbook/sections.h"
#include "runbook/steps_text.h"

namespace casplan::runbook {
namespace {

using Risks = std::vector<std::string>;

void inferred_names(const Course& course, Risks& risks) {
  for (const StepIndex index : course.order()) {
    const Step& step = at(course.plan().steps, index).step;
    const bool has_folder = at(course.organisation().servers, step.server).is_cas() || step.folder;
    if (!has_folder || !rests_on_inferred_name(step)) continue;
    const std::string folder = to_string(step.folder ? *step.folder : find_build(*step.build)->owa_version);
    risks.push_back("The catalogue only infers the folder name " + folder + ", on which " + step_label(course, index) +
                    " rests. The step reads the true name from the server; if it differs, stop there.");
  }
  for (const ServerId id : client_access_servers(course.organisation())) {
    const Server& server = at(course.organisation().servers, id);
    const Build* build = server.build && !server.owa_version ? find_build(*server.build) : nullptr;
    if (build == nullptr || build->owa_confidence != Confidence::inferred) continue;
    risks.push_back("The catalogue only infers that " + markdown_text(server.name) + " runs OWA version " +
                    to_string(build->owa_version) + ". Read it from the server before the first step.");
  }
}

void unavailability(const Course& course, Risks& risks) {
  for (const ServerOutage& outage : server_outages(course)) {
    const std::string front = is_front(course.organisation(), outage.server) ? ", an Internet-facing server," : "";
    risks.push_back(server_text(course, outage.server) + front + " is out of service for " +
                    minutes_text(outage.length) + ", first from minute " + std::to_string(outage.start.count()) + ".");
  }
  for (const SiteOutage& outage : site_outages(course)) {
    risks.push_back("Users of AD site " + site_text(course, outage.site) + " whom no server serves: up to " +
                    figure_text(outage.users) + ", for " + minutes_text(outage.length) + " in all (" +
                    figure_text(outage.user_minutes) + " user-minutes).");
  }
}

/// What an upgrade stops besides Client Access.
void other_roles(const Server& server, Risks& risks) {
  std::vector<std::string> names;
  for (const Role role : server.roles) {
    if (role != Role::client_access) names.emplace_back(to_string(role));
  }
  if (names.empty()) return;
  risks.push_back(markdown_text(server.name) + " is upgraded with all its roles: " + joined(names) +
                  (names.size() == 1 ? " stops" : " stop") + " working there meanwhile" +
                  (server.is_cas() ? ", too." : ". The user figures of this page do not count that."));
}

void left_out_of_service(const Course& course, Risks& risks) {
  const State& last = course.trace().states.back().state;
  for (const ServerId server : client_access_servers(course.organisation())) {
    if (at(last.servers, server).is_in_service()) continue;
    risks.push_back("When the plan has ended, " + server_text(course, server) + " still is out of service.");
  }
}

void upgrades(const Course& course, Risks& risks) {
  bool service_pack = false;
  bool rollup = false;
  bool removal = false;
  std::set<ServerId> seen;
  for (const StepIndex index : course.order()) {
    const Step& step = at(course.plan().steps, index).step;
    const Build* build = step.build ? find_build(*step.build) : nullptr;
    if (build == nullptr) continue;
    const bool is_removal = course.is_removal(index);
    (is_removal ? removal : build->is_rollup() ? rollup : service_pack) = true;
    if (seen.insert(step.server).second) other_roles(at(course.organisation().servers, step.server), risks);
    if (build->withdrawn && !is_removal) {
      risks.push_back(step_label(course, index) + " installs " + name_of(*step.build) + ", which Microsoft withdrew.");
    }
  }
  if (service_pack) {
    risks.push_back("A service pack cannot be removed. It also removes the resource folders of earlier levels.");
  }
  if (removal) {
    risks.push_back(
        "Removing a rollup brings back what was installed before it. That this is the build that the plan names is "
        "taken "
        "for granted: look at the list of installed updates first.");
  }
  if (rollup) risks.push_back("A rollup can be removed, which brings back the build before it.");
}

void facts_about_servers(const Course& course, Risks& risks) {
  for (const ServerId id : client_access_servers(course.organisation())) {
    const Server& server = at(course.organisation().servers, id);
    const std::string name = markdown_text(server.name);
    const Build* build = server.build ? find_build(*server.build) : nullptr;
    if (build != nullptr && build->withdrawn) {
      risks.push_back(name + " runs " + name_of(*server.build) + ", which Microsoft withdrew.");
    }
    if (server.in_service == false) risks.push_back(name + " was found out of service.");
    if (!server.folders) {
      risks.push_back("The folders of " + name + " were not listed: which ones it holds is not known.");
      continue;
    }
    std::map<OwaVersion, std::string> names;
    for (const ResourceFolder& folder : *server.folders) {
      const auto [place, is_new] = names.emplace(folder.version, folder.name);
      if (is_new) continue;
      risks.push_back(name + " has two folders that mean the same version: " + markdown_text(place->second) + " and " +
                      markdown_text(folder.name) + ". Outlook Web Access may not start there; remove the wrong one.");
    }
  }
}

void paths_that_cannot_be_told(const Course& course, Risks& risks) {
  for (const verifier::Undecided& undecided : course.report().undecided) {
    risks.push_back("It cannot be told whether " + server_text(course, undecided.path.front) + " to " +
                    server_text(course, undecided.path.target) +
                    " works: " + std::string(rule(undecided.judgement.rule).text));
  }
}

/// Event 46 is excluded there, but the logon may fail otherwise.
void ways_that_are_not_known(const Course& course, Risks& risks) {
  for (const simulator::PathAssessment& path : course.trace().states.back().assessment.paths) {
    if (path.judgement.rule != RuleId::url_unknown) continue;
    const std::string target = server_text(course, path.path.target);
    risks.push_back("At the end " + server_text(course, path.path.front) + " to " + target +
                    " meets no Event 46, but the InternalURL or the authentication of " + target +
                    " is not known, so the logon may fail for another reason. Look at both in the properties of its "
                    "owa virtual directory, and log on with a test mailbox.");
  }
}

void other_faults(const Course& course, Risks& risks) {
  const auto& last = course.trace().states.back().assessment;
  for (const simulator::PathAssessment& path : last.paths) {
    if (path.judgement.verdict != Verdict::fault) continue;
    const std::string sign =
        path.judgement.event == 401 ? "status 401" : "event " + std::to_string(path.judgement.event.value_or(0));
    risks.push_back("At the end " + server_text(course, path.path.front) + " to " +
                    server_text(course, path.path.target) + " still fails for another reason (" + sign +
                    "), which this plan does not touch: " + std::string(rule(path.judgement.rule).text));
  }
  for (const simulator::SiteAssessment& site : last.sites) {
    if (!site.has_no_cas) continue;
    risks.push_back("AD site " + site_text(course, site.site) +
                    " has mailboxes but no Client Access server: its users cannot be proxied (Event 41), and this plan "
                    "does not change that.");
  }
}

}  // namespace

std::string risks(const Course& course) {
  Risks found;
  inferred_names(course, found);
  unavailability(course, found);
  left_out_of_service(course, found);
  upgrades(course, found);
  facts_about_servers(course, found);
  paths_that_cannot_be_told(course, found);
  ways_that_are_not_known(course, found);
  other_faults(course, found);
  if (!users_are_known(course.organisation())) {
    found.push_back("Mailboxes, shares or AD sites are not all known, so some user figures are \"not known\".");
  }
  std::string text = "## Risks\n\n";
  if (found.empty()) return text + "None was found.\n\n";
  for (const std::string& risk : found) text += "- " + risk + "\n";
  return text + "\n";
}

}  // namespace casplan::runbook
