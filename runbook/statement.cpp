#include "runbook/escape.h"
#include "runbook/figures.h"
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

std::string digests_text(const std::optional<Digests>& digests) {
  if (!digests) return "- Made for: not known; the plan states no digests.\n";
  return "- Organisation (SHA-256): " + markdown_text(digests->organisation) +
         "\n- Policy (SHA-256): " + markdown_text(digests->policy) + "\n";
}

}  // namespace

std::string statement(const Course& course) {
  const verifier::Report& report = course.report();
  return "## What the verifier says\n\n- Verdict: **" + verdict_text(report.safety) +
         "**\n- Orders judged: " + orders_text(report.orders) +
         "\n- Readings of the rules: " + counted(report.readings, "combination") +
         "\n- Failures judged: " + failures_text(report.failures) + "\n" + digests_text(course.plan().digests) + "\n";
}

}  // namespace casplan::runbook
