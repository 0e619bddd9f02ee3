#include <algorithm>

#include "documents/result_documents.h"
#include "tools/casplan/commands.h"
#include "tools/casplan/judged_plan.h"
#include "tools/casplan/load.h"
#include "tools/casplan/policy_breaches.h"
#include "tools/casplan/verdict_text.h"

namespace casplan::tools {
namespace {

bool mends_everything(const verifier::Report& report) {
  return std::all_of(report.broken_today.begin(), report.broken_today.end(),
                     [](const verifier::BrokenToday& broken) { return broken.mended_by.has_value(); });
}

std::string headline(const verifier::Report& report, const Console& console) {
  switch (report.safety) {
    case verifier::Safety::safe:
      return console.in(Tone::good, "SAFE") + ": nobody meets Event 46 who does not meet it today" +
             (mends_everything(report) ? ", and at the end nobody does." : ".");
    case verifier::Safety::unsafe: return console.in(Tone::bad, "UNSAFE") + ": do not carry this plan out.";
    case verifier::Safety::cannot_tell: break;
  }
  const bool too_many_orders = report.orders == verifier::Orders::schedule && report.undecided.empty();
  return console.in(Tone::doubtful, "CANNOT TELL") + (too_many_orders && !report.counterexample
                                                          ? ": there are more orders than could be followed."
                                                          : ": facts are missing.");
}

}  // namespace

ExitCode run(const VerifyOptions& options, Console& console) {
  const auto input = load_plan_input(console, options.organisation, options.plan, options.policy, OtherOrigin::fault);
  if (!input) return input.error();
  const auto report = judge_plan(*input, options.gate);
  const auto against_policy = breaches_of_policy(*input);
  if (console.wants_json()) {
    console.print(documents::write_verification_result(input->organisation, input->plan, report, against_policy));
    return exit_code(report);
  }
  console.print(headline(report, console));
  for (const std::string& sentence : verdict_text(input->organisation, input->plan, report)) {
    console.print("  " + sentence);
  }
  for (const std::string& sentence : against_policy.value_or(std::vector<std::string>{})) {
    console.print("  " + console.in(Tone::doubtful, sentence));
  }
  return exit_code(report);
}

}  // namespace casplan::tools
