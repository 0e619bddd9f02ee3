#include <algorithm>

#include "documents/result_documents.h"
#include "model/catalogue.h"
#include "model/text.h"
#include "tools/casplan/commands.h"
#include "tools/casplan/facts.h"
#include "tools/casplan/load.h"
#include "tools/casplan/words.h"

namespace casplan::tools {
namespace {

std::string version_words(const ServerState& state) {
  return state.owa_version ? to_string(*state.owa_version) + " (" + level_name(state.owa_version->level()) + ")"
                           : "not known";
}

void print_servers(const Organisation& organisation, const State& state, Console& console) {
  Table table({"Server", "Site", "Front", "OWA version", "Resource folders"});
  for (const ServerId id : client_access_servers(organisation)) {
    const Server& server = at(organisation.servers, id);
    const ServerState& now = at(state.servers, id);
    std::vector<std::string> folders;
    for (const OwaVersion& folder : now.present.known()) folders.push_back(to_string(folder));
    if (!now.present.is_listed()) folders = {"not listed"};
    table.add({server.name, server.site ? at(organisation.sites, *server.site).name : "not known",
               is_front(organisation, id) ? "yes" : "", version_words(now), listed(folders)});
  }
  console.print_section(Tone::heading, "Client Access servers", table.text());
}

void print_paths(const Organisation& organisation, const simulator::Assessment& assessment, Console& console) {
  Table table({"Proxy path", "Site", "Users", "Verdict", "Why"});
  for (const auto& path : assessment.paths) {
    const Rule& decided_by = rule(path.judgement.rule);
    table.add({path_words(organisation, path.path),
               path.path.site ? at(organisation.sites, *path.path.site).name : "not known", figure_text(path.users),
               verdict_words(path.judgement, console),
               std::string(decided_by.text) + " [" + std::string(decided_by.evidence) + "]"});
  }
  console.print_section(Tone::heading, "Proxy paths",
                        table.is_empty()
                            ? "  There are none: no front has users in another site that has a Client Access server.\n"
                            : table.text());
}

void print_events(const Organisation& organisation, const State& state, const simulator::Assessment& assessment,
                  Console& console) {
  std::string text;
  for (const auto& [path, judgement, users] : assessment.paths) {
    if (judgement.verdict != Verdict::event46) continue;
    text += "  On " + at(organisation.servers, path.front).name + ":\n    " +
            event46_sentence({at(organisation.servers, path.front), at(state.servers, path.front)},
                             {at(organisation.servers, path.target), at(state.servers, path.target)}) +
            "\n";
    if (judgement.folder && judgement.rule != RuleId::older_front) {
      text += "    It lacks resource folder " + to_string(*judgement.folder) + ".\n";
    }
  }
  console.print_section(Tone::bad, "Event 46 is predicted (source MSExchange OWA, category Proxy)", text);
}

void print_sites(const Organisation& organisation, const simulator::Assessment& assessment, Console& console) {
  Table table({"Site", "Mailboxes", "Served", "Cannot log on", "No server", "Cannot tell", "OWA features (users)"});
  for (const auto& site : assessment.sites) {
    const Site& found = at(organisation.sites, site.site);
    if (!may_have_users(found)) continue;
    table.add({found.name, figure_text(found.mailboxes), figure_text(site.served), figure_text(site.broken),
               figure_text(site.unavailable), figure_text(site.undecided),
               feature_words(site) + (site.has_no_cas ? " (EVENT 41: no CAS)" : "")});
  }
  console.print_section(Tone::heading, "Users by AD site",
                        table.is_empty() ? "  No site has mailboxes on Exchange 2007.\n" : table.text());
}

void print_sentences(const std::string& heading, const std::vector<std::string>& sentences, Console& console) {
  std::string text;
  for (const std::string& sentence : sentences) text += "  " + sentence + "\n";
  console.print_section(Tone::doubtful, heading, text);
}

ExitCode exit_code(const Organisation& organisation, const simulator::Assessment& assessment) {
  const auto some = [&](Verdict verdict) {
    return std::any_of(assessment.paths.begin(), assessment.paths.end(),
                       [&](const auto& path) { return path.judgement.verdict == verdict; });
  };
  if (some(Verdict::event46)) return ExitCode::event46;
  if (some(Verdict::cannot_tell) || may_lack_paths(organisation)) return ExitCode::cannot_tell;
  return ExitCode::done;
}

std::string summary(const simulator::Assessment& assessment) {
  const auto count_of = [&](Verdict verdict) {
    return static_cast<std::size_t>(std::count_if(assessment.paths.begin(), assessment.paths.end(),
                                                  [&](const auto& p) { return p.judgement.verdict == verdict; }));
  };
  const std::size_t failing = count_of(Verdict::event46);
  const std::size_t faulty = count_of(Verdict::fault);
  const std::size_t unknown = count_of(Verdict::cannot_tell);
  std::string text = counted(assessment.paths.size(), "proxy path", "proxy paths") + ": ";
  text += failing == 0 ? "no Event 46 is predicted" : std::to_string(failing) + " with Event 46";
  if (faulty > 0) text += ", " + std::to_string(faulty) + " with another fault";
  const auto without_cas = static_cast<std::size_t>(std::count_if(assessment.sites.begin(), assessment.sites.end(),
                                                                  [](const auto& site) { return site.has_no_cas; }));
  if (without_cas > 0) text += ", " + counted(without_cas, "site", "sites") + " without a CAS (Event 41)";
  if (unknown > 0) text += ", of " + std::to_string(unknown) + " it cannot be told";
  return text + ".";
}

}  // namespace

ExitCode run(const CheckOptions& options, Console& console) {
  const auto organisation = load_organisation(console, options.organisation);
  if (!organisation) return organisation.error();
  const State state = initial_state(*organisation);
  const auto assessment =
      simulator::assess(*organisation, proxy_paths(*organisation), state, first_of(options.readings));
  if (console.wants_json()) {
    console.print(documents::write_check_result(*organisation, state, assessment));
    return exit_code(*organisation, assessment);
  }
  console.print(console.in(Tone::heading, organisation->name) + ": " + summary(assessment));
  print_servers(*organisation, state, console);
  print_paths(*organisation, assessment, console);
  print_events(*organisation, state, assessment, console);
  print_sites(*organisation, assessment, console);
  print_sentences("Facts that are missing", missing_facts(*organisation, assessment.paths), console);
  print_sentences("Remarks", remarks_on_facts(*organisation), console);
  return exit_code(*organisation, assessment);
}

}  // namespace casplan::tools
