#include <filesystem>

#include "documents/result_documents.h"
#include "model/contracts.h"
#include "runbook/markdown.h"
#include "simulator/trace.h"
#include "tools/casplan/commands.h"
#include "tools/casplan/files.h"
#include "tools/casplan/judged_plan.h"
#include "tools/casplan/load.h"
#include "tools/casplan/policy_breaches.h"
#include "tools/casplan/verdict_text.h"

namespace casplan::tools {
namespace {

ExitCode refuse(const PlanInput& input, const verifier::Report& report, Console& console) {
  console.warn("No runbook was written, because the plan is not proved safe:");
  for (const std::string& sentence : verdict_text(input.organisation, input.plan, report)) {
    console.warn("  " + sentence);
  }
  if (console.wants_json()) {
    console.print(documents::write_verification_result(input.organisation, input.plan, report));
  }
  return exit_code(report);
}

}  // namespace

ExitCode run(const RunbookOptions& options, Console& console) {
  const auto input = load_plan_input(console, options.organisation, options.plan, options.policy, OtherOrigin::fault);
  if (!input) return input.error();
  const auto report = judge_plan(*input, options.gate);
  if (report.safety != verifier::Safety::safe) return refuse(*input, report, console);

  const auto wanted =
      input->policy ? simulator::wanted_builds(input->organisation, *input->policy) : simulator::WantedBuilds{};
  const Readings readings = first_of(input->fixed_readings());
  const auto trace = simulator::play(input->organisation, input->plan, readings, wanted);
  expects(trace.has_value(), "a plan that is safe can be played");
  const auto path = std::filesystem::path(options.folder_out) / "runbook.md";
  const auto against_policy = breaches_of_policy(*input).value_or(std::vector<std::string>{});
  const std::string page =
      runbook::markdown({input->organisation, input->plan, *trace, report, readings, against_policy});
  if (const auto fault = write_file(path, page)) return console.fail(path.string(), {*fault});
  for (const std::string& sentence : against_policy) console.warn(sentence);
  console.print(console.wants_json() ? std::string("{ \"verdict\": \"safe\", \"files\": [\"runbook.md\"] }")
                                     : "The plan is safe. The runbook is " + path.string() + ".");
  return ExitCode::done;
}

}  // namespace casplan::tools
