#include "verifier/verify.h"

#include <algorithm>

#include "model/contracts.h"
#include "verifier/orders.h"
#include "verifier/replay.h"
#include "verifier/schedule_check.h"

namespace casplan::verifier {
namespace {

void add_new(std::vector<Undecided>& known, const std::vector<Undecided>& more) {
  for (const Undecided& entry : more) {
    const bool listed =
        std::any_of(known.begin(), known.end(), [&](const Undecided& k) { return k.path == entry.path; });
    if (!listed) known.push_back(entry);
  }
}

/// Beyond this, what the arrows say about any two steps takes too much memory (an eighth of a byte for each pair).
constexpr std::size_t most_steps_in_all_orders = 30'000;

void add(Report& report, OrdersFinding finding) {
  if (!report.counterexample) report.counterexample = std::move(finding.counterexample);
  add_new(report.undecided, finding.undecided);
  if (!finding.is_exhaustive) return;
  report.orders = Orders::all;
  report.failures = finding.failures;
}

Safety safety_of(const Report& report) {
  if (report.counterexample) return Safety::unsafe;
  return report.undecided.empty() ? Safety::safe : Safety::cannot_tell;
}

}  // namespace

Report verify(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed) {
  for (const PlannedStep& step : plan.steps) expects(step.schedule.has_value(), "a plan that is verified is scheduled");
  const auto paths = proxy_paths(organisation);
  const ScheduleReplay schedule(organisation, plan, paths);
  Report report;
  report.orders = Orders::schedule;
  report.counterexample = check_schedule(plan);
  for (const Readings& readings : combinations(fixed)) {
    Replay replay = schedule.run(readings);
    if (!report.counterexample) report.counterexample = std::move(replay.counterexample);
    if (report.readings == 0) report.broken_today = std::move(replay.broken_today);
    add_new(report.undecided, replay.undecided);
    ++report.readings;
  }
  if (plan.steps.size() <= most_steps_in_all_orders) {
    add(report, judge_all_orders(organisation, plan, paths, fixed));
  }
  report.safety = safety_of(report);
  return report;
}

}  // namespace casplan::verifier
