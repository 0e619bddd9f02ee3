#include "verifier/verify.h"

#include <algorithm>

#include "model/contracts.h"
#include "verifier/replay.h"
#include "verifier/schedule_check.h"

namespace casplan::verifier {
namespace {

/// Event 46 today, under the readings that agree with the KB, and the step that mends each path.
std::vector<BrokenToday> broken_today(const Replay& replay) {
  std::vector<BrokenToday> broken;
  for (std::size_t path = 0; path < replay.paths.size(); ++path) {
    if (replay.before.judgements[path].verdict != Verdict::event46) continue;
    const auto mended = std::find_if(replay.moments.begin(), replay.moments.end(), [&](const ReplayedMoment& moment) {
      return moment.judgements[path].verdict != Verdict::event46;
    });
    broken.push_back({replay.paths[path], mended != replay.moments.end() ? mended->touched : std::nullopt});
  }
  return broken;
}

/// Whether Event 46 cannot be excluded. With a URL that is not known the path may fail, but not with Event 46.
bool is_undecided(const Judgement& judgement) {
  return judgement.verdict == Verdict::cannot_tell && judgement.rule != RuleId::url_unknown;
}

void collect_undecided(const Replay& replay, std::vector<Undecided>& undecided) {
  const auto look_at = [&](const std::vector<Judgement>& judgements) {
    for (std::size_t path = 0; path < judgements.size(); ++path) {
      const bool listed = std::any_of(undecided.begin(), undecided.end(),
                                      [&](const Undecided& entry) { return entry.path == replay.paths[path]; });
      if (is_undecided(judgements[path]) && !listed) undecided.push_back({replay.paths[path], judgements[path]});
    }
  };
  look_at(replay.before.judgements);
  for (const ReplayedMoment& moment : replay.moments) look_at(moment.judgements);
}

Safety safety_of(const Report& report) {
  if (report.counterexample) return Safety::unsafe;
  return report.undecided.empty() ? Safety::safe : Safety::cannot_tell;
}

}  // namespace

Report verify(const Organisation& organisation, const Plan& plan, const FixedReadings& fixed) {
  for (const PlannedStep& step : plan.steps) expects(step.schedule.has_value(), "a plan that is verified is scheduled");
  Report report;
  report.orders = Orders::schedule;
  report.counterexample = check_schedule(plan);
  for (const Readings& readings : combinations(fixed)) {
    ++report.readings;
    const Replay replay = replay_schedule(organisation, plan, readings);
    if (!report.counterexample) report.counterexample = find_violation(organisation, plan, replay, readings);
    if (report.readings == 1) report.broken_today = broken_today(replay);
    collect_undecided(replay, report.undecided);
  }
  report.safety = safety_of(report);
  return report;
}

}  // namespace casplan::verifier
