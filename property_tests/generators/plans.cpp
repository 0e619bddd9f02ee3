#include "property_tests/generators/plans.h"

#include <algorithm>
#include <map>
#include <string>

#include "model/catalogue.h"
#include "property_tests/generators/draw.h"
#include "property_tests/generators/steps.h"
#include "property_tests/generators/versions.h"

namespace casplan {
namespace {

std::string step_id(std::size_t number) {
  return "step-" + std::to_string(number + 1);
}

std::vector<PlannedStep> draw_planned_steps(const Organisation& organisation, int most) {
  std::vector<PlannedStep> planned;
  for (const Step& step : *any_steps(organisation, 1, most)) {
    planned.push_back({step_id(planned.size()), step, "", {}, std::nullopt});
  }
  return planned;
}

Measures draw_measures() {
  Measures measures;
  for (const Measure measure : all_measures()) {
    if (!draw::once_in(3)) value(measures, measure) = draw::below(1000000);
  }
  return measures;
}

Outcome draw_outcome() {
  Outcome outcome;
  outcome.status =
      draw::one_of<PlanStatus>({PlanStatus::feasible, PlanStatus::optimal, PlanStatus::infeasible, PlanStatus::budget});
  outcome.objective = draw_measures();
  outcome.bound = draw_measures();
  if (draw::once_in(3)) outcome.because = {"CAS1 is frozen, \"so\" its targets stay", "<b>&nbsp;</b>\n\xe2\x80\xae"};
  return outcome;
}

std::vector<Arrow> draw_arrows(std::size_t step) {
  std::vector<Arrow> arrows;
  for (std::size_t earlier = 0; earlier < step; ++earlier) {
    if (draw::once_in(3))
      arrows.push_back({id_at<StepIndex>(earlier), "the front must never be older than its target"});
  }
  return arrows;
}

}  // namespace

rc::Gen<Plan> any_sequence(const Organisation& organisation) {
  return rc::gen::exec([organisation] {
    Plan plan;
    plan.steps = draw_planned_steps(organisation, 8);
    for (std::size_t i = 1; i < plan.steps.size(); ++i) plan.steps[i].after = {{id_at<StepIndex>(i - 1), ""}};
    return scheduled(plan, Durations{}, default_start());
  });
}

rc::Gen<Plan> any_overlapping_plan(const Organisation& organisation) {
  return rc::gen::exec([organisation] {
    Plan plan;
    plan.steps = draw_planned_steps(organisation, 8);
    std::map<ServerId, Moment> free_from;
    for (PlannedStep& step : plan.steps) {
      Moment& clock = free_from.try_emplace(step.step.server, default_start()).first->second;
      const Moment start = clock + Minutes(draw::below(4));
      step.schedule = Schedule{start, start + Minutes(draw::between(1, 6))};
      clock = step.schedule->end;
    }
    return plan;
  });
}

rc::Gen<Plan> any_plan(const Organisation& organisation) {
  return rc::gen::exec([organisation] {
    Plan plan = *any_overlapping_plan(organisation);
    plan.goal = draw::one_of<Goal>({Goal::upgrade, Goal::heal_by_copy, Goal::heal_by_patch});
    const bool upgrades = std::any_of(plan.steps.begin(), plan.steps.end(),
                                      [](const PlannedStep& step) { return step.step.kind == StepKind::upgrade; });
    if (upgrades && plan.goal == Goal::heal_by_copy) plan.goal = Goal::heal_by_patch;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      auto& build = plan.steps[i].step.build;
      if (build && find_build(*build) == nullptr) build = (*any_catalogue_build(Product::exchange2007)).version;
      plan.steps[i].after = draw_arrows(i);
      plan.steps[i].why = "because of step " + std::to_string(i);
    }
    if (draw::once_in(2)) plan.outcome = draw_outcome();
    if (draw::once_in(2)) plan.digests = Digests{std::string(64, 'a'), std::string(64, '0')};
    return plan;
  });
}

}  // namespace casplan
