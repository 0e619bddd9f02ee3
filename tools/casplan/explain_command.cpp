#include <nlohmann/json.hpp>

#include "model/catalogue.h"
#include "model/text.h"
#include "tools/casplan/commands.h"
#include "tools/casplan/explanation.h"
#include "tools/casplan/load.h"
#include "tools/casplan/words.h"

namespace casplan::tools {
namespace {

Loaded<ServerId> server_named(const Organisation& organisation, const std::string& name, const char* argument,
                              const std::string& file, Console& console) {
  const auto id = find_server(organisation, name);
  if (id && at(organisation.servers, *id).is_cas()) return *id;
  std::vector<std::string> names;
  for (const ServerId cas : client_access_servers(organisation)) names.push_back(at(organisation.servers, cas).name);
  return tl::unexpected(
      console.fail(file, {{argument, "\"" + name + "\", which is no Client Access server of this organisation",
                           "one of " + listed(names), std::nullopt}}));
}

std::string to_json(const Organisation& organisation, const ExplainOptions& options, const Explanation& explanation) {
  nlohmann::ordered_json result{{"front", at(organisation.servers, explanation.front).name},
                                {"target", at(organisation.servers, explanation.target).name},
                                {"readings", reading_words(first_of(options.readings))},
                                {"considerations", nlohmann::ordered_json::array()}};
  for (const Consideration& entry : explanation.considerations) {
    result["considerations"].push_back({{"rule", rule(entry.rule).name},
                                        {"evidence", rule(entry.rule).evidence},
                                        {"finding", entry.finding},
                                        {"decides", entry.decides == Decides::yes}});
  }
  result["verdict"] = to_string(explanation.judgement.verdict);
  if (explanation.judgement.event) result["event"] = *explanation.judgement.event;
  if (!explanation.message.empty()) result["message"] = explanation.message;
  return result.dump(2) + "\n";
}

void print(const Organisation& organisation, const ExplainOptions& options, const Explanation& explanation,
           Console& console) {
  console.print(console.in(Tone::heading, at(organisation.servers, explanation.front).name + " -> " +
                                              at(organisation.servers, explanation.target).name) +
                ": " + verdict_words(explanation.judgement, console) + "\n");
  for (const Consideration& entry : explanation.considerations) {
    const bool decides = entry.decides == Decides::yes;
    console.print((decides ? console.in(Tone::heading, "=> ") : "   ") + entry.finding + " [" +
                  std::string(rule(entry.rule).evidence) + "]");
    if (decides) console.print("   " + std::string(rule(entry.rule).text));
  }
  if (!explanation.message.empty()) console.print("\nThe front would log: " + explanation.message);
  console.print("\nReadings: " + reading_words(first_of(options.readings)));
}

ExitCode exit_code(const Explanation& explanation) {
  if (explanation.judgement.verdict == Verdict::event46) return ExitCode::event46;
  if (explanation.judgement.verdict == Verdict::cannot_tell) return ExitCode::cannot_tell;
  return ExitCode::done;
}

}  // namespace

ExitCode run(const ExplainOptions& options, Console& console) {
  const auto organisation = load_organisation(console, options.organisation);
  if (!organisation) return organisation.error();
  const auto front = server_named(*organisation, options.front, "FRONT", options.organisation, console);
  if (!front) return front.error();
  const auto target = server_named(*organisation, options.target, "TARGET", options.organisation, console);
  if (!target) return target.error();
  const auto explanation = explain(*organisation, *front, *target, first_of(options.readings));
  if (console.wants_json()) {
    console.print(to_json(*organisation, options, explanation));
  } else {
    print(*organisation, options, explanation, console);
  }
  return exit_code(explanation);
}

}  // namespace casplan::tools
