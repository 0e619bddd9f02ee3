#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <utility>

#include "documents/digest.h"
#include "documents/plan_document.h"
#include "documents/result_documents.h"
#include "model/catalogue.h"
#include "model/text.h"
#include "model/time_text.h"
#include "planner/effort.h"
#include "planner/replan.h"
#include "planner/spare_capacity.h"
#include "planner/waits.h"
#include "planner/why_not_text.h"
#include "runbook/steps_text.h"
#include "simulator/trace.h"
#include "tools/casplan/commands.h"
#include "tools/casplan/files.h"
#include "tools/casplan/load.h"
#include "tools/casplan/step_explanation.h"
#include "tools/casplan/words.h"

namespace casplan::tools {
namespace {

/// Each takes less than a kilobyte.
constexpr std::size_t most_situations_in_memory = 5'000'000;

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

/// Adds to the proof that there is no plan what forbids it, and what would allow it.
void add_why_not(const Organisation& organisation, const Policy& policy, const planner::WhyNot& why, Outcome& outcome) {
  for (const planner::Fact& fact : why.facts) {
    outcome.core.push_back(planner::sentence(fact, organisation, policy));
  }
  for (const planner::Remedy& remedy : why.remedies) {
    outcome.remedies.push_back(planner::sentence(remedy, organisation, policy));
  }
}

std::string waits_for(const Plan& plan, const PlannedStep& step) {
  std::vector<std::string> ids;
  for (const Arrow& arrow : step.after) ids.push_back(at(plan.steps, arrow.step).id);
  return ids.empty() ? "" : listed(ids);
}

void print_steps(const Organisation& organisation, const Plan& plan, Console& console) {
  const Moment start = simulator::start_of(plan);
  Table table({"Step", "Start (UTC)", "Minutes", "What", "After"});
  for (const PlannedStep& step : plan.steps) {
    table.add({step.id, moment_text(step.schedule->start),
               std::to_string((step.schedule->start - start).count()) + "-" +
                   std::to_string((step.schedule->end - start).count()),
               runbook::describe(step.step, organisation), waits_for(plan, step)});
  }
  if (!table.is_empty()) console.print(table.text());
}

/// The steps that a step comes after for the same reason, which is said once: `after 3 and 8: the folder is in place`.
std::string arrows_text(const Plan& plan, const PlannedStep& step) {
  std::vector<std::pair<std::string, std::vector<std::string>>> ids_by_reason;
  for (const Arrow& arrow : step.after) {
    const auto known = std::find_if(ids_by_reason.begin(), ids_by_reason.end(),
                                    [&](const auto& entry) { return entry.first == arrow.reason; });
    auto& ids = known != ids_by_reason.end()
                    ? known->second
                    : ids_by_reason.emplace_back(arrow.reason, std::vector<std::string>()).second;
    ids.push_back(at(plan.steps, arrow.step).id);
  }
  std::string text;
  for (const auto& [reason, ids] : ids_by_reason) text += "     after " + listed(ids) + ": " + reason + "\n";
  return text;
}

void print_reasons(const Organisation& organisation, const Policy& policy, const Plan& plan, Console& console) {
  const auto waits = planner::waits_of(organisation, policy, plan);
  std::string text;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const PlannedStep& step = plan.steps[i];
    text += "  " + step.id + "  " + step.why + "\n" + arrows_text(plan, step);
    if (!planner::is_hidden(waits[i])) continue;
    text += "     " + planner::in_words(waits, id_at<StepIndex>(i), organisation, policy, plan) + "\n";
  }
  console.print_section(Tone::heading, "Why", text);
}

/// Whether a search that may take longer is made for such a plan, and has not been asked for.
bool may_gain_with_time(const Plan& plan) {
  std::set<ServerId> servers;
  for (const PlannedStep& step : plan.steps) servers.insert(step.step.server);
  return plan.outcome->status == PlanStatus::feasible && servers.size() <= planner::most_searched_servers;
}

void print_outcome(const Plan& plan, const Policy& policy, Console& console) {
  const Outcome& outcome = *plan.outcome;
  Table table({"Measure", "This plan", "No plan is below"});
  bool is_met = true;
  for (const Measure measure : policy.objective) {
    const auto& bound = value(outcome.bound, measure);
    if (!bound) continue;
    const auto& reached = value(outcome.objective, measure);
    table.add({std::string(to_string(measure)), figure_text(reached), is_met ? figure_text(bound) : "-"});
    is_met = is_met && reached == bound;
  }
  console.print_section(Tone::heading, "Outcome: " + std::string(to_string(outcome.status)), table.text());
  if (!is_met) console.print("  The measures count in this order; - stands behind the first one that is not proved.");
  if (!is_met && may_gain_with_time(plan)) {
    console.print("  A longer search may find a better plan, or prove this one: add --time-limit 60.");
  }
  for (const std::string& sentence : outcome.because) console.print("  " + sentence);
}

std::string headline(const Plan& plan) {
  if (plan.steps.empty()) return "Nothing has to be done.";
  return counted(plan.steps.size(), "step", "steps") + ", goal " + std::string(to_string(plan.goal)) + ":";
}

std::string lines_of(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += "  " + sentence + "\n";
  return text;
}

void print_why_not(const Outcome& outcome, planner::Extent extent, Console& console) {
  if (outcome.core.empty()) {
    console.print("\nNo fact of the policy could be dropped to allow it: the target itself cannot be reached.");
  } else {
    const bool alone = outcome.core.size() == 1 && extent == planner::Extent::smallest;
    console.print_section(Tone::heading, alone ? "This fact alone forbids it:" : "These facts together forbid it:",
                          lines_of(outcome.core));
    if (!alone) console.print(planner::sentence(extent));
  }
  const bool single = outcome.remedies.size() == 1;
  console.print_section(
      Tone::heading,
      single ? "This change would allow it:" : "Any one of these changes would allow it, the best first:",
      lines_of(outcome.remedies));
}

/// What becomes of the steps that were announced, by their ids.
void print_fates(const Plan& announced, const std::vector<planner::Fate>& fates, Console& console) {
  const std::array<std::pair<planner::Fate, std::string>, 4> words{{{planner::Fate::done, "done: "},
                                                                    {planner::Fate::kept, "as announced: "},
                                                                    {planner::Fate::moved, "at another time: "},
                                                                    {planner::Fate::dropped, "not in this plan: "}}};
  std::string text;
  for (const auto& [fate, word] : words) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < fates.size(); ++i) {
      if (fates[i] == fate) ids.push_back(announced.steps[i].id);
    }
    if (!ids.empty()) text += "  " + word + listed(ids) + "\n";
  }
  console.print_section(Tone::heading, "Of the steps that were announced:", text);
}

void print_plan(const Organisation& organisation, const Policy& policy, const Plan& plan, Console& console) {
  if (exit_code(plan) != ExitCode::done && plan.steps.empty()) {
    const bool proved = plan.outcome->status == PlanStatus::infeasible;
    console.print(console.in(Tone::bad, proved ? "There is no plan that fulfils the policy:"
                                               : "No plan was found, and it is not proved that there is none:"));
    for (const std::string& sentence : plan.outcome->because) console.print("  " + sentence);
    return;
  }
  console.print(console.in(Tone::heading, headline(plan)));
  print_steps(organisation, plan, console);
  print_reasons(organisation, policy, plan, console);
  print_outcome(plan, policy, console);
  if (plan.outcome->status != PlanStatus::budget) return;
  console.print("The time was spent before a better plan was found, or it was proved that there is none.");
}

ExitCode report_missing(const planner::FactsMissing& missing, Console& console) {
  console.warn("Whether there is a plan cannot be told, because facts are missing:");
  for (const std::string& sentence : missing.missing) console.warn("  " + sentence);
  if (console.wants_json()) console.print(documents::write_missing_facts(missing.missing));
  return ExitCode::cannot_tell;
}

/// Shows one step instead of the plan.
ExitCode explain(const Organisation& organisation, const Policy& policy, const Plan& plan, const std::string& id,
                 Console& console) {
  const auto place =
      std::find_if(plan.steps.begin(), plan.steps.end(), [&](const PlannedStep& step) { return step.id == id; });
  if (place == plan.steps.end()) {
    std::vector<std::string> ids;
    for (const PlannedStep& step : plan.steps) ids.push_back(step.id);
    console.warn("The plan has no step \"" + id + "\". " +
                 (ids.empty() ? "It has no steps." : "Its steps are " + listed(ids) + "."));
    return ExitCode::wrong_usage;
  }
  const auto explanation =
      explain_step(organisation, policy, plan, id_at<StepIndex>(static_cast<std::size_t>(place - plan.steps.begin())));
  if (console.wants_json()) {
    console.print(step_to_json(organisation, policy, plan, explanation));
  } else {
    print_step(organisation, policy, plan, explanation, console);
  }
  return ExitCode::done;
}

/// Of each measure, the best plan so far and what no plan is below.
std::string gap_text(const planner::Progress& progress) {
  std::vector<std::string> figures;
  for (const Measure measure : all_measures()) {
    const auto& bound = value(progress.bound, measure);
    const auto& plan = value(progress.plan, measure);
    if (!bound) continue;
    figures.push_back(std::string(to_string(measure)) + " " +
                      (plan ? std::to_string(*plan) + " (at least " + std::to_string(*bound) + ")"
                            : "at least " + std::to_string(*bound)));
  }
  return listed(figures);
}

/// With a limit of time, the search ends when that is spent; otherwise after as many situations on every machine.
planner::Effort effort_for(const PlanOptions& options, Console& console) {
  planner::Effort effort;
  if (!options.time_limit) return effort;
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [start] {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start).count();
  };
  effort.most_situations = most_situations_in_memory;
  effort.is_out_of_time = [seconds, limit = *options.time_limit] { return std::cmp_greater_equal(seconds(), limit); };
  effort.report = [seconds, shown = std::int64_t{0}, &console](const planner::Progress& progress) mutable {
    if (seconds() == shown) return;
    shown = seconds();
    console.warn("  " + std::to_string(shown) + " s, " + counted(progress.situations, "situation", "situations") +
                 " looked at; " + gap_text(progress));
  };
  return effort;
}

planner::Replanning planned(const Organisation& organisation, const Policy& policy,
                            const std::optional<Plan>& announced, const planner::Effort& effort) {
  if (announced) return planner::replan(organisation, policy, *announced, effort);
  return {planner::make_plan(organisation, policy, effort), policy, {}};
}

/// What an administrator has to know of a plan that fulfils the policy, though the policy may not be what was meant: a
/// target of another product, which no server is brought to.
std::vector<std::string> remarks_on_target(const Organisation& organisation, const Policy& policy) {
  if (policy.goal != Goal::upgrade || !policy.target) return {};
  const bool is_reached =
      std::any_of(organisation.servers.begin(), organisation.servers.end(), [&policy](const Server& server) {
        return is_upgraded(server, policy.roles) &&
               (!server.build || product_of(server.build->level()) == product_of(policy.target->level()));
      });
  if (is_reached) return {};
  return {"No server is brought to the target, " + runbook::name_of(*policy.target) +
          ": the servers run another product, over which it is not installed."};
}

}  // namespace

ExitCode run(const PlanOptions& options, Console& console) {
  const auto organisation = load_organisation(console, options.organisation);
  if (!organisation) return organisation.error();
  const auto wish = load_policy(console, options.policy, *organisation);
  if (!wish) return wish.error();
  std::optional<Plan> announced;
  if (options.kept_plan) {
    auto kept = load_scheduled_plan(console, {*options.kept_plan, std::nullopt}, *organisation, *wish);
    if (!kept) return kept.error();
    announced = std::move(*kept);
  }

  auto [planning, policy, fates] = planned(*organisation, *wish, announced, effort_for(options, console));
  if (const auto* missing = std::get_if<planner::FactsMissing>(&planning)) return report_missing(*missing, console);
  Plan plan = plan_document(std::move(planning), policy.goal);
  if (options.time_limit && plan.outcome->status == PlanStatus::feasible) plan.outcome->status = PlanStatus::budget;
  if (plan.outcome->status == PlanStatus::optimal && plan.steps.empty()) {
    const auto remarks = remarks_on_target(*organisation, policy);
    plan.outcome->because.insert(plan.outcome->because.end(), remarks.begin(), remarks.end());
  }
  std::optional<planner::WhyNot> why;
  if (plan.outcome->status == PlanStatus::infeasible) {
    why = planner::why_not(*organisation, policy);
    add_why_not(*organisation, policy, *why, *plan.outcome);
  }
  plan.digests = Digests{documents::digest_of(*organisation), documents::digest_of(*wish, *organisation)};

  const std::string document = documents::write_plan(plan, *organisation);
  if (options.plan_out) {
    if (const auto fault = write_file(*options.plan_out, document)) return console.fail(*options.plan_out, {*fault});
  }
  if (options.explained_step && !plan.steps.empty()) {
    return explain(*organisation, policy, plan, *options.explained_step, console);
  }
  if (console.wants_json()) {
    console.print(document);
  } else {
    print_plan(*organisation, policy, plan, console);
    if (announced) print_fates(*announced, fates, console);
    if (why) print_why_not(*plan.outcome, why->extent, console);
  }
  return exit_code(plan);
}

}  // namespace casplan::tools
