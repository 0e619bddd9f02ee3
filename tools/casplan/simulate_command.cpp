#include <algorithm>

#include "documents/simulation_result.h"
#include "model/text.h"
#include "pictures/chart.h"
#include "pictures/matrix.h"
#include "pictures/table.h"
#include "pictures/troubles.h"
#include "simulator/event46_records.h"
#include "simulator/site_status.h"
#include "simulator/trace.h"
#include "tools/casplan/commands.h"
#include "tools/casplan/event46_course.h"
#include "tools/casplan/files.h"
#include "tools/casplan/load.h"
#include "tools/casplan/refused_steps.h"
#include "tools/casplan/runs_text.h"
#include "tools/casplan/words.h"

namespace casplan::tools {
namespace {

/// Everything that is told of a plan, made while it is played.
struct Outlook {
  Outlook(const PlanInput& input, const SimulateOptions& options, const Console& console)
      : statuses(input.organisation),
        records(input.organisation, simulator::start_of(input.plan)),
        course(input.organisation) {
    if (console.wants_json()) {
      json.emplace(input.organisation, input.plan);
    } else if (!options.runs.runs) {
      troubles.emplace(input.organisation);
    }
    if (options.csv_out) table.emplace(input.organisation, input.plan);
  }

  void add(const simulator::PassingState& state) {
    const auto fronts = statuses.fronts_in_service(state.state);
    const auto now = statuses.of(state.state, state.assessment);
    event46.add(state);
    records.add(state);
    course.add(state, now);
    if (troubles) troubles->add(state, now);
    if (first_features.empty()) first_features = features(state);
    if (state.start == state.end) last_features = features(state);
    if (json) json->add(state, fronts, now);
    if (table) table->add(state, fronts, now);
  }

  static std::vector<std::string> features(const simulator::PassingState& state) {
    std::vector<std::string> words;
    for (const auto& site : state.assessment.sites) words.push_back(feature_words(site));
    return words;
  }

  simulator::SiteStatuses statuses;
  Event46Course event46;
  simulator::Event46Log records;
  pictures::Course course;
  std::vector<std::string> first_features;  // by site, in words
  std::vector<std::string> last_features;
  std::optional<pictures::Troubles> troubles;  // for people alone
  std::optional<documents::SimulationResult> json;
  std::optional<pictures::SiteTable> table;
};

Tone tone_of(const pictures::Cell& cell) {
  using simulator::SiteCondition;
  switch (cell.condition) {
    case SiteCondition::some_fail:
    case SiteCondition::broken: return Tone::bad;
    case SiteCondition::cannot_tell:
    case SiteCondition::planned_outage: return Tone::doubtful;
    case SiteCondition::redirected:
    case SiteCondition::served: return Tone::good;
    case SiteCondition::nobody: break;
  }
  return Tone::plain;
}

void print_sites(const PlanInput& input, const Outlook& outlook, Console& console) {
  const auto paint = [&](const pictures::Cell& cell, const std::string& code) {
    return console.in(tone_of(cell), code);
  };
  console.print_section(Tone::heading, "What the users of each AD site meet",
                        pictures::matrix({input.organisation, input.plan, outlook.course}, Console::columns(), paint));
  console.print("  " + pictures::legend(outlook.course, paint));
  console.print_section(Tone::heading, "Who is not served, and when (UTC)",
                        outlook.troubles->text(simulator::start_of(input.plan)));
}

void print_features(const PlanInput& input, const Outlook& outlook, Console& console) {
  constexpr std::size_t most_rows = 100;
  const auto& sites = outlook.course.sites();
  Table table({"Site", "Mailboxes", "Before", "After"});
  for (std::size_t i = 0; i < std::min(sites.size(), most_rows); ++i) {
    const Site& site = at(input.organisation.sites, sites[i]);
    table.add({site.name, figure_text(site.mailboxes), outlook.first_features[sites[i].value],
               outlook.last_features[sites[i].value]});
  }
  std::string text = table.is_empty() ? "" : table.text();
  if (sites.size() > most_rows) text += "  and " + std::to_string(sites.size() - most_rows) + " more sites\n";
  console.print_section(Tone::heading, "OWA features of the users who are served, by level", text);
}

void print_totals(const simulator::Totals& totals, const std::optional<Policy>& policy, Console& console) {
  Table table({"Measure", "Total", "Of whom would have been logged on"});
  for (const Measure measure : all_measures()) {
    const bool needs_policy = measure == Measure::feature_lag_user_minutes && !policy;
    const bool counts_users = measure != Measure::copies && measure != Measure::makespan_minutes;
    table.add({std::string(to_string(measure)),
               needs_policy ? "no policy was given" : figure_text(value(totals.all, measure)),
               counts_users && !needs_policy ? figure_text(value(totals.logged_on, measure)) : ""});
  }
  console.print_section(Tone::heading, "Totals", table.text());
}

void print_records(const simulator::Event46Records& records, const SimulateOptions& options, Console& console) {
  if (records.records.empty()) return;
  const std::int64_t all = static_cast<std::int64_t>(records.records.size()) + records.left_off;
  std::string text = "The fronts would log Event 46 " + (all == 1 ? "once" : std::to_string(all) + " times");
  text += options.events_out ? "." : "; --events FILE lists the records.";
  if (records.left_off > 0) {
    text += " Only the first " + std::to_string(records.records.size()) + " are listed.";
  }
  console.print(text);
}

void print_verdict(const Event46Course& course, Console& console) {
  const auto todays_end = course.end_of_todays();
  if (!course.occurs()) {
    console.print(!course.is_doubtful()
                      ? console.in(Tone::good, "No state that lasts has Event 46.")
                      : console.in(Tone::doubtful, "No Event 46 is predicted, but of some paths it cannot be told."));
  } else if (course.is_there_at_the_end()) {
    console.print(console.in(Tone::bad, "Event 46 is predicted on the way, and at the end."));
  } else if (todays_end) {
    console.print(console.in(Tone::doubtful, "Event 46 is met only where it is met at the start, until minute " +
                                                 std::to_string(todays_end->count()) + " at the latest."));
  } else {
    console.print(console.in(Tone::bad, "Event 46 is predicted on the way. At the end there is none."));
  }
}

ExitCode exit_code(const Event46Course& course) {
  if (course.occurs()) return ExitCode::event46;
  return course.is_doubtful() ? ExitCode::cannot_tell : ExitCode::done;
}

ExitCode refused(const PlanInput& input, const simulator::RefusedStep& refused, Console& console) {
  const PlannedStep& planned = at(input.plan.steps, refused.step);
  const Step& step = planned.step;
  console.fail(input.plan_name, {{"/steps/" + std::to_string(refused.step.value) + " (step " + planned.id + ")",
                                  "a step that cannot be carried out at minute " + std::to_string(refused.at.count()),
                                  "a step that fits the state at that time", std::nullopt}});
  console.warn(simulator::sentence(refused.refusal, step, refused.server, input.organisation));
  console.warn("The server then: " + state_words(refused.server) + ".");
  console.warn("With --lenient such a step is recorded as failed, and the run goes on without its effect.");
  return ExitCode::bad_input;
}

tl::expected<simulator::Totals, simulator::RefusedStep> play(const PlanInput& input, const SimulateOptions& options,
                                                             Outlook& outlook) {
  const auto frozen = input.policy ? input.policy->frozen : std::set<ServerId>{};
  const auto wanted =
      input.policy ? simulator::wanted_builds(input.organisation, *input.policy) : simulator::WantedBuilds{};
  const ActivityTable activity(input.policy ? input.policy->activity : Activity{});
  simulator::Conduct conduct;
  conduct.frozen = &frozen;
  conduct.on_refusal = options.on_refusal;
  return simulator::play_through(input.organisation, input.plan, first_of(options.readings), wanted, conduct, &activity,
                                 [&](const simulator::PassingState& state) { outlook.add(state); });
}

/// Empty where all files were written.
std::optional<ExitCode> write_files(const PlanInput& input, const SimulateOptions& options, Outlook& outlook,
                                    const simulator::Event46Records& records, Console& console) {
  const auto write = [&](const std::optional<std::string>& path, auto text) -> std::optional<ExitCode> {
    if (!path) return std::nullopt;
    const auto fault = write_file(*path, text());
    return fault ? std::optional(console.fail(*path, {*fault})) : std::nullopt;
  };
  if (const auto failed = write(options.csv_out, [&] { return outlook.table->take(); })) return failed;
  if (const auto failed =
          write(options.svg_out, [&] { return pictures::chart(input.organisation, input.plan, outlook.course); })) {
    return failed;
  }
  return write(options.events_out, [&] { return pictures::event_table(records.records, input.organisation); });
}

}  // namespace

ExitCode run(const SimulateOptions& options, Console& console) {
  const auto input = load_plan_input(console, options.organisation, options.plan, options.policy, OtherOrigin::warning);
  if (!input) return input.error();
  Outlook outlook(*input, options, console);
  const auto totals = play(*input, options, outlook);
  if (!totals) return refused(*input, totals.error(), console);
  for (const simulator::RefusedStep& step : totals->refused) outlook.course.add_refused(step.step);
  const auto records = outlook.records.take();
  if (const auto failed = write_files(*input, options, outlook, records, console)) return *failed;
  if (options.runs.runs) {
    print_runs(*input, options, console);
  } else if (console.wants_json()) {
    console.print(outlook.json->take(*totals, records));
  } else {
    print_sites(*input, outlook, console);
    print_features(*input, outlook, console);
    print_totals(*totals, input->policy, console);
    print_records(records, options, console);
    print_verdict(outlook.event46, console);
  }
  report_refused_steps(input->organisation, input->plan, totals->refused, console);
  return exit_code(outlook.event46);
}

}  // namespace casplan::tools
