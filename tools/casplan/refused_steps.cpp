#include "tools/casplan/refused_steps.h"

#include "model/text.h"
#include "runbook/steps_text.h"

namespace casplan::tools {
namespace {

std::string folder_words(const ServerState& server) {
  std::vector<std::string> folders;
  for (const OwaVersion& folder : server.present.known()) {
    const bool is_loaded = server.loaded.has(folder) == Knowledge::yes;
    folders.push_back(to_string(folder) + (is_loaded ? "" : " (not loaded)"));
  }
  if (!server.present.is_listed()) folders.emplace_back("others that nobody listed");
  return folders.empty() ? "no folders" : (folders.size() == 1 ? "folder " : "folders ") + listed(folders);
}

}  // namespace

std::string state_words(const ServerState& server) {
  const std::string build = server.build ? to_string(*server.build) : "a build that is not known";
  const std::string service = server.is_in_service() ? "in service" : "out of service";
  return build + ", " + service + ", " + folder_words(server);
}

void report_refused_steps(const Organisation& organisation, const Plan& plan,
                          const std::vector<simulator::RefusedStep>& refused, Console& console) {
  Table table({"Step", "Minute", "What", "Why not", "The server then"});
  for (const simulator::RefusedStep& refusal : refused) {
    const PlannedStep& planned = at(plan.steps, refusal.step);
    table.add({planned.id, std::to_string(refusal.at.count()), runbook::describe(planned.step, organisation),
               simulator::sentence(refusal.refusal, planned.step, refusal.server, organisation),
               state_words(refusal.server)});
  }
  if (table.is_empty()) return;
  if (!console.wants_json()) {
    console.print_section(Tone::bad, "Steps that failed because they could not be carried out", table.text());
  }
  console.warn(counted(refused.size(), "step", "steps") +
               " failed, and all the rest was played without its effect. The " +
               "exit code says only what is predicted of that.");
}

}  // namespace casplan::tools
