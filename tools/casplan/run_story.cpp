#include "tools/casplan/run_story.h"

#include <algorithm>
#include <chrono>

#include "model/text.h"
#include "runbook/steps_text.h"
#include "tools/casplan/words.h"

namespace casplan::tools {
namespace {

using simulator::FaultKind;
using simulator::RunFigures;

std::string span_words(Minutes start, Minutes end) {
  return std::to_string(start.count()) + "-" + std::to_string(end.count());
}

std::string step_words(const Organisation& organisation, const Plan& plan, StepIndex step) {
  const PlannedStep& planned = at(plan.steps, step);
  return "step " + planned.id + " (" + runbook::describe(planned.step, organisation) + ")";
}

/// What went wrong, and to whom.
std::string fault_words(const Organisation& organisation, const Plan& plan, const simulator::Incident& incident) {
  const std::string& server = at(organisation.servers, incident.server).name;
  const auto step = [&] { return step_words(organisation, plan, StepIndex{incident.fault.subject}); };
  switch (incident.fault.kind) {
    case FaultKind::step_fails:
      return "Try " + std::to_string(incident.fault.number + 1) + " of " + step() + " fails" +
             (incident.end == incident.start ? "" : "; it is repaired");
    case FaultKind::partial_copy: return "The folder of " + step() + " is partial: pages are broken";
    case FaultKind::forgotten_recycle: return "The restart of " + step() + " is forgotten";
    case FaultKind::late_crew: return "The crew for " + step() + " is late";
    case FaultKind::server_down: return server + " is down";
    case FaultKind::front_out_of_rotation: return server + " is out of the rotation: no user arrives on it";
  }
  return server;
}

/// What the run would have been spared without the fault, whoever is logged on.
std::string cost_words(const RunFigures& with, const RunFigures& without) {
  std::vector<std::string> costs;
  for (std::size_t i = 0; i < simulator::first_logged_on_figure; ++i) {
    const auto& a = with.figures[i];
    const auto& b = without.figures[i];
    if (a == b) continue;
    const std::string name(simulator::figure_names()[i]);
    if (!a || !b) {
      costs.push_back(name + " " + figure_words(i, b) + " without it");
    } else {
      costs.push_back((*a > *b ? "+" : "") + std::to_string(*a - *b) + " " + name);
    }
  }
  return costs.empty() ? "nothing" : listed(costs);
}

void print_faults(const Organisation& organisation, const Plan& plan, const simulator::Story& story, Console& console) {
  Table table({"Minutes", "What went wrong", "What it cost"});
  for (const auto& [incident, without] : story.effects) {
    table.add({span_words(incident.start, incident.end), fault_words(organisation, plan, incident),
               without ? cost_words(story.figures, *without) : "not asked"});
  }
  if (table.is_empty()) return console.print("Nothing goes wrong in this run.");
  console.print_section(Tone::heading, "What went wrong, and what the run would have been spared without it alone",
                        table.text());
  if (story.effects.size() > simulator::most_effects) {
    console.print("What a fault cost was asked for the first " + std::to_string(simulator::most_effects) + " alone.");
  }
}

/// The steps that were done at other times than planned, or not at all.
void print_steps(const Organisation& organisation, const simulator::Rehearsal& rehearsal, const simulator::Log& log,
                 Console& console) {
  const Plan& plan = rehearsal.plan();
  std::vector<std::string> done(plan.steps.size());
  for (const simulator::Try& attempt : log.tries) {
    std::string& words = at(done, attempt.step);
    words += (words.empty() ? "" : ", ") + span_words(attempt.start, attempt.end) + (attempt.succeeds ? "" : " failed");
  }
  for (const simulator::AbandonedStep& step : log.abandoned) {
    std::string& words = at(done, step.step);
    words += (words.empty() ? "" : ", ") + std::string(abandoned_words(step.why));
  }
  Table table({"Step", "Planned", "Done", "What"});
  for (const StepIndex step : rehearsal.timetable().by_start) {
    const PlannedStep& planned = at(plan.steps, step);
    const std::string as_planned = span_words(rehearsal.timetable().minute(planned.schedule->start),
                                              rehearsal.timetable().minute(planned.schedule->end));
    if (at(done, step) == as_planned) continue;
    table.add({planned.id, as_planned, at(done, step), runbook::describe(planned.step, organisation)});
  }
  if (table.is_empty()) return;
  console.print_section(Tone::heading, "Steps that are not done as planned (minutes)", table.text());
}

void print_figures(const simulator::Story& story, Console& console) {
  Table table({"Figure", "No faults", "This run"});
  for (std::size_t i = 0; i < simulator::figure_count; ++i) {
    table.add({std::string(simulator::figure_names()[i]), figure_words(i, story.without_faults.figures[i]),
               figure_words(i, story.figures.figures[i])});
  }
  console.print_section(Tone::heading, "Totals", table.text());
}

}  // namespace

void print_story(const Organisation& organisation, const simulator::Rehearsal& rehearsal, std::uint64_t seed,
                 const simulator::Story& story, Console& console) {
  console.print("One run with the faults of the policy, seed " + std::to_string(seed) + ", final draw " +
                std::to_string(story.figures.final_draw) + ".");
  print_faults(organisation, rehearsal.plan(), story, console);
  print_steps(organisation, rehearsal, story.log, console);
  print_figures(story, console);
  if (!story.figures.is_finished) {
    console.print(console.in(Tone::bad, "The work does not finish."));
  } else if (story.figures.missed_window) {
    console.print(console.in(Tone::doubtful, "Some step had to wait for another window."));
  }
}

}  // namespace casplan::tools
