#include <algorithm>

#include "documents/result_documents.h"
#include "runbook/steps_text.h"
#include "simulator/trace.h"
#include "tools/casplan/commands.h"
#include "tools/casplan/load.h"
#include "tools/casplan/refused_steps.h"
#include "tools/casplan/words.h"

namespace casplan::tools {
namespace {

bool some_path(const simulator::Assessment& assessment, Verdict verdict) {
  return std::any_of(assessment.paths.begin(), assessment.paths.end(),
                     [&](const auto& path) { return path.judgement.verdict == verdict; });
}

bool some_path(const simulator::Trace& trace, Verdict verdict) {
  return std::any_of(trace.states.begin(), trace.states.end(),
                     [&](const auto& state) { return some_path(state.assessment, verdict); });
}

std::string with_figure(std::string words, const simulator::Users& users) {
  return users ? words + ": " + figure(users) : words;
}

/// The worst that users of the site meet, in words that can be read without colours.
std::string site_words(const simulator::SiteAssessment& site, Console& console) {
  using simulator::Fate;
  if (site.fates.contains(Fate::event46)) return console.in(Tone::bad, with_figure("EVENT 46", site.event46));
  if (site.fates.contains(Fate::broken)) return console.in(Tone::bad, with_figure("FAILS", site.broken));
  if (site.fates.contains(Fate::unavailable)) return console.in(Tone::doubtful, with_figure("out", site.unavailable));
  if (site.fates.contains(Fate::undecided)) {
    return console.in(Tone::doubtful, with_figure("cannot tell", site.undecided));
  }
  return "served " + feature_words(site);
}

std::string after_words(const Organisation& organisation, const Plan& plan, const simulator::TraceState& state) {
  if (!state.after) return "(start)";
  const PlannedStep& step = at(plan.steps, *state.after);
  return step.id + ": " + runbook::describe(step.step, organisation);
}

void print_states(const Organisation& organisation, const Plan& plan, const simulator::Trace& trace, Console& console) {
  std::vector<SiteId> sites;
  std::vector<std::string> heading{"Minutes", "After step"};
  for (std::size_t i = 0; i < organisation.sites.size(); ++i) {
    if (!may_have_users(organisation.sites[i])) continue;
    sites.push_back(id_at<SiteId>(i));
    heading.push_back(organisation.sites[i].name);
  }
  Table table(heading);
  for (const simulator::TraceState& state : trace.states) {
    std::vector<std::string> row{std::to_string(state.start.count()) + "-" + std::to_string(state.end.count()),
                                 after_words(organisation, plan, state)};
    for (const SiteId site : sites) row.push_back(site_words(at(state.assessment.sites, site), console));
    table.add(row);
  }
  console.print_section(Tone::heading, "The worst that users of each AD site meet (users; features by level)",
                        table.text());
}

void print_totals(const Measures& totals, const std::optional<Policy>& policy, Console& console) {
  Table table({"Measure", "Total"});
  for (const Measure measure : all_measures()) {
    const bool needs_policy = measure == Measure::feature_lag_user_minutes && !policy;
    table.add({std::string(to_string(measure)), needs_policy ? "no policy was given" : figure(value(totals, measure))});
  }
  console.print_section(Tone::heading, "Totals", table.text());
}

/// The end of today's Event 46, where no path fails later that did not fail all the time before; empty otherwise.
std::optional<Minutes> end_of_todays_event46(const simulator::Trace& trace) {
  std::optional<Minutes> end;
  for (std::size_t i = 0; i < trace.states.front().assessment.paths.size(); ++i) {
    bool failed_so_far = true;
    for (const simulator::TraceState& state : trace.states) {
      const bool fails = state.assessment.paths[i].judgement.verdict == Verdict::event46;
      if (fails && !failed_so_far) return std::nullopt;
      if (fails) end = std::max(end.value_or(state.end), state.end);
      failed_so_far = fails;
    }
  }
  return end;
}

void print_verdict(const simulator::Trace& trace, Console& console) {
  const bool at_the_end = some_path(trace.states.back().assessment, Verdict::event46);
  const auto todays_end = end_of_todays_event46(trace);
  if (!some_path(trace, Verdict::event46)) {
    const bool told = !some_path(trace, Verdict::cannot_tell);
    console.print(told ? console.in(Tone::good, "No state that lasts has Event 46.")
                       : console.in(Tone::doubtful, "No Event 46 is predicted, but of some paths it cannot be told."));
  } else if (at_the_end) {
    console.print(console.in(Tone::bad, "Event 46 is predicted on the way, and at the end."));
  } else if (todays_end) {
    console.print(console.in(Tone::doubtful, "Event 46 is met only where it is met at the start, until minute " +
                                                 std::to_string(todays_end->count()) + " at the latest."));
  } else {
    console.print(console.in(Tone::bad, "Event 46 is predicted on the way. At the end there is none."));
  }
}

ExitCode exit_code(const simulator::Trace& trace) {
  if (some_path(trace, Verdict::event46)) return ExitCode::event46;
  return some_path(trace, Verdict::cannot_tell) ? ExitCode::cannot_tell : ExitCode::done;
}

ExitCode refused(const PlanInput& input, const simulator::RefusedStep& refused, Console& console) {
  const PlannedStep& planned = at(input.plan.steps, refused.step);
  const Step& step = planned.step;
  console.fail(input.plan_name, {{"/steps/" + std::to_string(refused.step.value) + " (step " + planned.id + ")",
                                  "a step that cannot be carried out at minute " + std::to_string(refused.at.count()),
                                  "a step that fits the state at that time", std::nullopt}});
  console.warn(simulator::sentence(refused.refusal, step, at(refused.state.servers, step.server), input.organisation));
  console.warn("With --lenient such a step is recorded as failed, and the run goes on without its effect.");
  return ExitCode::bad_input;
}

tl::expected<simulator::Trace, simulator::RefusedStep> play(const PlanInput& input, const SimulateOptions& options,
                                                            const simulator::WantedBuilds& wanted) {
  const auto frozen = input.policy ? input.policy->frozen : std::set<ServerId>{};
  const Readings readings = first_of(options.readings);
  if (options.on_refusal == simulator::OnRefusal::stop) {
    return simulator::play(input.organisation, input.plan, readings, wanted, frozen);
  }
  return simulator::play_leniently(input.organisation, input.plan, readings, wanted, frozen);
}

}  // namespace

ExitCode run(const SimulateOptions& options, Console& console) {
  const auto input = load_plan_input(console, options.organisation, options.plan, options.policy, OtherOrigin::warning);
  if (!input) return input.error();
  const auto wanted =
      input->policy ? simulator::wanted_builds(input->organisation, *input->policy) : simulator::WantedBuilds{};
  const auto trace = play(*input, options, wanted);
  if (!trace) return refused(*input, trace.error(), console);
  if (console.wants_json()) {
    console.print(documents::write_simulation_result(input->organisation, input->plan, *trace));
  } else {
    print_states(input->organisation, input->plan, *trace, console);
    print_totals(trace->totals, input->policy, console);
    print_verdict(*trace, console);
  }
  report_refused_steps(input->organisation, input->plan, trace->refused, console);
  return exit_code(*trace);
}

}  // namespace casplan::tools
