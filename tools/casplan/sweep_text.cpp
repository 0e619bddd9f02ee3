#include "tools/casplan/sweep_text.h"

#include <algorithm>

#include "model/text.h"
#include "runbook/steps_text.h"
#include "tools/casplan/whatif_differences.h"
#include "tools/casplan/whatif_text.h"
#include "tools/casplan/words.h"
#include "whatif/change_words.h"

namespace casplan::tools {
namespace {

using whatif::Ending;

const whatif::JudgedPlan* plan_before(const Swept& swept) {
  return std::get_if<whatif::JudgedPlan>(&swept.before);
}

const std::vector<Measure>& measures_of(const Swept& swept) {
  return swept.situation.policy->objective;
}

std::vector<std::string> sweep_heading(const Swept& swept) {
  const bool fails = swept.kind == whatif::SweepKind::fail;
  std::vector<std::string> heading{"", "change", fails ? "stop there" : "same plan",
                                   fails ? "with the rest" : "best plan then"};
  for (const Measure measure : measures_of(swept)) heading.emplace_back(to_string(measure));
  if (fails) heading.emplace_back("the step");
  return heading;
}

std::vector<std::string> row_before(const Swept& swept, const Console& console) {
  std::vector<std::string> row{"", "(none)", "", ending_words(ending_of(swept.before), console)};
  const whatif::JudgedPlan* before = plan_before(swept);
  for (const Measure measure : measures_of(swept)) {
    row.push_back(before != nullptr ? figure_text(value(before->measures, measure)) : "-");
  }
  return row;
}

/// Of the same plan; of a step that fails, whether users have it worse than today while nothing more is done.
std::string same_plan_words(const Swept& swept, const whatif::SweepRow& row, const Console& console) {
  if (!row.same_plan) return "-";
  if (swept.kind != whatif::SweepKind::fail) return ending_words(*row.same_plan, console);
  switch (*row.same_plan) {
    case whatif::Ending::safe: return console.in(Tone::good, "nobody worse");
    case whatif::Ending::unsafe: return console.in(Tone::doubtful, "some worse");
    default: return ending_words(*row.same_plan, console);
  }
}

/// The measures as differences from the plan before, where there is one.
std::vector<std::string> row_of(const Swept& swept, std::size_t place, const Console& console) {
  const whatif::SweepRow& row = swept.rows[place];
  const whatif::JudgedPlan* before = plan_before(swept);
  std::vector<std::string> cells{std::to_string(place + 1), in_words(row.change, swept.situation),
                                 same_plan_words(swept, row, console), ending_words(row.best_plan, console)};
  for (const Measure measure : measures_of(swept)) {
    const auto now = value(row.measures, measure);
    const auto then = before != nullptr ? value(before->measures, measure) : std::nullopt;
    cells.push_back(then ? signed_difference(then, now) : now ? std::to_string(*now) : "-");
  }
  if (const auto* failed = std::get_if<whatif::FailStep>(&row.change)) {
    cells.push_back(
        runbook::describe(at(swept.situation.plan->steps, failed->step).step, swept.situation.organisation));
  }
  return cells;
}

bool is_proved(const whatif::SweepRow& row) {
  return row.best_plan != Ending::safe && row.best_plan != Ending::not_found;
}

}  // namespace

void print_sweep(const Swept& swept, Console& console) {
  console.print(console.in(Tone::heading, "What if, " + counted(swept.rows.size(), "single change", "single changes") +
                                              " of the kind " + std::string(to_string(swept.kind)) +
                                              ", the best first:"));
  Table table(sweep_heading(swept));
  table.add(row_before(swept, console));
  for (std::size_t i = 0; i < swept.rows.size(); ++i) table.add(row_of(swept, i, console));
  console.print(table.text());
  if (swept.rows.empty()) console.print("  There is nothing of this kind to change.");
  if (std::all_of(swept.rows.begin(), swept.rows.end(), is_proved)) return;
  console.print(
      "  Only a plan that is called best is proved; each was searched for with little effort. Ask for one change "
      "by itself (--change) to have it searched further.");
}

}  // namespace casplan::tools
