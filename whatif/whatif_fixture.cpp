#include "whatif/whatif_fixture.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "planner/planner_fixture.h"

namespace casplan::whatif {

Contoso::Contoso() {
  organisation.entry_points.front().fronts = {front, second_front};
  policy = planner::policy_to(modelled::sp2);
  plan_anew();
}

void Contoso::plan_anew() {
  situation = {organisation, policy, std::nullopt};
  const Planned before = before_any_change(situation, {});
  if (const auto* judged = std::get_if<JudgedPlan>(&before)) situation.plan = judged->plan;
}

std::string Contoso::id_of(const std::string& words) const {
  return planner::step_of(organisation, plan(), words).id;
}

std::vector<Stated> read(const std::vector<std::string>& texts, const Situation& situation) {
  const auto changes = read_changes(texts, situation);
  if (changes) return *changes;
  for (const Fault& fault : changes.error()) ADD_FAILURE() << fault.place << ": " << fault.found;
  return {};
}

Changed changed_by(const std::vector<std::string>& texts, const Situation& situation) {
  const auto changed = apply_changes(situation, read(texts, situation));
  if (changed) return *changed;
  for (const Fault& fault : changed.error()) ADD_FAILURE() << fault.place << ": " << fault.found;
  throw std::runtime_error("the changes do not fit");
}

std::vector<std::string> faults_of(const std::vector<std::string>& texts, const Situation& situation) {
  std::vector<std::string> found;
  const auto changes = read_changes(texts, situation);
  if (!changes) {
    for (const Fault& fault : changes.error()) found.push_back(fault.found);
    return found;
  }
  const auto changed = apply_changes(situation, *changes);
  if (changed) return found;
  for (const Fault& fault : changed.error()) found.push_back(fault.found);
  return found;
}

Answer asked(const std::vector<std::string>& texts, const Situation& situation) {
  return answer(changed_by(texts, situation), situation.plan ? &*situation.plan : nullptr, {});
}

std::vector<std::string> timetable(const Organisation& organisation, const Plan& plan) {
  std::vector<std::string> lines;
  for (const StepIndex index : order_of_schedule(plan)) {
    const PlannedStep& step = at(plan.steps, index);
    lines.push_back(std::to_string((step.schedule->start - default_start()).count()) + "-" +
                    std::to_string((step.schedule->end - default_start()).count()) + " " +
                    planner::words(organisation, step.step));
  }
  return lines;
}

}  // namespace casplan::whatif
