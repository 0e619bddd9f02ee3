#include "planner/planner_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "verifier/verify.h"

namespace casplan::planner {
namespace {

template <class Kind>
std::vector<std::string> sentences(const Planning& planning, std::vector<std::string> Kind::*member) {
  const auto* found = std::get_if<Kind>(&planning);
  if (found == nullptr) {
    ADD_FAILURE() << "the planning has another outcome (alternative " << planning.index() << ")";
    return {};
  }
  return found->*member;
}

std::string why_none(const Planning& planning) {
  if (const auto* infeasible = std::get_if<Infeasible>(&planning)) return infeasible->because.front();
  if (const auto* not_found = std::get_if<NotFound>(&planning)) return not_found->because.front();
  return std::get<FactsMissing>(planning).missing.front();
}

}  // namespace

Policy policy_to(const BuildVersion& target) {
  Policy policy;
  policy.target = target;
  policy.start = default_start();
  return policy;
}

Policy policy_of(Goal goal) {
  Policy policy;
  policy.goal = goal;
  policy.start = default_start();
  return policy;
}

FixedReadings as_the_kb() {
  return {FolderMatch::running, FolderLoad::at_start,        ServicePackRemoves::all_earlier,
          RollupKeeps::keeps,   RollupRemoval::folder_stays, OlderFront::fails};
}

Plan planned(const Organisation& organisation, const Policy& policy) {
  Planning planning = make_plan(organisation, policy);
  if (!std::holds_alternative<Plan>(planning)) {
    ADD_FAILURE() << "no plan: " << why_none(planning);
    throw std::runtime_error("no plan");
  }
  const Plan& plan = std::get<Plan>(planning);
  const auto report = verifier::verify(organisation, plan, policy.readings);
  EXPECT_EQ(report.safety, verifier::Safety::safe) << (report.counterexample ? report.counterexample->event : "");
  return plan;
}

std::vector<std::string> why_infeasible(const Organisation& organisation, const Policy& policy) {
  return sentences(make_plan(organisation, policy), &Infeasible::because);
}

std::vector<std::string> why_not_found(const Organisation& organisation, const Policy& policy) {
  return sentences(make_plan(organisation, policy), &NotFound::because);
}

std::vector<std::string> missing_facts(const Organisation& organisation, const Policy& policy) {
  return sentences(make_plan(organisation, policy), &FactsMissing::missing);
}

std::string words(const Organisation& organisation, const Step& step) {
  std::string text = std::string(to_string(step.kind)) + " " + at(organisation.servers, step.server).name;
  if (step.build) text += " " + to_string(*step.build);
  if (step.folder) text += " " + to_string(*step.folder);
  return text;
}

std::vector<std::string> words(const Organisation& organisation, const Plan& plan) {
  std::vector<std::string> lines;
  for (const PlannedStep& step : plan.steps) lines.push_back(words(organisation, step.step));
  return lines;
}

std::vector<std::string> words(const Organisation& organisation, const Draft& draft) {
  std::vector<std::string> lines;
  for (const DraftStep& step : draft.steps) lines.push_back(words(organisation, step.step));
  return lines;
}

std::vector<std::string> timetable(const Organisation& organisation, const Policy& policy, const Plan& plan) {
  std::vector<std::string> lines;
  for (const PlannedStep& step : plan.steps) {
    lines.push_back(std::to_string((step.schedule->start - policy.start).count()) + "-" +
                    std::to_string((step.schedule->end - policy.start).count()) + " " + words(organisation, step.step));
  }
  return lines;
}

std::vector<std::string> arrows(const Organisation& organisation, const Plan& plan) {
  std::vector<std::string> lines;
  for (const PlannedStep& step : plan.steps) {
    for (const Arrow& arrow : step.after) {
      lines.push_back(words(organisation, at(plan.steps, arrow.step).step) + " -> " + words(organisation, step.step));
    }
  }
  return lines;
}

std::vector<std::string> arrows(const Organisation& organisation, const Draft& draft) {
  std::vector<std::string> lines;
  for (const DraftStep& step : draft.steps) {
    for (const DraftArrow& arrow : step.after) {
      lines.push_back(words(organisation, at(draft.steps, arrow.step).step) + " -> " + words(organisation, step.step));
    }
  }
  return lines;
}

const PlannedStep& step_of(const Organisation& organisation, const Plan& plan, const std::string& text) {
  const auto place = std::find_if(plan.steps.begin(), plan.steps.end(),
                                  [&](const PlannedStep& step) { return words(organisation, step.step) == text; });
  if (place == plan.steps.end()) {
    ADD_FAILURE() << "the plan has no step \"" << text << "\"";
    throw std::runtime_error("no such step");
  }
  return *place;
}

}  // namespace casplan::planner
