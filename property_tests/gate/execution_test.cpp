#include "property_tests/gate/execution.h"

#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"

namespace casplan::gate {
namespace {

using namespace modelled;

/// The advice to update the front first, under the readings of the KB: the path breaks with the first upgrade.
struct FrontFirst : TwoSites {
  Plan plan = sequence({upgrade(front, sp1), upgrade(target, sp1)});

  [[nodiscard]] std::optional<Violation> carried_out(const std::optional<Failure>& failure) const {
    Case one;
    one.failure = failure;
    return carry_out(Subject(organisation, plan, {}), one);
  }
};

TEST(ACase, BreaksThePathWhereNothingFails) {
  const auto violation = FrontFirst().carried_out(std::nullopt);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->kind, Violation::Kind::event46_on_the_way);
}

TEST(ACase, BreaksNothingWhereTheFirstStepIsNotBegun) {
  EXPECT_FALSE(FrontFirst().carried_out(Failure{Failure::Kind::before, 0}));
}

TEST(ACase, LeavesThePathIdleWhereTheFirstUpgradeIsBrokenOff) {
  EXPECT_FALSE(FrontFirst().carried_out(Failure{Failure::Kind::in_the_middle, 0}));
}

TEST(ACase, BreaksThePathWhereTheFirstUpgradeIsDoneTwice) {
  EXPECT_TRUE(FrontFirst().carried_out(Failure{Failure::Kind::done_twice, 0}));
}

}  // namespace
}  // namespace casplan::gate
