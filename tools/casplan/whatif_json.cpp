#include "tools/casplan/whatif_json.h"

#include <nlohmann/json.hpp>

#include "documents/plan_document.h"
#include "planner/why_not_text.h"
#include "runbook/steps_text.h"
#include "simulator/trace.h"
#include "whatif/change_words.h"

namespace casplan::tools {
namespace {

using nlohmann::ordered_json;
using whatif::JudgedPlan;
using whatif::NoPlan;
using whatif::Planned;

template <class Value>
ordered_json known(const std::optional<Value>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json measures_json(const Measures& measures) {
  ordered_json all;
  for (const Measure measure : all_measures()) all[std::string(to_string(measure))] = known(value(measures, measure));
  return all;
}

ordered_json measure_differences(const Measures& before, const Measures& after) {
  ordered_json all;
  for (const Measure measure : all_measures()) {
    const auto& then = value(before, measure);
    const auto& now = value(after, measure);
    all[std::string(to_string(measure))] = then && now ? ordered_json(*now - *then) : ordered_json(nullptr);
  }
  return all;
}

ordered_json course_json(const std::optional<whatif::PathCourse>& course) {
  if (!course) return nullptr;
  return {{"event46_minutes", course->event46.count()},
          {"faulty_minutes", course->faulty.count()},
          {"user_minutes", known(course->user_minutes)},
          {"most_users", known(course->most_users)},
          {"at_the_end", to_string(course->at_the_end)}};
}

ordered_json course_json(const whatif::SiteCourse& course) {
  return {{"failing_minutes", course.failing.count()},
          {"failing_user_minutes", known(course.failing_user_minutes)},
          {"most_failing", known(course.most_failing)},
          {"minutes_without_service", course.without_service.count()},
          {"unavailable_user_minutes", known(course.unavailable_user_minutes)},
          {"most_unavailable", known(course.most_unavailable)}};
}

ordered_json times_json(const std::optional<PlannedStep>& step, Moment start) {
  if (!step) return nullptr;
  return {{"start", (step->schedule->start - start).count()}, {"end", (step->schedule->end - start).count()}};
}

ordered_json steps_json(const Organisation& organisation, const Plan& before,
                        const std::vector<whatif::StepDifference>& steps) {
  const Moment start = simulator::start_of(before);
  auto all = ordered_json::array();
  for (const whatif::StepDifference& step : steps) {
    all.push_back({{"id", step.id},
                   {"change", to_string(step.change)},
                   {"what", runbook::describe((step.after ? step.after : step.before)->step, organisation)},
                   {"before", times_json(step.before, start)},
                   {"after", times_json(step.after, start)}});
  }
  return all;
}

/// From the plan before to this one; null where there was none.
ordered_json difference_json(const WhatIf& question, const JudgedPlan& now) {
  const auto* before = std::get_if<JudgedPlan>(&question.before);
  if (before == nullptr) return nullptr;
  const Organisation& organisation = question.situation.organisation;
  const auto steps = whatif::step_differences(before->plan, now.carried_out);
  ordered_json all{{"measures", measure_differences(before->measures, now.measures)},
                   {"paths", nullptr},
                   {"sites", nullptr},
                   {"steps", steps_json(organisation, before->plan, steps)}};
  if (!before->trace || !now.trace) return all;
  const auto difference = whatif::difference({before->plan, *before->trace}, {now.carried_out, *now.trace});
  all["paths"] = ordered_json::array();
  for (const whatif::PathDifference& path : difference.paths) {
    all["paths"].push_back({{"front", at(organisation.servers, path.front).name},
                            {"target", at(organisation.servers, path.target).name},
                            {"before", course_json(path.before)},
                            {"after", course_json(path.after)}});
  }
  all["sites"] = ordered_json::array();
  for (const whatif::SiteDifference& site : difference.sites) {
    all["sites"].push_back({{"site", at(organisation.sites, site.site).name},
                            {"before", course_json(site.before)},
                            {"after", course_json(site.after)}});
  }
  return all;
}

ordered_json plan_json(const whatif::Situation& situation, const JudgedPlan& judged) {
  return {{"ending", to_string(ending_of(judged))},
          {"faults", faults_of(situation, judged)},
          {"measures", measures_json(judged.measures)},
          {"plan", ordered_json::parse(documents::write_plan(judged.plan, situation.organisation))}};
}

ordered_json no_plan_json(const whatif::Situation& situation, const NoPlan& none) {
  auto core = ordered_json::array();
  auto remedies = ordered_json::array();
  if (none.why) {
    for (const planner::Fact& fact : none.why->facts) {
      core.push_back(planner::sentence(fact, situation.organisation, *situation.policy));
    }
    for (const planner::Remedy& remedy : none.why->remedies) {
      remedies.push_back(planner::sentence(remedy, situation.organisation, *situation.policy));
    }
  }
  return {{"ending", to_string(ending_of(Planned(none)))},
          {"because", none.because},
          {"core", std::move(core)},
          {"remedies", std::move(remedies)}};
}

ordered_json planned_json(const whatif::Situation& situation, const Planned& planned) {
  if (const auto* none = std::get_if<NoPlan>(&planned)) return no_plan_json(situation, *none);
  return plan_json(situation, std::get<JudgedPlan>(planned));
}

ordered_json with_difference(const WhatIf& question, ordered_json answer, const JudgedPlan* now) {
  if (now != nullptr) answer["difference"] = difference_json(question, *now);
  return answer;
}

ordered_json stopped_json(const whatif::Situation& situation, const whatif::Stopped& stopped) {
  const Organisation& organisation = situation.organisation;
  auto failing = ordered_json::array();
  for (const auto& path : stopped.then.paths) {
    const Verdict verdict = path.judgement.verdict;
    if (verdict != Verdict::event46 && verdict != Verdict::fault && verdict != Verdict::cannot_tell) continue;
    failing.push_back({{"front", at(organisation.servers, path.path.front).name},
                       {"target", at(organisation.servers, path.path.target).name},
                       {"verdict", to_string(verdict)}});
  }
  auto ended = ordered_json::array();
  for (const StepIndex step : stopped.standstill.ended) ended.push_back(at(situation.plan->steps, step).id);
  return {
      {"failed", at(situation.plan->steps, stopped.failed).id},
      {"ended", std::move(ended)},
      {"may_stop", stopped.stop ? ordered_json(stopped.stop->safety == verifier::Safety::safe) : ordered_json(nullptr)},
      {"sentences", stop_sentences(situation, stopped)},
      {"failing_paths", std::move(failing)}};
}

}  // namespace

std::string answer_to_json(const WhatIf& question) {
  const whatif::Answer& answer = question.answer;
  ordered_json all{{"changes", question.changes},
                   {"before", planned_json(question.situation, question.before)},
                   {"same_plan", nullptr},
                   {"stopped", nullptr},
                   {"best_plan", nullptr}};
  if (answer.same_plan) {
    all["same_plan"] = with_difference(question, plan_json(answer.changed, *answer.same_plan), &*answer.same_plan);
  }
  if (answer.stopped) all["stopped"] = stopped_json(answer.changed, *answer.stopped);
  if (answer.stopped) all["stopped"]["presumed_by_rest"] = presumed_by_rest(answer);
  if (answer.best_plan) {
    all["best_plan"] = with_difference(question, planned_json(answer.planned_for(), *answer.best_plan),
                                       std::get_if<JudgedPlan>(&*answer.best_plan));
  }
  return all.dump(2) + "\n";
}

std::string sweep_to_json(const Swept& swept) {
  const auto* before = std::get_if<JudgedPlan>(&swept.before);
  auto rows = ordered_json::array();
  for (const whatif::SweepRow& row : swept.rows) {
    rows.push_back({{"change", in_words(row.change, swept.situation)},
                    {"same_plan", row.same_plan ? ordered_json(to_string(*row.same_plan)) : ordered_json(nullptr)},
                    {"best_plan", to_string(row.best_plan)},
                    {"because", row.because},
                    {"measures", measures_json(row.measures)},
                    {"difference",
                     before != nullptr ? measure_differences(before->measures, row.measures) : ordered_json(nullptr)}});
  }
  const ordered_json all{{"sweep", to_string(swept.kind)},
                         {"before",
                          {{"ending", to_string(ending_of(swept.before))},
                           {"measures", before != nullptr ? measures_json(before->measures) : ordered_json(nullptr)}}},
                         {"rows", std::move(rows)}};
  return all.dump(2) + "\n";
}

}  // namespace casplan::tools
