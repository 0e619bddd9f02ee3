#include "model/plan.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace casplan {
namespace {

PlannedStep planned(std::string id, Step step) {
  PlannedStep planned;
  planned.id = std::move(id);
  planned.step = std::move(step);
  return planned;
}

Step step_of(StepKind kind) {
  Step step;
  step.kind = kind;
  return step;
}

Plan hand_written_sequence() {
  Step upgrade = step_of(StepKind::upgrade);
  upgrade.build = BuildVersion{{8, 2, 176, 2}};
  Plan plan;
  plan.steps = {planned("1", step_of(StepKind::drain)), planned("2", upgrade),
                planned("3", step_of(StepKind::return_to_service))};
  return plan;
}

TEST(HandWrittenSequence, RunsOneStepAfterTheOtherWithoutGaps) {
  const Moment start = default_start();
  const Plan plan = scheduled(hand_written_sequence(), Durations{}, start);
  EXPECT_EQ(plan.steps[0].schedule, (Schedule{start, start + Minutes{5}}));
  EXPECT_EQ(plan.steps[1].schedule, (Schedule{start + Minutes{5}, start + Minutes{95}}));
  EXPECT_EQ(plan.steps[2].schedule, (Schedule{start + Minutes{95}, start + Minutes{96}}));
}

TEST(HandWrittenSequence, TakesTheDurationsOfThePolicy) {
  Durations durations;
  durations.service_pack = Minutes{240};
  const Plan plan = scheduled(hand_written_sequence(), durations, Moment{});
  EXPECT_EQ(plan.steps.back().schedule->end, Moment{} + Minutes{246});
}

TEST(HandWrittenSequence, RemovesRollupsForAsLongAsItInstallsOne) {
  const BuildVersion sp1{{8, 1, 240, 6}};
  Step install = step_of(StepKind::upgrade);
  install.build = BuildVersion{{8, 1, 393, 1}};
  Step remove = install;
  remove.build = sp1;
  Plan plan;
  plan.steps = {planned("1", install), planned("2", remove)};
  plan.steps[1].after = {{StepIndex{0}, ""}};
  Organisation organisation;
  organisation.servers.emplace_back().build = sp1;
  const auto before = builds_before(plan, organisation);
  EXPECT_EQ(before, (std::vector<std::optional<BuildVersion>>{sp1, install.build}));
  plan = scheduled(std::move(plan), organisation, Durations{}, Moment{});
  EXPECT_EQ(plan.steps[1].schedule, (Schedule{Moment{} + Minutes{30}, Moment{} + Minutes{60}}));
}

TEST(HandWrittenSequence, KeepsEverythingButTheSchedule) {
  Plan plan = scheduled(hand_written_sequence(), Durations{}, default_start());
  for (PlannedStep& step : plan.steps) step.schedule.reset();
  EXPECT_EQ(plan, hand_written_sequence());
}

TEST(ScheduledPlan, StaysAsItIs) {
  const Plan plan = scheduled(hand_written_sequence(), Durations{}, default_start());
  EXPECT_EQ(scheduled(plan, Durations{}, default_start() + Minutes{60}), plan);
}

TEST(PlanStatus, IsReadAsItIsWritten) {
  for (const PlanStatus status :
       {PlanStatus::optimal, PlanStatus::feasible, PlanStatus::infeasible, PlanStatus::budget}) {
    EXPECT_EQ(parse_plan_status(to_string(status)), status);
  }
  EXPECT_EQ(to_string(PlanStatus::budget), "budget");
  EXPECT_EQ(parse_plan_status("unknown"), std::nullopt);
}

/// Of steps that begin and end at these minutes.
Plan timed(const std::vector<std::pair<int, int>>& minutes) {
  Plan plan;
  for (const auto& [start, end] : minutes) {
    const Schedule times{default_start() + Minutes(start), default_start() + Minutes(end)};
    plan.steps.push_back({"s" + std::to_string(plan.steps.size() + 1), {}, "", {}, times});
  }
  return plan;
}

TEST(OrderOfSchedule, IsByStartThenEndThenArrows) {
  Plan plan = timed({{5, 9}, {5, 5}, {0, 9}, {5, 5}});
  plan.steps[1].after = {{StepIndex{3}, "drawn"}};
  const std::vector<StepIndex> expected{StepIndex{2}, StepIndex{3}, StepIndex{1}, StepIndex{0}};
  EXPECT_EQ(order_of_schedule(plan), expected);
}

TEST(WhatHasBegunByTheEndOfAStep, IsAllUpToItAndWhatBeginsBeforeIt) {
  const Plan plan = timed({{0, 10}, {0, 30}, {9, 12}, {10, 10}, {10, 40}});
  const auto order = order_of_schedule(plan);
  EXPECT_EQ(begun_by_the_end(plan, order, 0), 3U) << "what begins when it ends has not begun";
  EXPECT_EQ(begun_by_the_end(plan, order, 1), 5U);
  EXPECT_EQ(begun_by_the_end(plan, order, 3), 4U) << "it takes no time";
}

}  // namespace
}  // namespace casplan
