#include "whatif/reorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "whatif/whatif_fixture.h"

namespace casplan::whatif {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The front is drained, upgraded and returned; then the target is upgraded.
struct Sequence : TwoSites {
  Plan plan = sequence({drain(front), upgrade(front, sp1), return_to_service(front), upgrade(target, sp1)});

  [[nodiscard]] std::vector<std::string> times_of(const std::string& change) const {
    return timetable(organisation, moved(change));
  }
  [[nodiscard]] Plan moved(const std::string& change) const {
    return *changed_by({change}, {organisation, std::nullopt, plan}).situation.plan;
  }
};

TEST(AMovedStep, TakesTheTimeOfItsNewPlaceAndPutsTheOthersOff) {
  EXPECT_THAT(Sequence().times_of("move s4 before s1"),
              ElementsAre("0-90 upgrade BRCAS1 8.1.240.6", "90-95 drain HQCAS1", "95-185 upgrade HQCAS1 8.1.240.6",
                          "185-186 return HQCAS1"));
}

TEST(AMovedStep, KeepsItsIdAndItsPlaceInTheList) {
  const Sequence contoso;
  const Plan moved = contoso.moved("move s4 before s1");
  EXPECT_EQ(moved.steps[3].id, "s4");
  EXPECT_EQ(moved.steps[3].step, contoso.plan.steps[3].step);
}

TEST(AMovedStep, LeavesTheOthersInTheirOrder) {
  const Sequence contoso;
  EXPECT_THAT(planner::arrows(contoso.organisation, contoso.moved("move s1 after s2")),
              ElementsAre("upgrade HQCAS1 8.1.240.6 -> drain HQCAS1", "drain HQCAS1 -> return HQCAS1",
                          "return HQCAS1 -> upgrade BRCAS1 8.1.240.6"));
}

TEST(AMovedStep, LeavesTimesBeforeItAlone) {
  EXPECT_EQ(Sequence().times_of("move s4 before s3").front(), "0-5 drain HQCAS1");
}

TEST(SwappedSteps, ChangeTheirTimes) {
  EXPECT_THAT(Sequence().times_of("swap s2 s4"), ElementsAre("0-5 drain HQCAS1", "5-95 upgrade BRCAS1 8.1.240.6",
                                                             "95-96 return HQCAS1", "96-186 upgrade HQCAS1 8.1.240.6"));
}

TEST(SwappedSteps, ThatGoOnAtTheSameTimeAreNoChange) {
  const TwoSites contoso;
  const Plan plan = timed({{upgrade(contoso.front, sp1), 0, 90}, {upgrade(contoso.target, sp1), 0, 90}});
  EXPECT_THAT(faults_of({"swap s1 s2"}, {contoso.organisation, std::nullopt, plan}),
              ElementsAre(::testing::HasSubstr("changes nothing")));
}

TEST(SwappedSteps, AndSwappedAgainHaveTheTimesThatTheyHad) {
  const Sequence contoso;
  const Plan once = contoso.moved("swap s2 s4");
  const Plan twice = *changed_by({"swap s2 s4"}, {contoso.organisation, std::nullopt, once}).situation.plan;
  EXPECT_EQ(timetable(contoso.organisation, twice), timetable(contoso.organisation, contoso.plan));
}

TEST(SwappedSteps, LeaveNoGapWhereTheyAreOfDifferentLength) {
  const TwoSites contoso;
  const Plan plan =
      sequence({ensure_folder(contoso.front, folder_of(rtm)), recycle(contoso.front), drain(contoso.target)});
  const auto changed = changed_by({"swap s1 s2"}, {contoso.organisation, std::nullopt, plan});
  EXPECT_THAT(timetable(contoso.organisation, *changed.situation.plan),
              ElementsAre("0-2 recycle HQCAS1", "2-12 ensure_folder HQCAS1 8.0.685.24", "12-17 drain BRCAS1"));
}

TEST(AMovedStep, WaitsForTheWindowsOfItsServer) {
  const Sequence contoso;
  Policy policy = planner::policy_to(sp1);
  policy.windows = {{{contoso.target}, {}, DatedTime{default_start() + Minutes(30), default_start() + Minutes(200)}}};
  const auto changed = changed_by({"move s4 before s1"}, {contoso.organisation, policy, contoso.plan});
  EXPECT_EQ(timetable(contoso.organisation, *changed.situation.plan).front(), "30-120 upgrade BRCAS1 8.1.240.6");
}

TEST(StepsThatOverlapped, OverlapNoMoreThanTheyDid) {
  const TwoSites contoso;
  const Plan plan =
      timed({{upgrade(contoso.front, sp1), 0, 90}, {recycle(contoso.target), 0, 2}, {drain(contoso.target), 90, 95}});
  const auto changed = changed_by({"swap s1 s3"}, {contoso.organisation, std::nullopt, plan});
  EXPECT_THAT(timetable(contoso.organisation, *changed.situation.plan),
              ElementsAre("0-2 recycle BRCAS1", "2-7 drain BRCAS1", "7-97 upgrade HQCAS1 8.1.240.6"));
}

TEST(APlanWithoutAStep, LetsWhatCameAfterItComeAfterAllThatItCameAfter) {
  const Sequence contoso;
  const Plan rest = without(contoso.plan, {StepIndex{1}});
  EXPECT_THAT(planner::arrows(contoso.organisation, rest),
              ElementsAre("drain HQCAS1 -> return HQCAS1", "return HQCAS1 -> upgrade BRCAS1 8.1.240.6"));
  EXPECT_THAT(without(contoso.plan, {StepIndex{0}, StepIndex{1}, StepIndex{2}}).steps.front().after, IsEmpty());
}

}  // namespace
}  // namespace casplan::whatif
