#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <string>

#include "documents/result_documents.h"
#include "property_tests/generators/large_plans.h"
#include "property_tests/generators/organisations.h"
#include "property_tests/generators/plans.h"
#include "property_tests/generators/show.h"
#include "verifier/verify.h"

/// What is found does not depend on how many processors look for it: same input, same bytes.
namespace casplan {
namespace {

std::string verdict(const Organisation& organisation, const Plan& plan, int threads) {
  const tbb::global_control more_than_there_are(tbb::global_control::max_allowed_parallelism, 8);
  tbb::task_arena arena(threads);
  std::string text;
  arena.execute([&] {
    text = documents::write_verification_result(organisation, plan, verifier::verify(organisation, plan, {}));
  });
  return text;
}

RC_GTEST_PROP(AVerdict, IsTheSameForEveryNumberOfThreads, ()) {
  const auto organisation = *any_organisation();
  const auto plan = *any_overlapping_plan(organisation);
  const std::string alone = verdict(organisation, plan, 1);
  RC_ASSERT(verdict(organisation, plan, 2) == alone);
  RC_ASSERT(verdict(organisation, plan, 7) == alone);
}

/// Enough paths for several tasks, of which some fail and of some it cannot be told.
LargePlan many_paths_with_faults() {
  auto large = large_plan(30, 600);
  for (std::size_t i = 0; i < large.plan.steps.size(); i += 7) large.plan.steps[i].after.clear();
  for (std::size_t i = 3; i < large.organisation.servers.size(); i += 13) {
    large.organisation.servers[i].folders.reset();
    large.organisation.servers[i].owa_version.reset();
    large.organisation.servers[i].build.reset();
  }
  return large;
}

TEST(AVerdict, OnManyPathsIsTheSameForEveryNumberOfThreads) {
  const auto large = many_paths_with_faults();
  const std::string alone = verdict(large.organisation, large.plan, 1);
  ASSERT_NE(alone.find("\"verdict\": \"unsafe\""), std::string::npos);
  ASSERT_NE(alone.find("\"rule\": \"version_unknown\""), std::string::npos) << "of some paths it cannot be told";
  EXPECT_EQ(verdict(large.organisation, large.plan, 2), alone);
  EXPECT_EQ(verdict(large.organisation, large.plan, 5), alone);
}

TEST(AVerdict, OnALargeSafePlanIsTheSameForEveryNumberOfThreads) {
  const auto large = large_plan(20, 500);
  const std::string alone = verdict(large.organisation, large.plan, 1);
  ASSERT_NE(alone.find("\"verdict\": \"safe\""), std::string::npos) << alone.substr(0, 2000);
  ASSERT_NE(alone.find("\"orders\": \"all\""), std::string::npos);
  EXPECT_EQ(verdict(large.organisation, large.plan, 2), alone);
}

}  // namespace
}  // namespace casplan
