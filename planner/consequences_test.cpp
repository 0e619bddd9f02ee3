#include "planner/consequences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The case of the KB, with a plan that nobody is hurt by: the front first, drained, with the branch's folder.
struct FrontFirst : TwoSites {
  Plan plan = timed({{drain(front), 0, 5},
                     {upgrade(front, sp1), 5, 95},
                     {ensure_folder(front, folder_of(rtm), {target}), 95, 105},
                     {recycle(front), 105, 107},
                     {return_to_service(front), 107, 108},
                     {upgrade(target, sp1), 108, 198}});

  FrontFirst() {
    for (std::uint32_t i = 1; i < plan.steps.size(); ++i) plan.steps[i].after = {{StepIndex{i - 1}, "so"}};
  }

  [[nodiscard]] Consequences without(std::uint32_t step) const {
    return Alternatives(organisation, plan, as_the_kb()).without(StepIndex{step});
  }
  [[nodiscard]] Consequences before(std::uint32_t step, std::uint32_t other) const {
    return Alternatives(organisation, plan, as_the_kb()).before(StepIndex{step}, StepIndex{other});
  }
};

std::vector<int> events(const Consequences& consequences) {
  std::vector<int> all;
  for (const FailingPath& path : consequences.paths) all.push_back(path.judgement.event.value_or(0));
  return all;
}

std::vector<StepIndex> failing_steps(const Consequences& consequences) {
  std::vector<StepIndex> all;
  for (const FailingStep& step : consequences.steps) all.push_back(step.step);
  return all;
}

TEST(LeftOut, TheFolderOfTheBranchIsMissedWithItsName) {
  const FrontFirst contoso;
  const Consequences consequences = contoso.without(2);
  ASSERT_THAT(events(consequences), ElementsAre(46));
  EXPECT_EQ(consequences.paths[0].path.front, contoso.front);
  EXPECT_EQ(consequences.paths[0].path.target, contoso.target);
  EXPECT_EQ(consequences.paths[0].judgement.folder, folder_of(rtm));
}

TEST(LeftOut, TheRestartIsMissedToo) {
  EXPECT_THAT(events(FrontFirst().without(3)), ElementsAre(46));
}

TEST(LeftOut, WithoutItsDrainTheFrontServesTooEarlyAndCannotReturn) {
  const Consequences consequences = FrontFirst().without(0);
  EXPECT_THAT(events(consequences), ElementsAre(46));
  EXPECT_THAT(failing_steps(consequences), ElementsAre(StepIndex{4}));
}

TEST(LeftOut, WithoutTheFrontsUpgradeItIsTheOlderOneInTheEnd) {
  EXPECT_THAT(events(FrontFirst().without(1)), ElementsAre(46));
}

TEST(LeftOut, NobodyMissesTheLastUpgradeOfATarget) {
  EXPECT_TRUE(FrontFirst().without(5).are_none());
}

TEST(LeftOut, AFrontThatStaysOutIsNoFault) {
  EXPECT_TRUE(FrontFirst().without(4).are_none());
}

TEST(InTheOtherOrder, TheSourceHasLostTheFolderAfterItsOwnUpgrade) {
  FrontFirst contoso;
  contoso.plan.steps[5].after = {{StepIndex{2}, "the source may lose its folder"}};
  const Consequences consequences = contoso.before(5, 2);
  EXPECT_THAT(failing_steps(consequences), ElementsAre(StepIndex{2}));
  EXPECT_THAT(consequences.paths, IsEmpty()) << "both run the same version by then";
}

TEST(InTheOtherOrder, AFrontThatReturnsBeforeItsFolderIsLoadedFails) {
  EXPECT_THAT(events(FrontFirst().before(4, 3)), ElementsAre(46));
}

TEST(InTheOtherOrder, AFolderThatIsPutInPlaceBeforeTheServicePackIsGoneAfterIt) {
  EXPECT_THAT(events(FrontFirst().before(2, 1)), ElementsAre(46));
}

TEST(InTheOtherOrder, OnlyOneReadingMayBeHurt) {
  FrontFirst contoso;
  FixedReadings fixed = as_the_kb();
  fixed.folder_load = std::nullopt;
  const Alternatives alternatives(contoso.organisation, contoso.plan, fixed);
  const auto paths = alternatives.without(StepIndex{3}).paths;
  ASSERT_EQ(paths.size(), 1U);
  EXPECT_EQ(paths[0].readings.folder_load, FolderLoad::at_start);
  fixed.folder_load = FolderLoad::at_once;
  EXPECT_TRUE(Alternatives(contoso.organisation, contoso.plan, fixed).without(StepIndex{3}).are_none());
}

TEST(InTheOtherOrder, APathThatFailsTodayIsNoConsequence) {
  FrontFirst contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso.plan = timed({{recycle(contoso.front), 0, 2}, {upgrade(contoso.target, sp1), 2, 92}});
  EXPECT_TRUE(contoso.without(0).are_none());
  EXPECT_THAT(events(contoso.without(1)), ElementsAre(46)) << "it is not mended";
}

TEST(InTheOtherOrder, APathThatThePlanBreaksAnywayIsNoConsequence) {
  FrontFirst contoso;
  contoso.plan = timed({{upgrade(contoso.front, sp1), 0, 90}, {recycle(contoso.front), 90, 92}});
  EXPECT_TRUE(contoso.without(1).are_none());
}

}  // namespace
}  // namespace casplan::planner
