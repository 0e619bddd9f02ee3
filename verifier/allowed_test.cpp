#include "verifier/allowed.h"

#include <gtest/gtest.h>

#include "simulator/organisation_fixture.h"

namespace casplan::verifier {
namespace {

using namespace modelled;

/// Whether today's path of Contoso may fail for good.
bool is_beyond_copying(const TwoSites& contoso, Goal goal) {
  const State state = initial_state(contoso.organisation);
  const auto today = judge_versions(at(state.servers, contoso.front), at(state.servers, contoso.target), {});
  return verifier::is_beyond_copying(goal, today, state);
}

TEST(BeyondCopying, IsAnOlderFront) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1, {sp1});
  EXPECT_TRUE(is_beyond_copying(contoso, Goal::heal_by_copy));
}

TEST(BeyondCopying, IsANewerFrontWhoseFolderNobodyHolds) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  contoso.runs(contoso.target, rtm, {});
  EXPECT_TRUE(is_beyond_copying(contoso, Goal::heal_by_copy));
}

TEST(BeyondCopying, IsNoNewerFrontWhoseFolderTheTargetHolds) {
  TwoSites contoso;
  contoso.runs(contoso.front, sp1, {sp1});
  EXPECT_FALSE(is_beyond_copying(contoso, Goal::heal_by_copy));
}

TEST(BeyondCopying, IsNoPathOfAPlanThatMayUpgrade) {
  TwoSites contoso;
  contoso.runs(contoso.target, sp1, {sp1});
  EXPECT_FALSE(is_beyond_copying(contoso, Goal::heal_by_patch));
  EXPECT_FALSE(is_beyond_copying(contoso, Goal::upgrade));
}

TEST(BreakingStep, IsAnUpgradeOfEitherEndOrACopyToTheTarget) {
  const TwoSites contoso;
  const ProxyPath path{contoso.front, contoso.target, contoso.branch};
  EXPECT_TRUE(may_break(path, upgrade(contoso.front, sp1)));
  EXPECT_TRUE(may_break(path, upgrade(contoso.target, sp1)));
  EXPECT_TRUE(may_break(path, ensure_folder(contoso.target, folder_of(sp1))));
  EXPECT_FALSE(may_break(path, ensure_folder(contoso.front, folder_of(sp1))));
  EXPECT_FALSE(may_break(path, recycle(contoso.target)));
}

TEST(UndecidedJudgement, IsOneThatMayBeEvent46) {
  EXPECT_TRUE(is_undecided({Verdict::cannot_tell, RuleId::folder_unknown, std::nullopt, std::nullopt}));
  EXPECT_FALSE(is_undecided({Verdict::cannot_tell, RuleId::url_unknown, std::nullopt, std::nullopt}));
  EXPECT_FALSE(is_undecided({Verdict::event46, RuleId::older_front, event46, std::nullopt}));
}

}  // namespace
}  // namespace casplan::verifier
