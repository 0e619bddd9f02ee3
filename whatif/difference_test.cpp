#include "whatif/difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"

namespace casplan::whatif {
namespace {

using namespace modelled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Two : TwoSites {
  Plan before = timed({{ensure_folder(front, folder_of(sp1), {target}), 10, 20}});

  [[nodiscard]] std::vector<std::string_view> changes_to(const Timed& step) const {
    std::vector<std::string_view> changes;
    for (const StepDifference& difference : step_differences(before, timed({step}))) {
      changes.push_back(to_string(difference.change));
    }
    return changes;
  }
};

TEST(AStepThatDiffers, StartsAtAnotherTimeOrLastsLonger) {
  const Two contoso;
  const Step copy = contoso.before.steps.front().step;
  EXPECT_THAT(contoso.changes_to({copy, 10, 20}), IsEmpty());
  EXPECT_THAT(contoso.changes_to({copy, 11, 21}), ElementsAre("starts_later"));
  EXPECT_THAT(contoso.changes_to({copy, 9, 20}), ElementsAre("starts_earlier"));
  EXPECT_THAT(contoso.changes_to({copy, 10, 25}), ElementsAre("other_length"));
}

TEST(AStepThatDiffers, DoesOtherWorkWhereItsFirstSourceIsAnother) {
  const Two contoso;
  const ServerId other{7};
  const Step from_two = ensure_folder(contoso.front, folder_of(sp1), {contoso.target, other});
  EXPECT_THAT(contoso.changes_to({from_two, 10, 20}), IsEmpty());
  EXPECT_THAT(contoso.changes_to({from_two, 11, 21}), ElementsAre("starts_later"));
  EXPECT_THAT(contoso.changes_to({ensure_folder(contoso.front, folder_of(sp1), {other}), 11, 21}),
              ElementsAre("other_work"));
}

TEST(AStepThatDiffers, IsLeftOutOrNew) {
  const Two contoso;
  const auto left_out = step_differences(contoso.before, {});
  const auto added = step_differences({}, contoso.before);
  ASSERT_EQ(left_out.size(), 1U);
  EXPECT_EQ(left_out.front().change, StepChange::left_out);
  ASSERT_EQ(added.size(), 1U);
  EXPECT_EQ(added.front().change, StepChange::added);
}

TEST(AStateOfNoLength, IsMetByNobodyUnlessThePlanEndsInIt) {
  const TwoSites contoso;
  const Plan nothing = timed({{recycle(contoso.front), 0, 30}});
  const auto before = simulator::play(contoso.organisation, nothing, Readings{});
  const Plan target_alone = timed({{upgrade(contoso.target, sp2), 0, 90}});
  const simulator::TraceState broken = simulator::play(contoso.organisation, target_alone, Readings{})->states.back();
  ASSERT_EQ(broken.start, broken.end);

  simulator::Trace passing = *before;
  passing.states.insert(passing.states.begin(), broken);
  EXPECT_TRUE(difference({nothing, *before}, {nothing, passing}).is_none());

  simulator::Trace ending = *before;
  ending.states.push_back(broken);
  const Difference differing = difference({nothing, *before}, {nothing, ending});
  ASSERT_EQ(differing.paths.size(), 1U);
  EXPECT_EQ(differing.paths.front().after->most_users, 300);
  ASSERT_EQ(differing.sites.size(), 1U);
  EXPECT_EQ(differing.sites.front().after.most_failing, 300);
}

}  // namespace
}  // namespace casplan::whatif
