#include "whatif/answer.h"

#include <algorithm>
#include <utility>

#include "documents/policy_targets.h"
#include "model/contracts.h"
#include "model/topology.h"
#include "planner/replan.h"
#include "verifier/stops.h"
#include "verifier/verify.h"

namespace casplan::whatif {
namespace {

simulator::WantedBuilds wanted_in(const Situation& situation) {
  return situation.policy ? simulator::wanted_builds(situation.organisation, *situation.policy)
                          : simulator::WantedBuilds{};
}

/// Fills in what happens when all is carried out.
void play(const Situation& situation, JudgedPlan& judged) {
  auto trace = simulator::play(situation.organisation, judged.carried_out, first_of(situation.fixed_readings()),
                               wanted_in(situation));
  if (!trace) {
    judged.refused = std::move(trace.error());
    return;
  }
  judged.measures = trace->totals;
  judged.trace = std::move(*trace);
}

NoPlan no_plan(const Situation& situation, const planner::Planning& planning, const Means& means) {
  if (const auto* missing = std::get_if<planner::FactsMissing>(&planning)) {
    return {NoPlan::Reason::facts_missing, missing->missing};
  }
  if (const auto* not_found = std::get_if<planner::NotFound>(&planning)) {
    return {NoPlan::Reason::not_found, not_found->because};
  }
  NoPlan none{NoPlan::Reason::infeasible, std::get<planner::Infeasible>(planning).because};
  if (means.explaining == Explaining::yes) {
    none.why = planner::why_not(situation.organisation, *situation.policy, means.effort);
  }
  return none;
}

Planned planned(const Situation& situation, const planner::Planning& planning, const Means& means) {
  const auto* plan = std::get_if<Plan>(&planning);
  if (plan == nullptr) return no_plan(situation, planning, means);
  return judge_plan(situation, *plan);
}

Planned plan_anew(const Situation& situation, const Plan* before, const Means& means) {
  const Organisation& organisation = situation.organisation;
  const Policy& policy = *situation.policy;
  if (before == nullptr) return planned(situation, planner::make_plan(organisation, policy, means.effort), means);
  return planned(situation, planner::reconsider(organisation, policy, *before, means.effort), means);
}

/// The copies that were made count among those that are allowed.
std::optional<int> copies_left(const Policy& policy, const Plan& so_far) {
  if (!policy.copies) return std::nullopt;
  const auto made = std::count_if(so_far.steps.begin(), so_far.steps.end(),
                                  [](const PlannedStep& step) { return step.step.kind == StepKind::ensure_folder; });
  return std::max(0, *policy.copies - static_cast<int>(made));
}

/// A target that the work has passed until it stopped, which no plan for the rest can come back to.
std::optional<NoPlan> passed_targets(const Situation& then) {
  NoPlan none;
  for (const Fault& fault : documents::faults_of_targets(then.organisation, *then.policy)) {
    none.because.push_back("The target is " + fault.found + ".");
  }
  return none.because.empty() ? std::nullopt : std::optional(std::move(none));
}

/// The rest of the work when a step has failed; measured is what was done until then, too.
void plan_rest(const Situation& situation, const Standstill& standstill, const Means& means, Answer& answer) {
  Situation then{standstill.organisation, situation.policy, std::nullopt, situation.settled};
  then.policy->start = std::max(then.policy->start, standstill.since);
  then.policy->copies = copies_left(*situation.policy, standstill.so_far);
  if (auto none = passed_targets(then)) {
    answer.best_plan = std::move(*none);
    answer.rest = std::move(then);
    return;
  }
  auto replanning = planner::replan(then.organisation, *then.policy, *situation.plan, means.effort);
  then.policy = std::move(replanning.policy);
  answer.best_plan = planned(then, replanning.planning, means);
  answer.rest = std::move(then);
  auto* judged = std::get_if<JudgedPlan>(&*answer.best_plan);
  if (judged == nullptr) return;
  auto& all = judged->carried_out.steps;
  all.insert(all.begin(), standstill.so_far.steps.begin(), standstill.so_far.steps.end());
  for (PlannedStep& step : all) step.after.clear();
  judged->trace.reset();
  judged->measures = {};
  play(situation, *judged);
}

std::optional<verifier::Stop> stop_at(const Situation& situation, StepIndex failed) {
  for (verifier::Stop& stop :
       verifier::judge_stops(situation.organisation, *situation.plan, situation.fixed_readings())) {
    if (stop.step == failed && stop.time == verifier::StopTime::in_the_middle) return std::move(stop);
  }
  return std::nullopt;
}

void stop(const Changed& changed, const Means& means, Answer& answer) {
  const Situation& now = changed.situation;
  const Readings readings = first_of(now.fixed_readings());
  auto standstill = stand_still(now.organisation, *now.plan, *changed.failed, readings);
  if (!standstill) {
    answer.refused = std::move(standstill.error());
    return;
  }
  const auto paths = proxy_paths(now.organisation);
  const auto assessed = [&](const State& state) {
    return simulator::assess(now.organisation, paths, state, readings, wanted_in(now));
  };
  auto today = assessed(initial_state(now.organisation));
  auto then = assessed(standstill->state);
  const auto safety = verifier::verify(now.organisation, *now.plan, now.fixed_readings()).safety;
  answer.stopped =
      Stopped{*changed.failed, std::move(*standstill), std::move(today), std::move(then), safety, std::nullopt};
  if (safety == verifier::Safety::safe) answer.stopped->stop = stop_at(now, *changed.failed);
  if (now.policy) plan_rest(now, answer.stopped->standstill, means, answer);
}

}  // namespace

JudgedPlan judge_plan(const Situation& situation, const Plan& plan) {
  JudgedPlan judged{plan, plan, verifier::verify(situation.organisation, plan, situation.fixed_readings()),
                    std::nullopt};
  play(situation, judged);
  if (situation.policy && judged.trace) {
    judged.breaches = verifier::breaches(situation.organisation, *situation.policy, plan);
  }
  return judged;
}

Planned before_any_change(const Situation& situation, const Means& means) {
  expects(situation.plan || situation.policy, "there is a plan, or a policy to make one for");
  if (situation.plan) return judge_plan(situation, *situation.plan);
  return plan_anew(situation, nullptr, means);
}

Answer answer(const Changed& changed, const Plan* before, const Means& means) {
  const Situation& now = changed.situation;
  Answer answer{now};
  answer.policy_without_order = changed.policy_without_order;
  if (changed.failed) {
    stop(changed, means, answer);
  } else {
    if (now.plan) answer.same_plan = judge_plan(now, *now.plan);
    if (now.policy) answer.best_plan = plan_anew(now, before, means);
  }
  const bool has_other_order = answer.same_plan && changed.policy_without_order;
  answer.deciding = answer.best_plan && !has_other_order ? Deciding::best_plan : Deciding::same_plan;
  return answer;
}

std::optional<Situation> decided(const Answer& answer) {
  if (answer.deciding == Deciding::best_plan) {
    const auto* best = std::get_if<JudgedPlan>(&*answer.best_plan);
    if (best == nullptr) return std::nullopt;
    Situation situation = answer.planned_for();
    situation.plan = best->plan;
    return situation;
  }
  if (!answer.same_plan) return std::nullopt;
  Situation situation = answer.changed;
  situation.plan = answer.same_plan->plan;
  situation.plan->outcome.reset();
  if (answer.policy_without_order) situation.policy = answer.policy_without_order;
  return situation;
}

}  // namespace casplan::whatif
