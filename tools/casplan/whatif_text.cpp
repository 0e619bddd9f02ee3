#include "tools/casplan/whatif_text.h"

#include <algorithm>

#include "planner/why_not_text.h"
#include "runbook/steps_text.h"
#include "simulator/trace.h"
#include "tools/casplan/verdict_text.h"
#include "tools/casplan/whatif_differences.h"
#include "tools/casplan/words.h"
#include "verifier/stop_text.h"
#include "whatif/change_words.h"

namespace casplan::tools {
namespace {

using whatif::Ending;
using whatif::JudgedPlan;
using whatif::NoPlan;
using whatif::Planned;

constexpr std::size_t most_sentences = 6;  // of one kind

const JudgedPlan* plan_in(const Planned& planned) {
  return std::get_if<JudgedPlan>(&planned);
}

/// One column of the overview: a plan, or that there is none.
struct Column {
  std::string heading;
  std::string verdict;
  const JudgedPlan* plan = nullptr;
};

std::string steps_of(const JudgedPlan& judged) {
  return std::to_string(judged.plan.steps.size());
}

/// The plan before, and beside it each answer with its difference.
void print_overview(const Column& before, const std::vector<Column>& answers, Console& console) {
  std::vector<std::string> heading{"", before.heading};
  std::vector<std::string> verdicts{"verdict", before.verdict};
  std::vector<std::string> steps{"steps", before.plan != nullptr ? steps_of(*before.plan) : "-"};
  for (const Column& column : answers) {
    heading.insert(heading.end(), {column.heading, "difference"});
    verdicts.insert(verdicts.end(), {column.verdict, ""});
    steps.insert(steps.end(), {column.plan != nullptr ? steps_of(*column.plan) : "-", ""});
  }
  Table table(heading);
  table.add(verdicts);
  table.add(steps);
  for (const Measure measure : all_measures()) {
    const auto of = [&](const Column& column) {
      return column.plan != nullptr ? value(column.plan->measures, measure) : std::nullopt;
    };
    const auto shown = [&](const Column& column) { return of(column) ? std::to_string(*of(column)) : "-"; };
    std::vector<std::string> row{std::string(to_string(measure)), shown(before)};
    for (const Column& column : answers) {
      row.push_back(shown(column));
      row.push_back(signed_difference(of(before), of(column)));
    }
    table.add(row);
  }
  console.print(table.text());
}

Column column_of(const std::string& heading, const Planned& planned, const Console& console) {
  return {heading, ending_words(ending_of(planned), console), plan_in(planned)};
}

void print_sentences(const std::vector<std::string>& sentences, Console& console) {
  for (std::size_t i = 0; i < std::min(sentences.size(), most_sentences); ++i) console.print("  " + sentences[i]);
  if (sentences.size() <= most_sentences) return;
  console.print("  And " + std::to_string(sentences.size() - most_sentences) + " more; --json lists them all.");
}

void print_no_plan(const whatif::Situation& situation, const NoPlan& none, Console& console) {
  print_sentences(none.because, console);
  if (!none.why) return;
  std::string facts;
  for (const planner::Fact& fact : none.why->facts) {
    facts += "  " + planner::sentence(fact, situation.organisation, *situation.policy) + "\n";
  }
  console.print_section(Tone::heading, "What forbids it together", facts);
  std::string remedies;
  for (const planner::Remedy& remedy : none.why->remedies) {
    remedies += "  " + planner::sentence(remedy, situation.organisation, *situation.policy) + "\n";
  }
  console.print_section(Tone::heading, "What would allow it, any one of", remedies);
}

/// What becomes of the plan before in another one.
void print_differences(const WhatIf& question, const JudgedPlan& now, Console& console) {
  const JudgedPlan* before = plan_in(question.before);
  if (before == nullptr) {
    print_steps_of(question.situation.organisation, now.plan, console);
    return;
  }
  if (before->trace && now.trace) {
    const auto difference = whatif::difference({before->plan, *before->trace}, {now.carried_out, *now.trace});
    print_difference(question.situation.organisation, before->plan, difference, console);
  } else {
    print_step_differences(question.situation.organisation, before->plan,
                           whatif::step_differences(before->plan, now.carried_out), console);
  }
}

void print_same_plan(const WhatIf& question, Console& console) {
  const auto& same = question.answer.same_plan;
  if (!same) return;
  console.print("");
  console.print(console.in(Tone::heading, "1. If the same plan is carried on with: ") +
                ending_words(std::max(ending_of(*same), Ending::safe), console));
  print_sentences(faults_of(question.answer.changed, *same), console);
  print_differences(question, *same, console);
}

void print_stop(const WhatIf& question, Console& console) {
  const auto& stopped = question.answer.stopped;
  if (!stopped) return;
  const Plan& plan = *question.answer.changed.plan;
  const PlannedStep& failed = at(plan.steps, stopped->failed);
  const Organisation& organisation = question.answer.changed.organisation;
  console.print("");
  console.print(console.in(Tone::heading, "1. When step " + failed.id + " (" +
                                              runbook::describe(failed.step, organisation) +
                                              ") has failed, and nothing more is done"));
  print_sentences(stop_sentences(question.answer.changed, *stopped), console);
  print_state(organisation, stopped->today, stopped->then, console);
}

void print_best_plan(const WhatIf& question, Console& console) {
  const auto& best = question.answer.best_plan;
  if (!best) return;
  console.print("");
  console.print(console.in(Tone::heading, question.answer.stopped ? "2. The best plan for the rest of the work: "
                                                                  : "2. The best plan then: ") +
                ending_words(ending_of(*best), console));
  if (const auto* none = std::get_if<NoPlan>(&*best))
    return print_no_plan(question.answer.planned_for(), *none, console);
  const JudgedPlan& judged = *plan_in(*best);
  print_sentences(presumed_by_rest(question.answer), console);
  print_sentences(faults_of(question.answer.planned_for(), judged), console);
  if (ending_of(judged) == Ending::safe) console.print("  Whether a better plan exists is not proved.");
  print_differences(question, judged, console);
}

std::vector<Column> columns_of(const WhatIf& question, const Console& console) {
  std::vector<Column> columns;
  const whatif::Answer& answer = question.answer;
  if (answer.same_plan) {
    columns.push_back({"1. same plan", ending_words(std::max(ending_of(*answer.same_plan), Ending::safe), console),
                       &*answer.same_plan});
  }
  if (answer.best_plan) {
    columns.push_back(column_of(answer.stopped ? "2. with the rest" : "2. best plan then", *answer.best_plan, console));
  }
  return columns;
}

void print_refused(const WhatIf& question, Console& console) {
  const auto& refused = question.answer.refused;
  if (!refused) return;
  const Organisation& organisation = question.answer.changed.organisation;
  const PlannedStep& step = at(question.answer.changed.plan->steps, refused->step);
  console.print("The plan does not come as far as the step that fails. Step " + step.id + " cannot be carried out: " +
                simulator::sentence(refused->refusal, step.step, refused->server, organisation));
}

std::string without_stop(verifier::Safety plan_safety) {
  const std::string plan = plan_safety == verifier::Safety::unsafe ? "The plan itself is not safe"
                                                                   : "Whether the plan itself is safe cannot be told";
  return plan + ", so whether the work may stop there was not judged.";
}

}  // namespace

std::string ending_words(whatif::Ending ending, const Console& console) {
  using whatif::Ending;
  switch (ending) {
    case Ending::optimal: return console.in(Tone::good, "safe, best");
    case Ending::safe: return console.in(Tone::good, "safe");
    case Ending::breaks_policy: return console.in(Tone::doubtful, "AGAINST POLICY");
    case Ending::cannot_tell: return console.in(Tone::doubtful, "CANNOT TELL");
    case Ending::unsafe: return console.in(Tone::bad, "UNSAFE");
    case Ending::not_found: return console.in(Tone::doubtful, "NOT FOUND");
    case Ending::infeasible: return console.in(Tone::bad, "IMPOSSIBLE");
    case Ending::no_change: break;
  }
  return "-";
}

std::vector<std::string> faults_of(const whatif::Situation& situation, const JudgedPlan& judged) {
  auto sentences = faults_text(situation.organisation, judged.plan, judged.report);
  for (const verifier::Breach& breach : judged.breaches) {
    sentences.push_back(verifier::sentence(breach, situation.organisation, *situation.policy, judged.plan));
  }
  return sentences;
}

std::vector<std::string> stop_sentences(const whatif::Situation& situation, const whatif::Stopped& stopped) {
  if (!stopped.stop) return {without_stop(stopped.plan_safety)};
  auto sentences = verifier::who_has_it_worse(*stopped.stop, situation.organisation, *situation.plan);
  if (stopped.stop->safety == verifier::Safety::safe)
    sentences.push_back("The work may stop there: nobody has it worse than today.");
  for (const verifier::WayOut& way : stopped.stop->ways_out) {
    sentences.push_back(verifier::sentence(way, *stopped.stop, situation.organisation, *situation.plan));
  }
  return sentences;
}

std::vector<std::string> presumed_by_rest(const whatif::Answer& answer) {
  if (!answer.stopped || !answer.rest) return {};
  const Step& step = at(answer.changed.plan->steps, answer.stopped->failed).step;
  if (step.kind != StepKind::ensure_folder) return {};
  // Where the folder was there before, nothing was copied.
  const ServerState& server = at(answer.stopped->standstill.state.servers, step.server);
  if (server.present.has(*step.folder) == Knowledge::yes) return {};
  return {"It presumes that the part of folder " + to_string(*step.folder) + " that is left on " +
          at(answer.changed.organisation.servers, step.server).name + " is removed before the work goes on."};
}

void print_answer(const WhatIf& question, Console& console) {
  console.print(console.in(Tone::heading, "What if"));
  for (const std::string& change : question.changes) console.print("  " + change);
  console.print("");
  print_overview(column_of("before", question.before, console), columns_of(question, console), console);
  if (const auto* none = std::get_if<NoPlan>(&question.before)) {
    console.print("");
    console.print(console.in(Tone::heading, "Before there is no plan:"));
    print_sentences(none->because, console);
  }
  print_refused(question, console);
  print_same_plan(question, console);
  print_stop(question, console);
  print_best_plan(question, console);
}

}  // namespace casplan::tools
