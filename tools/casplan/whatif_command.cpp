#include <unistd.h>

#include <algorithm>
#include <utility>

#include "documents/digest.h"
#include "documents/organisation_document.h"
#include "documents/plan_document.h"
#include "documents/policy_document.h"
#include "model/text.h"
#include "tools/casplan/commands.h"
#include "tools/casplan/files.h"
#include "tools/casplan/load.h"
#include "tools/casplan/sweep_text.h"
#include "tools/casplan/verdict_text.h"
#include "tools/casplan/whatif_json.h"
#include "tools/casplan/whatif_text.h"
#include "whatif/change_words.h"

namespace casplan::tools {
namespace {

using whatif::JudgedPlan;
using whatif::NoPlan;
using whatif::Planned;

/// Of each planning of a sweep, so that it ends in some seconds.
constexpr std::size_t most_situations_of_a_sweep = 2'000;

Loaded<whatif::Situation> load_situation(const WhatIfOptions& options, Console& console) {
  if (options.plan) {
    const PlanSource source{*options.plan, std::nullopt};
    auto input = load_plan_input(console, options.organisation, source, options.policy, OtherOrigin::warning);
    if (!input) return tl::unexpected(input.error());
    return whatif::Situation{std::move(input->organisation), std::move(input->policy), std::move(input->plan)};
  }
  auto organisation = load_organisation(console, options.organisation);
  if (!organisation) return tl::unexpected(organisation.error());
  auto policy = load_policy(console, *options.policy, *organisation);
  if (!policy) return tl::unexpected(policy.error());
  return whatif::Situation{std::move(*organisation), std::move(*policy), std::nullopt};
}

/// The plan that is there, or the best one; then the situation has it.
Planned find_before(whatif::Situation& situation, const whatif::Means& means) {
  Planned before = whatif::before_any_change(situation, means);
  if (const auto* judged = std::get_if<JudgedPlan>(&before)) situation.plan = judged->plan;
  return before;
}

ExitCode exit_code(const Planned& planned) {
  if (const auto* judged = std::get_if<JudgedPlan>(&planned)) return tools::exit_code(judged->report);
  switch (std::get<NoPlan>(planned).reason) {
    case NoPlan::Reason::infeasible: return ExitCode::infeasible;
    case NoPlan::Reason::not_found: return ExitCode::budget_spent;
    case NoPlan::Reason::facts_missing: break;
  }
  return ExitCode::cannot_tell;
}

/// Whether somebody meets Event 46 while the work stands still who does not meet it today: under any open reading where
/// that was judged.
bool meets_event46_anew(const whatif::Stopped& stopped) {
  if (stopped.stop) {
    const auto& faults = stopped.stop->faults;
    return std::any_of(faults.begin(), faults.end(),
                       [](const verifier::PathFault& fault) { return fault.judgement.verdict == Verdict::event46; });
  }
  for (std::size_t i = 0; i < stopped.then.paths.size(); ++i) {
    const bool then = stopped.then.paths[i].judgement.verdict == Verdict::event46;
    if (then && stopped.today.paths[i].judgement.verdict != Verdict::event46) return true;
  }
  return false;
}

/// Of work that stopped, where nothing is wanted of the rest: by the plan, and by what it means to stop there.
ExitCode exit_code(const whatif::Stopped& stopped) {
  const verifier::Safety safety = stopped.stop ? stopped.stop->safety : stopped.plan_safety;
  switch (safety) {
    case verifier::Safety::safe: return ExitCode::done;
    case verifier::Safety::unsafe: return ExitCode::event46;
    case verifier::Safety::cannot_tell: break;
  }
  return ExitCode::cannot_tell;
}

ExitCode exit_code(const whatif::Answer& answer) {
  if (answer.refused) return ExitCode::event46;
  if (answer.stopped && meets_event46_anew(*answer.stopped)) return ExitCode::event46;
  if (answer.deciding == whatif::Deciding::best_plan) return exit_code(*answer.best_plan);
  if (answer.same_plan) return tools::exit_code(answer.same_plan->report);
  return answer.stopped ? exit_code(*answer.stopped) : ExitCode::done;
}

/// The plan that decides is written with the organisation and policy that it is for.
ExitCode write(const WhatIfOptions& options, whatif::Situation written, Console& console) {
  const std::string policy = written.policy ? documents::write_policy(*written.policy, written.organisation) : "";
  written.plan->digests.reset();
  if (written.policy) {
    written.plan->digests = Digests{documents::digest_of(written.organisation),
                                    documents::digest_of(*written.policy, written.organisation)};
  }
  const std::vector<std::pair<std::optional<std::string>, std::string>> files{
      {options.plan_out, documents::write_plan(*written.plan, written.organisation)},
      {options.organisation_out, documents::write_organisation(written.organisation)},
      {written.policy ? options.policy_out : std::nullopt, policy}};
  for (const auto& [path, bytes] : files) {
    if (!path) continue;
    if (const auto fault = write_file(*path, bytes)) return console.fail(*path, {*fault});
  }
  return ExitCode::done;
}

ExitCode write_what_was_asked(const WhatIfOptions& options, const whatif::Answer& answer, Console& console) {
  if (!options.plan_out && !options.organisation_out && !options.policy_out) return ExitCode::done;
  auto written = whatif::decided(answer);
  if (written) return write(options, std::move(*written), console);
  console.warn("Nothing was written, because there is no plan then.");
  return ExitCode::done;
}

ExitCode answer_changes(const WhatIfOptions& options, whatif::Situation situation, Console& console) {
  const whatif::Means means;
  Planned before = find_before(situation, means);
  const auto stated = whatif::read_changes(options.changes, situation);
  if (!stated) return console.fail("", stated.error());
  const auto changed = whatif::apply_changes(situation, *stated);
  if (!changed) return console.fail("", changed.error());
  const Plan* plan = situation.plan ? &*situation.plan : nullptr;
  WhatIf question{situation, std::move(before), {}, whatif::answer(*changed, plan, means)};
  for (const whatif::Stated& each : *stated) question.changes.push_back(in_words(each.change, situation));
  const ExitCode wrote = write_what_was_asked(options, question.answer, console);
  if (wrote != ExitCode::done) return wrote;
  if (console.wants_json()) {
    console.print(answer_to_json(question));
  } else {
    print_answer(question, console);
  }
  return exit_code(question.answer);
}

whatif::SweepProgress progress_on_terminal(Console& console) {
  if (isatty(STDERR_FILENO) != 1) return {};
  return [&console](std::size_t done, std::size_t all) {
    constexpr std::size_t lines = 10;
    if (done * lines / all == (done - 1) * lines / all) return;
    console.warn("  " + std::to_string(done) + " of " + counted(all, "change", "changes") + " tried");
  };
}

ExitCode answer_sweep(const WhatIfOptions& options, whatif::Situation situation, Console& console) {
  whatif::Means means;
  means.effort.most_situations = most_situations_of_a_sweep;
  means.explaining = whatif::Explaining::no;
  Planned before = find_before(situation, means);
  const Plan* plan = situation.plan ? &*situation.plan : nullptr;
  auto rows = whatif::sweep(*options.sweep, situation, plan, means, progress_on_terminal(console));
  const Swept swept{std::move(situation), std::move(before), *options.sweep, std::move(rows)};
  if (console.wants_json()) {
    console.print(sweep_to_json(swept));
  } else {
    print_sweep(swept, console);
  }
  return ExitCode::done;
}

}  // namespace

ExitCode run(const WhatIfOptions& options, Console& console) {
  auto situation = load_situation(options, console);
  if (!situation) return situation.error();
  return options.sweep ? answer_sweep(options, std::move(*situation), console)
                       : answer_changes(options, std::move(*situation), console);
}

}  // namespace casplan::tools
