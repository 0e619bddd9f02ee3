#include "tools/casplan/verdict_text.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "model/contracts.h"
#include "model/text.h"
#include "runbook/steps_text.h"
#include "tools/casplan/facts.h"
#include "tools/casplan/stops_text.h"
#include "tools/casplan/words.h"

namespace casplan::tools {
namespace {

using verifier::Counterexample;
using verifier::ViolationKind;

std::string step_words(const Organisation& organisation, const Plan& plan, StepIndex index) {
  const PlannedStep& step = at(plan.steps, index);
  return "step " + step.id + " (" + runbook::describe(step.step, organisation) + ")";
}

std::string order_words(const Plan& plan, const Counterexample& found) {
  std::vector<std::string> ids;
  for (const StepIndex step : found.order) ids.push_back(at(plan.steps, step).id);
  if (ids.empty()) return "before any step has ended";
  return (ids.size() == 1 ? "after step " : "after steps ") + listed(ids);
}

bool has_ended(const Counterexample& found, StepIndex step) {
  return std::find(found.order.begin(), found.order.end(), step) != found.order.end();
}

std::string headline(const Organisation& organisation, const Plan& plan, const Counterexample& found) {
  switch (found.kind) {
    case ViolationKind::event46_on_the_way:
      return "The path " + path_words(organisation, *found.path) + " meets Event 46 " + order_words(plan, found) +
             ": when " + step_words(organisation, plan, *found.step) +
             (has_ended(found, *found.step) ? " has ended." : " has begun.");
    case ViolationKind::event46_at_the_end:
      return "When the plan has ended, the path " + path_words(organisation, *found.path) + " still meets Event 46.";
    case ViolationKind::step_refused:
      return "When its time comes, " + order_words(plan, found) + ", " + step_words(organisation, plan, *found.step) +
             " cannot be carried out.";
    case ViolationKind::order_violated:
      return "The schedule starts " + step_words(organisation, plan, *found.step) + " before " +
             step_words(organisation, plan, *found.other_step) + ", which it must come after, has ended.";
    case ViolationKind::steps_overlap:
      return "The schedule does " + step_words(organisation, plan, *found.step) + " and " +
             step_words(organisation, plan, *found.other_step) + " to one server at the same time.";
  }
  return "The plan is unsafe.";
}

std::vector<std::string> counterexample_text(const Organisation& organisation, const Plan& plan,
                                             const Counterexample& found) {
  std::vector<std::string> text{headline(organisation, plan, found)};
  if (found.judgement) {
    text.push_back(std::string(rule(found.judgement->rule).text) + " Reading: " + reading_words(found.readings) + ".");
  }
  if (found.refusal) {
    text.push_back(simulator::sentence(*found.refusal, at(plan.steps, *found.step).step, *found.server, organisation));
  }
  if (!found.event.empty()) text.push_back("The event would read: " + found.event);
  if (found.missing_arrow) {
    text.push_back("It would not happen if " + step_words(organisation, plan, found.missing_arrow->after) +
                   " came after " + step_words(organisation, plan, found.missing_arrow->before) + ".");
  }
  return text;
}

std::string coverage(const verifier::Report& report) {
  const std::string readings = ", under " + counted(report.readings, "reading", "readings") + " of the documentation";
  if (report.orders == verifier::Orders::schedule) {
    return "Judged in the order of the schedule alone" + readings +
           ". The arrows permit more orders of the steps of some server than could be followed: give its steps an "
           "order.";
  }
  return "Judged in every order that the arrows permit" + readings + ", with " +
         counted(report.failures, "single failure", "single failures") + ".";
}

void add_broken_law(const verifier::PropertyResult& law, std::vector<std::string>& text) {
  text.push_back("The plan breaks a law that was tried at random, in case " + std::to_string(law.cases) + " of seed " +
                 std::to_string(law.seed) + ". The law: " + law.name);
  text.insert(text.end(), law.counterexample.begin(), law.counterexample.end());
}

/// What was tried of the laws that hold; of a law whose premise nothing meets there is nothing to try.
std::string tried_at_random(const std::vector<verifier::PropertyResult>& laws) {
  constexpr std::array<std::string_view, 3> tried{"orders that the arrows permit", "single failures", "wrong facts"};
  expects(laws.size() == tried.size(), "the gate has three laws");
  std::vector<std::string> cases;
  std::string nothing_to_try;
  for (std::size_t i = 0; i < laws.size(); ++i) {
    if (laws[i].cases > 0) {
      cases.push_back(std::to_string(laws[i].cases) + " " + std::string(tried[i]));
    } else {
      nothing_to_try += " There are no " + std::string(tried[i]) + " to try.";
    }
  }
  if (cases.empty()) return "Nothing was tried at random besides." + nothing_to_try;
  return "Tried at random besides, with a second implementation of the rules: " + listed(cases) + " (seed " +
         std::to_string(laws.front().seed) + "). Nobody meets Event 46 anew in any of them." + nothing_to_try;
}

void add_laws(const verifier::Report& report, std::vector<std::string>& text) {
  if (report.counterexample) return;
  if (report.properties.empty()) {
    text.push_back("No random cases were tried besides, because none were asked for (--cases 0).");
    return;
  }
  const auto& laws = report.properties;
  if (std::all_of(laws.begin(), laws.end(), [](const auto& law) { return law.passed; })) {
    text.push_back(tried_at_random(laws));
  }
}

void add_broken_today(const Organisation& organisation, const Plan& plan, const verifier::Report& report,
                      std::vector<std::string>& text) {
  for (const verifier::BrokenToday& broken : report.broken_today) {
    text.push_back("The path " + path_words(organisation, broken.path) + " meets Event 46 today" +
                   (broken.mended_by        ? "; " + step_words(organisation, plan, *broken.mended_by) + " mends it."
                    : report.counterexample ? "."
                                            : ", and this plan does not mend it."));
  }
}

}  // namespace

std::vector<std::string> faults_text(const Organisation& organisation, const Plan& plan,
                                     const verifier::Report& report) {
  std::vector<std::string> text;
  if (report.counterexample) text = counterexample_text(organisation, plan, *report.counterexample);
  for (const verifier::PropertyResult& law : report.properties) {
    if (!law.passed) add_broken_law(law, text);
  }
  for (const verifier::Undecided& undecided : report.undecided) {
    text.push_back("Of the path " + path_words(organisation, undecided.path) +
                   " it cannot be told: " + std::string(rule(undecided.judgement.rule).text));
  }
  if (!report.undecided.empty()) {
    std::vector<simulator::PathAssessment> paths;
    for (const verifier::Undecided& undecided : report.undecided) {
      paths.push_back({undecided.path, undecided.judgement, std::nullopt});
    }
    for (std::string& fact : missing_facts(organisation, paths)) text.push_back(std::move(fact));
  }
  return text;
}

std::vector<std::string> verdict_text(const Organisation& organisation, const Plan& plan,
                                      const verifier::Report& report) {
  std::vector<std::string> text = faults_text(organisation, plan, report);
  add_broken_today(organisation, plan, report, text);
  for (const ServerId server : report.left_out_of_service) {
    text.push_back(
        "At the end " + at(organisation.servers, server).name +
        " is out of service, because the plan drains it and does not return it. What its paths do when it is "
        "returned was not judged.");
  }
  text.push_back(coverage(report));
  add_laws(report, text);
  for (std::string& sentence : stops_text(organisation, plan, report.stops)) text.push_back(std::move(sentence));
  return text;
}

ExitCode exit_code(const verifier::Report& report) {
  switch (report.safety) {
    case verifier::Safety::safe: return ExitCode::done;
    case verifier::Safety::unsafe: return ExitCode::event46;
    case verifier::Safety::cannot_tell: break;
  }
  return ExitCode::cannot_tell;
}

}  // namespace casplan::tools
