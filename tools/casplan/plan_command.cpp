#include "documents/digest.h"
#include "documents/plan_document.h"
#include "documents/result_documents.h"
#include "planner/make_plan.h"
#include "runbook/steps_text.h"
#include "simulator/trace.h"
#include "tools/casplan/commands.h"
#include "tools/casplan/files.h"
#include "tools/casplan/load.h"
#include "tools/casplan/words.h"

namespace casplan::tools {
namespace {

Plan without_steps(PlanStatus status, const std::vector<std::string>& because, Goal goal) {
  Plan plan;
  plan.goal = goal;
  plan.outcome = Outcome{status, {}, {}, because};
  return plan;
}

/// What is written and printed, also where no plan was found.
Plan plan_document(planner::Planning planning, Goal goal) {
  if (const auto* infeasible = std::get_if<planner::Infeasible>(&planning)) {
    return without_steps(PlanStatus::infeasible, infeasible->because, goal);
  }
  if (const auto* not_found = std::get_if<planner::NotFound>(&planning)) {
    return without_steps(PlanStatus::budget, not_found->because, goal);
  }
  return std::get<Plan>(std::move(planning));
}

ExitCode exit_code(const Plan& plan) {
  switch (plan.outcome->status) {
    case PlanStatus::infeasible: return ExitCode::infeasible;
    case PlanStatus::budget: return ExitCode::budget_spent;
    default: return ExitCode::done;
  }
}

std::string waits_for(const Plan& plan, const PlannedStep& step) {
  std::vector<std::string> ids;
  for (const Arrow& arrow : step.after) ids.push_back(at(plan.steps, arrow.step).id);
  return ids.empty() ? "" : listed(ids);
}

void print_steps(const Organisation& organisation, const Plan& plan, Console& console) {
  const Moment start = simulator::start_of(plan);
  Table table({"Step", "Minutes", "What", "After"});
  for (const PlannedStep& step : plan.steps) {
    table.add({step.id,
               std::to_string((step.schedule->start - start).count()) + "-" +
                   std::to_string((step.schedule->end - start).count()),
               runbook::describe(step.step, organisation), waits_for(plan, step)});
  }
  if (!table.is_empty()) console.print(table.text());
}

void print_reasons(const Plan& plan, Console& console) {
  std::string text;
  for (const PlannedStep& step : plan.steps) {
    text += "  " + step.id + "  " + step.why + "\n";
    for (const Arrow& arrow : step.after) {
      text += "     after " + at(plan.steps, arrow.step).id + ": " + arrow.reason + "\n";
    }
  }
  console.print_section(Tone::heading, "Why", text);
}

void print_outcome(const Outcome& outcome, Console& console) {
  Table table({"Measure", "This plan", "No plan is below"});
  for (const Measure measure : all_measures()) {
    if (!value(outcome.bound, measure)) continue;
    table.add({std::string(to_string(measure)), figure(value(outcome.objective, measure)),
               figure(value(outcome.bound, measure))});
  }
  console.print_section(Tone::heading, "Outcome: " + std::string(to_string(outcome.status)), table.text());
  for (const std::string& sentence : outcome.because) console.print("  " + sentence);
}

std::string headline(const Plan& plan) {
  if (plan.steps.empty()) return "Nothing has to be done.";
  return count(plan.steps.size(), "step", "steps") + ", goal " + std::string(to_string(plan.goal)) + ":";
}

void print_plan(const Organisation& organisation, const Plan& plan, Console& console) {
  if (exit_code(plan) != ExitCode::done) {
    const bool proved = plan.outcome->status == PlanStatus::infeasible;
    console.print(console.in(Tone::bad, proved ? "There is no plan that fulfils the policy:"
                                               : "No plan was found, and it is not proved that there is none:"));
    for (const std::string& sentence : plan.outcome->because) console.print("  " + sentence);
    return;
  }
  console.print(console.in(Tone::heading, headline(plan)));
  print_steps(organisation, plan, console);
  print_reasons(plan, console);
  print_outcome(*plan.outcome, console);
}

ExitCode report_missing(const planner::FactsMissing& missing, Console& console) {
  console.warn("Whether there is a plan cannot be told, because facts are missing:");
  for (const std::string& sentence : missing.missing) console.warn("  " + sentence);
  if (console.wants_json()) console.print(documents::write_missing_facts(missing.missing));
  return ExitCode::cannot_tell;
}

}  // namespace

ExitCode run(const PlanOptions& options, Console& console) {
  const auto organisation = load_organisation(console, options.organisation);
  if (!organisation) return organisation.error();
  const auto policy = load_policy(console, options.policy, *organisation);
  if (!policy) return policy.error();

  auto planning = planner::make_plan(*organisation, *policy);
  if (const auto* missing = std::get_if<planner::FactsMissing>(&planning)) return report_missing(*missing, console);
  Plan plan = plan_document(std::move(planning), policy->goal);
  plan.digests = Digests{documents::digest_of(*organisation), documents::digest_of(*policy, *organisation)};

  const std::string document = documents::write_plan(plan, *organisation);
  if (options.plan_out) {
    if (const auto fault = write_file(*options.plan_out, document)) return console.fail(*options.plan_out, {*fault});
  }
  if (console.wants_json()) {
    console.print(document);
  } else {
    print_plan(*organisation, plan, console);
  }
  return exit_code(plan);
}

}  // namespace casplan::tools
