#include "verifier/verify.h"

#include <set>
#include <utility>

#include "model/contracts.h"
#include "verifier/allowed.h"
#include "verifier/orders.h"
#include "verifier/replay.h"
#include "verifier/schedule_check.h"

namespace casplan::verifier {
namespace {

/// Where not every order could be followed, the one that the schedule prescribes is judged in each of its states.
void judge_schedule(const Organisation& organisation, const Plan& plan, const std::vector<ProxyPath>& paths,
                    const std::vector<Readings>& readings, Report& report) {
  const ScheduleReplay schedule(organisation, plan, paths);
  std::set<std::pair<ServerId, ServerId>> known;
  for (const Undecided& entry : report.undecided) known.emplace(entry.path.front, entry.path.target);
  for (const Readings& combination : readings) {
    Replay replay = schedule.run(combination);
    if (!report.counterexample) report.counterexample = std::move(replay.counterexample);
    if (combination == readings.front()) report.broken_today = std::move(replay.broken_today);
    for (Undecided& entry : replay.undecided) {
      if (known.emplace(entry.path.front, entry.path.target).second) report.undecided.push_back(std::move(entry));
    }
  }
}

/// Crews work in parallel and out of step: what was not judged in every order is not proved.
Safety safety_of(const Report& report) {
  if (report.counterexample) {
    const auto& refusal = report.counterexample->refusal;
    return refusal && is_for_want_of_a_fact(refusal->reason) ? Safety::cannot_tell : Safety::unsafe;
  }
  return report.undecided.empty() && report.orders == Orders::all ? Safety::safe : Safety::cannot_tell;
}

/// Drains and returns take turns in every order in which no step is refused, so counting them is enough.
std::vector<ServerId> left_out_of_service(const Organisation& organisation, const Plan& plan) {
  std::vector<int> out(organisation.servers.size());
  for (const PlannedStep& planned : plan.steps) {
    if (planned.step.kind == StepKind::drain) ++at(out, planned.step.server);
    if (planned.step.kind == StepKind::return_to_service) --at(out, planned.step.server);
  }
  std::vector<ServerId> servers;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] > 0) servers.push_back(id_at<ServerId>(i));
  }
  return servers;
}

}  // namespace

Report verify(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed) {
  for (const PlannedStep& step : plan.steps) expects(step.schedule.has_value(), "a plan that is verified is scheduled");
  const auto paths = proxy_paths(organisation);
  const auto readings = combinations(fixed);
  Report report;
  report.readings = readings.size();
  report.counterexample = check_schedule(plan);
  auto finding = judge_all_orders(organisation, plan, paths, fixed);
  if (!report.counterexample) report.counterexample = std::move(finding.counterexample);
  report.undecided = std::move(finding.undecided);
  if (finding.is_exhaustive) {
    report.orders = Orders::all;
    report.failures = finding.failures;
    if (!finding.failing_today.empty()) {
      report.broken_today =
          ScheduleReplay(organisation, plan, finding.failing_today).run(readings.front()).broken_today;
    }
  } else {
    judge_schedule(organisation, plan, paths, readings, report);
  }
  report.left_out_of_service = left_out_of_service(organisation, plan);
  report.safety = safety_of(report);
  return report;
}

}  // namespace casplan::verifier
