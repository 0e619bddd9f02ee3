#include "planner/search/ailing.h"

#include <gtest/gtest.h>

#include "planner/planner_fixture.h"
#include "simulator/organisation_fixture.h"

namespace casplan::planner {
namespace {

using namespace modelled;

/// The case of the KB: the front is on SP1 and lacks the folder of RTM, which its target runs.
struct BrokenToday {
  TwoSites contoso = front_first();
  ProxyPath path{contoso.front, contoso.target, contoso.branch};
  Variants variants{as_the_kb()};
  Meetings meetings{variants, initial_state(contoso.organisation)};
  VariantId front = meetings.found(contoso.front);
  VariantId target = meetings.found(contoso.target);
  VariantId front_with_folder =
      variants.after(variants.after(front, {StepKind::ensure_folder, contoso.front, {}, folder_of(rtm), {}}),
                     {StepKind::recycle, contoso.front, {}, {}, {}});
  VariantId front_on_sp2 = variants.after(front, {StepKind::upgrade, contoso.front, sp2, {}, {}});
  VariantId target_on_sp1 = variants.after(target, {StepKind::upgrade, contoso.target, sp1, {}, {}});
  WorkedBefore worked{};

  static TwoSites front_first() {
    TwoSites contoso;
    contoso.runs(contoso.front, sp1, {sp1});
    return contoso;
  }
  static MetEnd is(VariantId variant) { return {{variant, std::nullopt}, 1}; }
  static MetEnd becomes(VariantId before, VariantId after) { return {{before, after}, 2}; }
  bool goes_on(const MetEnd& at_front, const MetEnd& at_target) {
    return go_on(meetings, path, at_front, at_target, worked);
  }
};

TEST(APathThatFailsToday, MayGoOnFailing) {
  BrokenToday kb;
  EXPECT_TRUE(kb.goes_on(BrokenToday::is(kb.front), BrokenToday::is(kb.target)));
  EXPECT_TRUE(kb.goes_on(BrokenToday::is(kb.front_on_sp2), BrokenToday::is(kb.target)));
}

TEST(APathThatFailsToday, MustNotFailOnceItHasWorked) {
  BrokenToday kb;
  EXPECT_TRUE(kb.goes_on(BrokenToday::is(kb.front_with_folder), BrokenToday::is(kb.target)));
  EXPECT_FALSE(kb.goes_on(BrokenToday::is(kb.front_on_sp2), BrokenToday::is(kb.target)));
}

TEST(APathThatFailsToday, HasNotWorkedWhereNobodyTookIt) {
  BrokenToday kb;
  const MetEnd out{{std::nullopt, std::nullopt}, 1};
  EXPECT_TRUE(kb.goes_on(BrokenToday::is(kb.front_with_folder), out));
  EXPECT_TRUE(kb.goes_on(BrokenToday::is(kb.front_on_sp2), BrokenToday::is(kb.target)));
}

TEST(APathThatFailsToday, HasWorkedBeforeAStepThatEndsInBetweenAsMuchAsBeforeOneThatEndsLater) {
  BrokenToday kb;
  const MetEnd upgraded = BrokenToday::becomes(kb.front_with_folder, kb.front_on_sp2);
  EXPECT_FALSE(kb.goes_on(upgraded, BrokenToday::is(kb.target))) << "it works until the upgrade has ended";
}

/// The copy mends the path if it ends before the upgrade of the target does, which in the other order has mended it.
TEST(APathThatFailsToday, HasWorkedOnlyInTheOrderOfTwoStepsInWhichItHas) {
  BrokenToday kb;
  const MetEnd loads = BrokenToday::becomes(kb.front, kb.front_with_folder);
  ASSERT_TRUE(kb.goes_on(loads, BrokenToday::is(kb.target)));
  EXPECT_EQ(kb.worked[0], 0U) << "not yet loaded";
  EXPECT_NE(kb.worked[2], 0U) << "loaded";
  ASSERT_TRUE(kb.goes_on(loads, BrokenToday::becomes(kb.target, kb.target_on_sp1)));
  EXPECT_EQ(kb.worked[0], 0U) << "neither has ended";
  EXPECT_NE(kb.worked[1], 0U) << "both run SP1";
  end_at_front(kb.worked);
  EXPECT_NE(kb.worked[0], 0U) << "loaded for good";
}

}  // namespace
}  // namespace casplan::planner
