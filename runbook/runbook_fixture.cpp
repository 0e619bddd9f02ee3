#include "runbook/runbook_fixture.h"

#include "model/contracts.h"
#include "model/policy.h"
#include "runbook/markdown.h"
#include "verifier/stops.h"

namespace casplan::runbook::modelled {
namespace {

constexpr BuildVersion rtm{{8, 0, 685, 25}};
constexpr BuildVersion sp1{{8, 1, 240, 6}};
constexpr BuildVersion sp2{{8, 2, 176, 2}};
constexpr OwaVersion rtm_folder{{8, 0, 685, 24}};

FolderList folders(std::vector<std::string> names) {
  FolderList list;
  for (const std::string& name : names) list.push_back({name, *parse_folder_name(name)});
  return list;
}

Server cas(const std::string& name, const std::string& host, SiteId site) {
  Server server;
  server.name = name;
  server.fqdn = host + ".contoso.com";
  server.site = site;
  server.roles = {Role::client_access};
  server.build = rtm;
  server.owa_version = rtm_folder;
  server.folders = folders({"8.0.685.24"});
  server.internal_url = "https://" + host + ".contoso.com/owa";
  server.integrated_auth = true;
  server.install_path = "C:\\Program Files\\Microsoft\\Exchange Server";
  return server;
}

PlannedStep planned(const std::string& id, Step step, const std::string& why) {
  return {id, std::move(step), why, {}, std::nullopt};
}

}  // namespace

Organisation two_sites() {
  Organisation contoso;
  contoso.name = "Contoso";
  contoso.sites = {{"HQ", 1200, 0}, {"Branch1", 300, 0}};
  contoso.servers = {cas("HQCAS1", "hqcas1", SiteId{0}), cas("HQCAS2", "hqcas2", SiteId{0}),
                     cas("BRCAS1", "brcas1", SiteId{1})};
  contoso.servers[0].roles.insert(Role::hub_transport);
  contoso.entry_points = {{"mail.contoso.com", {ServerId{0}, ServerId{1}}, 100}};
  return contoso;
}

Organisation broken_today() {
  Organisation contoso = two_sites();
  contoso.servers[0].build = sp1;
  contoso.servers[0].owa_version = OwaVersion{{8, 1, 240, 5}};
  contoso.servers[0].folders = folders({"8.1.240.5"});
  return contoso;
}

Plan front_then_branch(const Organisation& organisation) {
  const ServerId front = server(organisation, "HQCAS1");
  const ServerId target = server(organisation, "BRCAS1");
  Plan plan;
  plan.steps = {
      planned("s1", {StepKind::drain, front, {}, {}, {}}, "HQCAS1 is upgraded next."),
      planned("s2", {StepKind::upgrade, front, sp2, {}, {}}, "Fronts are upgraded before their targets."),
      planned("s3", {StepKind::ensure_folder, front, {}, rtm_folder, {target}}, "BRCAS1 still runs RTM."),
      planned("s4", {StepKind::recycle, front, {}, {}, {}}, "A new folder counts only after a restart."),
      planned("s5", {StepKind::return_to_service, front, {}, {}, {}}, "HQCAS1 is complete."),
      planned("s6", {StepKind::drain, server(organisation, "HQCAS2"), {}, {}, {}}, "HQCAS2 is older than SP2."),
      planned("s7", {StepKind::upgrade, target, sp2, {}, {}}, "It is the last server."),
  };
  for (std::size_t i = 1; i < plan.steps.size(); ++i) {
    plan.steps[i].after = {{id_at<StepIndex>(i - 1), "the order of this plan"}};
  }
  plan.digests = Digests{std::string(64, 'a'), std::string(64, 'b')};
  return scheduled(std::move(plan), Durations{}, default_start());
}

Plan only(Step step) {
  Plan plan;
  plan.steps = {planned("s1", std::move(step), "")};
  plan.steps[0].schedule = Schedule{default_start(), default_start() + Minutes(10)};
  return plan;
}

verifier::Report safe() {
  verifier::Report report;
  report.safety = verifier::Safety::safe;
  report.readings = 64;
  return report;
}

std::string runbook_of(const Organisation& organisation, const Plan& plan, verifier::Report report) {
  const auto trace = simulator::play(organisation, plan, Readings{});
  expects(trace.has_value(), "a modelled plan can be carried out");
  report.stops = verifier::judge_stops(organisation, plan, {});
  return markdown({organisation, plan, *trace, report});
}

ServerId server(const Organisation& organisation, std::string_view name) {
  const auto found = find_server(organisation, name);
  expects(found.has_value(), "the modelled server exists");
  return *found;
}

}  // namespace casplan::runbook::modelled
