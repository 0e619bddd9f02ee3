#include "model/text.h"
#include "runbook/escape.h"
#include "runbook/sections.h"

namespace casplan::runbook {
namespace {

std::string verdict_text(verifier::Safety safety) {
  switch (safety) {
    case verifier::Safety::safe: return "safe";
    case verifier::Safety::unsafe: return "unsafe";
    case verifier::Safety::cannot_tell: return "cannot tell: facts are missing";
  }
  return {};
}

std::string orders_text(verifier::Orders orders) {
  return orders == verifier::Orders::all ? "every order that the arrows permit" : "the order of this schedule";
}

std::string failures_text(std::size_t failures) {
  return failures == 0 ? "none" : counted(failures, "single failure");
}

std::string laws_text(const std::vector<verifier::PropertyResult>& laws) {
  if (laws.empty()) return "- Random cases: none were asked for\n";
  std::string text = "- Random cases, tried with a second implementation of the rules (seed " +
                     std::to_string(laws.front().seed) + "):\n";
  for (const verifier::PropertyResult& law : laws) {
    const std::string cases = law.cases == 0 ? "Nothing to try." : "Held in " + counted(law.cases, "case") + ".";
    text += "  - " + markdown_text(law.name) + " " + (law.passed ? cases : "Broken.") + "\n";
  }
  return text;
}

std::string digests_text(const std::optional<Digests>& digests) {
  if (!digests) return "- Made for: not known; the plan states no digests.\n";
  return "- Organisation (SHA-256): " + markdown_text(digests->organisation) +
         "\n- Policy (SHA-256): " + markdown_text(digests->policy) + "\n";
}

std::string breaches_text(const std::vector<std::string>& against_policy) {
  std::string text;
  for (const std::string& sentence : against_policy) text += "- " + markdown_text(sentence) + "\n";
  return text;
}

}  // namespace

std::string statement(const Course& course) {
  const verifier::Report& report = course.report();
  return "## What the verifier says\n\n- Verdict: **" + verdict_text(report.safety) +
         "**\n- Orders judged: " + orders_text(report.orders) +
         "\n- Readings of the rules: " + counted(report.readings, "combination") +
         "\n- Failures judged: " + failures_text(report.failures) + "\n" + laws_text(report.properties) +
         breaches_text(course.against_policy()) + digests_text(course.plan().digests) + "\n";
}

}  // namespace casplan::runbook
