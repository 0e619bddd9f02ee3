#pragma once

#include <optional>
#include <vector>

#include "model/organisation.h"
#include "model/plan.h"
#include "model/policy.h"
#include "model/readings.h"

/// Plans that are small enough to be carried out in every order. What is drawn may be drawn only inside
/// `rc::gen::exec` or a property.
namespace casplan {

/// A plan, and the readings under which it is judged.
struct Case {
  Organisation organisation;
  Plan plan;
  FixedReadings readings;
};

/// Two or three sites with up to five CAS, of which one or two are fronts; everything is known and only the version
/// rule decides.
[[nodiscard]] Organisation draw_small_organisation();

/// A policy for any of the goals, often a generous one.
[[nodiscard]] Policy draw_policy(const Organisation& organisation);

/// What the planner finds; empty where, in a few attempts, it finds nothing that is small enough.
[[nodiscard]] std::optional<Case> draw_planned();

enum class Arrows { as_planned, one_removed, two_removed, one_added };

/// The same with other arrows than the planner's.
[[nodiscard]] std::optional<Case> draw_changed(Arrows arrows);

/// Up to `most` of any steps with any arrows. Some of the steps may be refused.
[[nodiscard]] Case draw_hand_made(int most);

/// The same plan with its steps one after the other, so that only the arrows matter.
[[nodiscard]] Plan one_after_the_other(Plan plan);

/// An arrow of a plan: that of a step, by its place in `after`.
struct ArrowPlace {
  StepIndex step;
  std::size_t arrow;
};

[[nodiscard]] std::vector<ArrowPlace> arrows_of(const Plan& plan);
[[nodiscard]] Plan without_arrow(Plan plan, const ArrowPlace& place);

}  // namespace casplan
